"""Requests to Discord under its faults: tried again where that is safe, named where it is not.

discord.py waits out rate limits and repeats 500, 502 and 504. It does not repeat a request whose
connection broke, nor a 503; what is called here may be repeated, because it edits, or carries a
nonce.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TypeVar

import aiohttp
import discord

from bot.core.errors import Undeliverable
from bot.platforms.discord.people import Interaction

T = TypeVar("T")

PAUSES = (0.3, 1.0, 3.0)
"""Seconds between tries: most broken connections are single ones."""

NETWORK = (aiohttp.ClientError, TimeoutError, OSError)
FAULTS = (*NETWORK, discord.HTTPException)

ALREADY_ACKNOWLEDGED = 40060

PERMANENT = {
    10003: "the channel is gone",
    10004: "the server is gone, or I was removed from it",
    10007: "the person has left the server",
    10008: "the message is gone",
    10011: "the role is gone",
    10013: "the person is gone",
    50001: "I may not see the channel",
    50007: "the person takes no private messages from me",
    50013: "I lack a permission there",
}
"""Codes of Discord that nothing changes but somebody there, and what they mean."""

log = logging.getLogger(__name__)


class Acknowledged(Enum):
    """What became of the first answer to an interaction."""

    IN_TIME = "in time"
    TOO_LATE = "too late"
    TWICE = "twice"


async def persistently(send: Callable[[], Awaitable[T]]) -> T:
    """Return what a request that may be repeated returns, tried anew while the connection fails."""
    for pause in PAUSES:
        try:
            return await send()
        except discord.DiscordServerError as error:
            if error.status != 503:  # noqa: PLR2004 Service Unavailable; others were repeated
                raise
        except NETWORK as error:
            log.info("trying again after %s", type(error).__name__)
        await asyncio.sleep(pause)
    return await send()


async def acknowledge(
    interaction: Interaction, *, private: bool, edits: bool = False
) -> Acknowledged:
    """Tell Discord that an answer follows, seen by the person alone where it is private.

    An answer that `edits` takes the place of the message whose control was used.

    An interaction that is acknowledged already belongs to somebody else: it came twice. One that
    came too late, or whose acknowledgement was lost, is still to be done, and its answer goes
    another way.
    """
    for attempt in range(2):
        try:
            await interaction.response.defer(ephemeral=private, thinking=not edits)
        except discord.HTTPException as error:
            if error.code == ALREADY_ACKNOWLEDGED:
                return Acknowledged.IN_TIME if attempt else Acknowledged.TWICE
            return Acknowledged.TOO_LATE
        except NETWORK:
            continue
        return Acknowledged.IN_TIME
    return Acknowledged.TOO_LATE


def undeliverable(error: Exception) -> Undeliverable:
    """Return why Discord did not take a message, in words for a host."""
    if isinstance(error, discord.HTTPException):
        known = PERMANENT.get(error.code)
        if known is not None:
            return Undeliverable(known, permanent=True)
        gone = isinstance(error, discord.Forbidden | discord.NotFound)
        return Undeliverable(f"Discord answered {error.status} ({error.code})", permanent=gone)
    return Undeliverable(f"Discord could not be reached ({type(error).__name__})")
