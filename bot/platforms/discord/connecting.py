"""Get in at Discord: its addresses, the token, the gateway, and why it may refuse."""

from typing import TYPE_CHECKING, NamedTuple

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.core.errors import NothingToRun, PlatformAway, PlatformRefused
from bot.platforms.discord.sending import NETWORK, undeliverable
from bot.platforms.discord.settings import CONFIGURED_BY, DiscordSettings

if TYPE_CHECKING:
    from discord.types.gateway import SessionStartLimit

ANOTHER_KEY = (
    "Open https://discord.com/developers/applications, choose your application, then Bot and "
    "Reset Token, and set COACH_DISCORD__TOKEN to the new one."
)
ENDED_OFTEN = "See in the log what ended the coach again and again; it goes on when it may."
CHECK = "Check the connection of this machine, and https://discordstatus.com."


def token_of(settings: DiscordSettings) -> str:
    """Return the token.

    Raises:
        NothingToRun: there is none.
    """
    if not settings.secret:
        raise NothingToRun((CONFIGURED_BY,))
    return settings.secret


async def log_in(client: discord.Client, token: str) -> None:
    """Log in, without connecting yet.

    Raises:
        PlatformRefused: Discord does not take the token, or cannot be reached.
    """
    try:
        await client.login(token)
    except (discord.DiscordException, *NETWORK) as error:
        raise refused(error) from error


def point_at(settings: DiscordSettings) -> None:
    """Let discord.py use the addresses of the settings; it has one of each for all its clients."""
    Route.BASE = settings.api_url.rstrip("/")
    discord.Asset.BASE = settings.cdn_url.rstrip("/")


async def find_gateway(client: discord.Client, settings: DiscordSettings) -> "Gateway":
    """Fix the address of the gateway, for the first connection and for any that begins anew.

    Else discord.py would go to Discord's own after a session ended, whatever the API named.

    Raises:
        PlatformRefused: Discord cannot be reached.
    """
    try:
        shards, url, limits = await client.http.get_bot_gateway()
    except (discord.DiscordException, *NETWORK) as error:
        raise refused(error) from error
    url = settings.gateway_url or url

    async def known() -> "tuple[int, str, SessionStartLimit]":
        return shards, url, limits

    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
    client.http.get_bot_gateway = known  # type: ignore[method-assign]  # it has no other way
    return Gateway(shards, limits["remaining"])


class Gateway(NamedTuple):
    """In how many parts Discord wants to be connected to, and how often that may begin today."""

    shards: int
    starts_left: int


LEAST_STARTS = 20
"""So many starts are left for connections that are lost and begin anew: Discord takes the token
from a bot that begins more often than it may."""


def unless_too_few(gateway: Gateway) -> None:
    """Let pass a start where Discord allows some more of them today.

    Raises:
        PlatformAway: few are left, as where something ends the coach again and again.
    """
    if gateway.starts_left < max(LEAST_STARTS, gateway.shards):
        told = f"it lets a bot begin only so often a day, and {gateway.starts_left} times are left"
        raise PlatformAway("Discord", told, ENDED_OFTEN)


def refused(error: BaseException) -> PlatformRefused:
    """Return why Discord does not let the coach in, and what to do about it."""
    match error:
        case discord.LoginFailure():
            return PlatformRefused("Discord", "it does not know this token", ANOTHER_KEY)
        case discord.PrivilegedIntentsRequired():
            return PlatformRefused("Discord", "it does not grant what was asked for", ANOTHER_KEY)
        case discord.ConnectionClosed(code=4004):
            return PlatformRefused("Discord", "the token is no longer valid", ANOTHER_KEY)
    reason = undeliverable(error).reason if isinstance(error, Exception) else str(error)
    return PlatformAway("Discord", reason, CHECK)
