"""The program as `coach run` starts it, connected to a Discord on this machine by real sockets."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.bootstrap.features import Features
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.settings import DiscordSettings
from tests.meter import RememberingMeter
from tests.platforms.discord.stage import House, platform_on
from tests.platforms.discord.wire.gateway import until
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.server import TOKEN, Discord


@dataclass
class Wire:
    """A Discord with a server, two people in it, and the program."""

    discord: Discord
    house: House
    guild: str
    channel: str
    ada: str
    grace: str
    running: DiscordPlatform | None = None
    features: Features | None = None
    more: dict[str, Any] = field(default_factory=dict)
    meter: RememberingMeter = field(default_factory=RememberingMeter)

    @property
    def platform(self) -> DiscordPlatform:
        assert self.running is not None
        return self.running

    async def start(self) -> None:
        """Start a run of the program and wait until it can be seen."""
        settings = DiscordSettings(token=TOKEN, api_url=self.discord.url, **self.more)
        application = self.house.application(settings)
        self.features = application.features
        self.running = platform_on(application)
        self.running.threads.desk.meter = self.meter
        await self.running.start()
        await until(lambda: self.discord.gateway.live)

    async def stop(self) -> None:
        """Stop the program as SIGTERM does."""
        if self.running is not None:
            await self.running.stop()
            self.running = None

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def asked(self, person: str, about: str = "drift") -> Interaction:
        """Let a person ask for a question."""
        asked = await self.discord.people.slash(person, self.channel, "ask", about=about)
        return await asked.done()

    async def answers(self, person: str, asked: Interaction, text: str) -> Interaction:
        """Let a person press Answer and send what they wrote."""
        assert asked.message is not None
        opened = await self.discord.people.press(person, asked.message, "Answer")
        return await self.discord.people.send(person, opened, text)

    def direct(self, person: str) -> list[str]:
        """What a person has got in private."""
        channel = self.discord.world.direct(person)["id"]
        return [
            "\n".join(embed.get("description", "") for embed in message["embeds"])
            for message in self.discord.world.messages[channel].values()
        ]


@asynccontextmanager
async def wired(house: House, **server: Any) -> AsyncIterator[Wire]:
    """Connect the program to a Discord of its own."""
    served = Discord(**server)
    await served.start()
    guild = served.world.guild()
    channel = served.world.channel(guild)
    ada, grace = served.world.user("Ada"), served.world.user("Grace")
    for person in (ada, grace):
        served.world.join(guild, person)
    wire = Wire(served, house, guild, channel, ada, grace)
    with addresses_kept():
        try:
            await wire.start()
            yield wire
        finally:
            await asyncio.wait_for(wire.stop(), 40)
            await served.stop()


@contextmanager
def addresses_kept() -> Iterator[None]:
    """Leave discord.py's own addresses as they were."""
    before = (Route.BASE, discord.Asset.BASE, DiscordWebSocket.DEFAULT_GATEWAY)
    try:
        yield
    finally:
        Route.BASE, discord.Asset.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
