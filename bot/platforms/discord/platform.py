"""Discord as one of the platforms that the coach serves: connect, serve, stop cleanly."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import discord

from bot.core.champions.service import Champions
from bot.core.errors import CoachError, Undeliverable
from bot.platforms.discord.catalogues import SHIPPED
from bot.platforms.discord.client import CoachClient
from bot.platforms.discord.connecting import (
    find_gateway,
    log_in,
    point_at,
    refused,
    token_of,
    unless_too_few,
)
from bot.platforms.discord.counting import trace_of
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.invite import Links, application_of, links_of
from bot.platforms.discord.messenger import CLOSED, DiscordMessenger
from bot.platforms.discord.people import PLATFORM
from bot.platforms.discord.registry import Registry, Told
from bot.platforms.discord.sending import NETWORK
from bot.platforms.discord.settings import DiscordSettings
from bot.platforms.discord.terms import terms_of
from bot.platforms.discord.threads import DeskThreads
from bot.platforms.discord.translating import Translating
from bot.platforms.front_desk import FrontDesk

READY_SECONDS = 60.0
"""Longer than Discord takes to let a bot of thousands of servers in."""

log = logging.getLogger(__name__)


class DiscordPlatform:
    """Serve people on Discord until stopped."""

    name = PLATFORM

    def __init__(
        self, desk: FrontDesk, champions: Champions, registry: Registry, settings: DiscordSettings
    ) -> None:
        self.threads = DeskThreads(desk, desk.services.grades_at_once)
        self.champions = champions
        self._delivery = Delivery()
        self._settings = settings
        self._registry = registry
        self._client: CoachClient | None = None
        self._connection: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def messenger(self) -> DiscordMessenger:
        """What posts and writes on Discord while the connection stands."""
        return DiscordMessenger(self._running, self._delivery, self._settings.shards)

    def _running(self) -> tuple[CoachClient, asyncio.AbstractEventLoop]:
        """Return the client and its loop.

        Raises:
            Undeliverable: there is no connection.
        """
        if self._client is None or self._loop is None or self._client.is_closed():
            raise Undeliverable(CLOSED)
        return self._client, self._loop

    @property
    def client(self) -> CoachClient:
        """The connection; there is one from the start on."""
        assert self._client is not None  # noqa: S101 whoever asks has started it
        return self._client

    async def start(self) -> None:
        """Log in and connect.

        Raises:
            PlatformRefused: Discord does not take the token.
            PlatformAway: it cannot be reached, or lets nobody connect today; start again later.
            TranslationsRejected: files with translations of the commands have faults.
        """
        token = token_of(self._settings)
        point_at(self._settings)
        client = self._client = self._client_of()
        try:
            await log_in(client, token)
            unless_too_few(await find_gateway(client, self._settings))
        except CoachError:
            await client.close()
            raise
        self._loop = asyncio.get_running_loop()
        self._connection = asyncio.create_task(client.connect(), name="discord")
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait(
            {self._connection, ready},
            timeout=READY_SECONDS,
            return_when=asyncio.FIRST_COMPLETED,
        )
        ready.cancel()
        if self._connection.done():
            await self.ended()

    async def invite(self) -> Links:
        """Return the links that invite the coach; only for an odd token is Discord asked.

        Raises:
            PlatformRefused: Discord does not take the token, or cannot be reached.
        """
        named = application_of(token_of(self._settings))
        if named is not None:
            return links_of(named)
        async with self._logged_in() as client:
            return links_of(client.application_id or 0)

    async def sync(self) -> Told:
        """Tell Discord the commands, whatever it was told before.

        Raises:
            PlatformRefused: Discord does not take the token or the commands, or is out of reach.
        """
        async with self._logged_in() as client:
            try:
                return await self._registry.sync(client.tree, force=True)
            except (discord.DiscordException, *NETWORK) as error:
                raise refused(error) from error

    def translating(self) -> Translating:
        """Return what there is to translate, and what was translated."""
        commands = self._client_of().tree.get_commands()
        return Translating(tuple(terms_of(commands)), self._folders)

    @property
    def _folders(self) -> tuple[Path, ...]:
        own = self._settings.translations
        return (SHIPPED, own.expanduser()) if own else (SHIPPED,)

    def _client_of(self, *, tells_commands: bool = True) -> CoachClient:
        return CoachClient(
            Handling(self.threads, self.champions, self._delivery),
            self._registry,
            tells_commands=tells_commands,
            shards=self._settings.shards,
            translations=self._folders,
            proxy=self._settings.proxy,
            http_trace=trace_of(self.threads.desk.meter, self.threads.desk.times),
        )

    @asynccontextmanager
    async def _logged_in(self) -> AsyncIterator[CoachClient]:
        """Be logged in for a moment, without being seen on Discord."""
        token = token_of(self._settings)  # before there is a client, which only closes logged in
        point_at(self._settings)
        client = self._client_of(tells_commands=False)
        try:
            await log_in(client, token)
            yield client
        finally:
            await client.close()
            await asyncio.to_thread(self.threads.close)

    async def ended(self) -> None:
        """Return when the connection has ended by itself.

        Raises:
            PlatformRefused: Discord ended it for good.
        """
        assert self._connection is not None  # noqa: S101 whoever waits has started it
        try:
            await asyncio.shield(self._connection)
        except (discord.DiscordException, *NETWORK) as error:
            await self.client.close()
            raise refused(error) from error

    def trouble(self) -> str | None:
        """Return why nobody can be served now, None where they can."""
        client = self._client
        if client is None or client.is_closed() or not client.is_ready():
            return CLOSED
        shards = list(client.shards.values())
        lost = sum(shard.is_closed() for shard in shards)
        return f"{lost} of {len(shards)} connections to Discord are lost" if lost else None

    async def stop(self) -> None:
        """Finish what was acknowledged, then leave."""
        if self._client is None:
            return
        await self._client.handling.finish()
        await self._client.close()
        if self._connection is not None:
            # RuntimeError: it was being sought anew when its HTTP session was closed.
            broken = (discord.DiscordException, asyncio.CancelledError, RuntimeError, *NETWORK)
            with suppress(*broken):
                await self._connection
        await asyncio.to_thread(self.threads.close)
