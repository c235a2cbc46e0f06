"""Discord as one of the platforms that the coach serves: connect, serve, stop cleanly."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.core.champions.service import Champions
from bot.core.errors import CoachError, NothingToRun, PlatformRefused, Undeliverable
from bot.platforms.discord.catalogues import SHIPPED
from bot.platforms.discord.client import CoachClient
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.invite import Links, links_of
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.people import PLATFORM
from bot.platforms.discord.registry import Registry, Told
from bot.platforms.discord.sending import NETWORK, undeliverable
from bot.platforms.discord.settings import CONFIGURED_BY, DiscordSettings
from bot.platforms.discord.terms import terms_of
from bot.platforms.discord.threads import DeskThreads
from bot.platforms.discord.translating import Translating
from bot.platforms.front_desk import FrontDesk

if TYPE_CHECKING:
    from discord.types.gateway import SessionStartLimit

ANOTHER_KEY = (
    "Open https://discord.com/developers/applications, choose your application, then Bot and "
    "Reset Token, and set COACH_DISCORD__TOKEN to the new one."
)
TRY_LATER = "Check the connection of this machine and https://discordstatus.com, and start again."

READY_SECONDS = 60.0
"""Longer than Discord takes to let a bot of thousands of servers in."""

log = logging.getLogger(__name__)


class DiscordPlatform:
    """Serve people on Discord until stopped."""

    name = PLATFORM

    def __init__(
        self, desk: FrontDesk, champions: Champions, registry: Registry, settings: DiscordSettings
    ) -> None:
        self.threads = DeskThreads(desk)
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
        return DiscordMessenger(self._running, self._delivery)

    def _running(self) -> tuple[CoachClient, asyncio.AbstractEventLoop]:
        """Return the client and its loop.

        Raises:
            Undeliverable: there is no connection.
        """
        if self._client is None or self._loop is None or self._client.is_closed():
            raise Undeliverable("there is no connection to Discord")
        return self._client, self._loop

    @property
    def client(self) -> CoachClient:
        """The connection; there is one from the start on."""
        assert self._client is not None  # noqa: S101 whoever asks has started it
        return self._client

    async def start(self) -> None:
        """Log in and connect.

        Raises:
            PlatformRefused: Discord does not take the token, or cannot be reached.
            TranslationsRejected: files with translations of the commands have faults.
        """
        token = token_of(self._settings)
        point_at(self._settings)
        client = self._client = self._client_of()
        try:
            await log_in(client, token)
        except CoachError:
            await client.close()
            raise
        await self._find_gateway(client)
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
        """Return the links that invite the coach.

        Raises:
            PlatformRefused: Discord does not take the token, or cannot be reached.
        """
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
                raise _refused(error) from error

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
            translations=self._folders,
            proxy=self._settings.proxy,
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

    async def _find_gateway(self, client: CoachClient) -> None:
        """Fix the address of the gateway, for the first connection and for any that begins anew.

        Else discord.py would go to Discord's own after a session ended, whatever the API named.

        Raises:
            PlatformRefused: Discord cannot be reached.
        """
        try:
            shards, url, limits = await client.http.get_bot_gateway()
        except (discord.DiscordException, *NETWORK) as error:
            await client.close()
            raise _refused(error) from error
        url = self._settings.gateway_url or url

        async def known() -> "tuple[int, str, SessionStartLimit]":
            return shards, url, limits

        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        client.http.get_bot_gateway = known  # type: ignore[method-assign]  # it has no other way

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
            raise _refused(error) from error

    def trouble(self) -> str | None:
        """Return why nobody can be served now, None where they can."""
        client = self._client
        if client is None or client.is_closed() or not client.is_ready():
            return "there is no connection to Discord"
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
            with suppress(discord.DiscordException, asyncio.CancelledError, *NETWORK):
                await self._connection
        await asyncio.to_thread(self.threads.close)


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
        raise _refused(error) from error


def point_at(settings: DiscordSettings) -> None:
    """Let discord.py use the addresses of the settings; it has one of each for all its clients."""
    Route.BASE = settings.api_url.rstrip("/")
    discord.Asset.BASE = settings.cdn_url.rstrip("/")


def _refused(error: BaseException) -> PlatformRefused:
    match error:
        case discord.LoginFailure():
            return PlatformRefused("Discord", "it does not know this token", ANOTHER_KEY)
        case discord.PrivilegedIntentsRequired():
            return PlatformRefused("Discord", "it does not grant what was asked for", ANOTHER_KEY)
        case discord.ConnectionClosed(code=4004):
            return PlatformRefused("Discord", "the token is no longer valid", ANOTHER_KEY)
    reason = undeliverable(error).reason if isinstance(error, Exception) else str(error)
    return PlatformRefused("Discord", reason, TRY_LATER)
