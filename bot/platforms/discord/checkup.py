"""Look whether Discord can be reached, takes the token, and grants what the channels need."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import discord

from bot.core.checkup import Finding, StudyChannel, clock_finding, fine, problem, warning
from bot.core.errors import PlatformRefused
from bot.core.ports import Clock
from bot.core.words.phrases import counted, listed
from bot.platforms.discord.client import SERVERS_SECONDS
from bot.platforms.discord.connecting import find_gateway, log_in, point_at, refused
from bot.platforms.discord.controls import ROOMS
from bot.platforms.discord.invite import application_of, missing
from bot.platforms.discord.people import PLATFORM
from bot.platforms.discord.sending import FAULTS, undeliverable
from bot.platforms.discord.settings import DiscordSettings
from bot.platforms.discord.shards import Shards
from bot.platforms.registration import Situation

SECONDS = 45.0
"""So long all of it may take: some servers of Discord answer late, and limits are waited out."""

READY_SECONDS = 15.0
"""So long Discord may take to tell which servers the coach is in."""

FEW_STARTS = 20
"""Of the 1,000 a day. A program that starts anew again and again uses them up."""

IN_THE_WAY = "Let this machine open web sockets to it, or correct COACH_DISCORD__GATEWAY_URL."
SHARDS = "Discord shards"
MORE_SHARDS = "Raise COACH_DISCORD__SHARD_COUNT in all programs at once (docs/scaling.md)."
ODD = "a bot's token is three parts with dots between, and this is not"


def examine(situation: Situation) -> Iterable[Finding]:
    """Return what is found; nothing where Discord is not configured."""
    settings = situation.settings.of(DiscordSettings)
    if not settings.secret:
        return []
    channels = [one for one in situation.channels if one.address.platform == PLATFORM]
    return asyncio.run(_in_time(settings, situation.clock, channels))


async def _in_time(
    settings: DiscordSettings, clock: Clock, channels: Sequence[StudyChannel]
) -> list[Finding]:
    found: list[Finding] = []
    try:
        async with asyncio.timeout(SECONDS):
            async for each in _examined(settings, clock, channels):
                found.append(each)  # noqa: PERF401 what was found before the time was up is kept
    except TimeoutError:
        told = f"not done within {SECONDS:g} seconds"
        found.append(problem("Discord", told, "See https://discordstatus.com, and try again."))
    return found


async def _examined(
    settings: DiscordSettings, clock: Clock, channels: Sequence[StudyChannel]
) -> AsyncIterator[Finding]:
    point_at(settings)
    times, token = _Times(clock), settings.secret or ""
    try:
        async with _client(settings, times) as client:
            await log_in(client, token)
            info = client.application
            told = f"Discord takes it, for {info.name} ({info.id})" if info else "Discord takes it"
            yield fine("Discord token", told)
            for ours, theirs in times.last:
                yield clock_finding(ours, theirs, "Discord")
            gateway = await find_gateway(client, settings)
            if gateway.starts_left < FEW_STARTS:
                told = f"{counted(gateway.starts_left, 'start')} left today"
                yield warning("Discord starts", told, "See what ends the coach again and again.")
            for each in _shared(settings.shards, gateway.shards):
                yield each
            heard = [one for one in channels if settings.shards.hear(int(one.address.community))]
            if gateway.shards > 1 and settings.shards.count is None:
                async for each in _looked_at(client, heard):
                    yield each
                return
            # one that fails to connect is closed
            async with _client(settings, times, **settings.shards.one) as listening:
                await log_in(listening, token)
                await find_gateway(listening, settings)
                yield await _connected(listening)
                knows_more = listening if listening.is_ready() else client
                async for each in _looked_at(knows_more, heard):
                    yield each
    except PlatformRefused as error:
        odd = "" if application_of(token) else f"; {ODD}"
        yield problem("Discord", f"{error.reason}{odd}", error.remedy)


def _shared(shards: Shards, wanted: int) -> Iterator[Finding]:
    """Yield how the servers are shared among programs, where they are."""
    if shards.count is None:
        return
    told = f"{listed(tuple(map(str, shards.ids)))} of {shards.count}"
    if shards.count < wanted:
        yield warning(SHARDS, f"{told}; Discord proposes {wanted}", MORE_SHARDS)
    else:
        yield fine(SHARDS, told)


def _client(settings: DiscordSettings, times: "_Times", **shard: int) -> discord.Client:
    return discord.Client(
        intents=discord.Intents(guilds=True),
        proxy=settings.proxy,
        http_trace=times.trace,
        max_messages=None,
        guild_ready_timeout=SERVERS_SECONDS,
        member_cache_flags=discord.MemberCacheFlags.none(),
        shard_id=shard.get("shard_id"),
        shard_count=shard.get("shard_count"),
    )


class _Times:
    """What Discord's clock says in its answers, with ours at the same moment."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.last: list[tuple[datetime, datetime]] = []
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._note)

    async def _note(self, _session: Any, _context: Any, ended: Any) -> None:
        with suppress(KeyError, ValueError):
            theirs = parsedate_to_datetime(ended.response.headers["Date"])
            self.last = [(self._clock.now(), theirs.astimezone(UTC))]


async def _connected(client: discord.Client) -> Finding:
    """Connect to the gateway, which also tells what the coach may do where."""
    connection = asyncio.create_task(client.connect(reconnect=False))
    ready = asyncio.create_task(client.wait_until_ready())
    await asyncio.wait(
        {connection, ready}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED
    )
    ready.cancel()
    if client.is_ready():
        return fine("Discord gateway", f"connected, in {counted(len(client.guilds), 'server')}")
    if not connection.done():
        return problem("Discord gateway", "does not answer", IN_THE_WAY)
    error = connection.exception()
    reason = refused(error).reason if error is not None else "the connection was closed"
    return problem("Discord gateway", reason, IN_THE_WAY)


async def _looked_at(
    client: discord.Client, channels: Sequence[StudyChannel]
) -> AsyncIterator[Finding]:
    """Yield what is wrong with each channel, and how many are as they should be."""
    well = 0
    for channel in channels:
        found = await _wrong_with(client, channel)
        if found is None:
            well += 1
        else:
            yield problem(f"Discord #{channel.name}", *found)
    if well:
        told = f"{counted(well, 'channel')} with a daily question, all permissions granted"
        yield fine("Discord channels", told)


async def _wrong_with(client: discord.Client, channel: StudyChannel) -> tuple[str, str] | None:
    """Return what keeps questions from a channel and what to do about it; None for nothing."""
    to = channel.address
    try:
        guild = client.get_guild(int(to.community)) or await client.fetch_guild(int(to.community))
        me = guild.me or await guild.fetch_member(client.user.id if client.user else 0)
        room = guild.get_channel(int(to.channel)) or await guild.fetch_channel(int(to.channel))
    except (discord.DiscordException, *FAULTS) as error:
        return undeliverable(error).reason, (
            "Invite the coach to the server with the link of coach discord invite, and let it "
            "see the channel."
        )
    if room.type not in ROOMS:
        return "is no text channel", "Set up another channel with /coach setup."
    lacking = missing(room.permissions_for(me), private=channel.private)
    if lacking:
        return f"lacks {listed(lacking)}", "Grant that to the coach in the settings of the channel."
    return None
