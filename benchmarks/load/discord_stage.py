"""Discord as the tests emulate it, for those who measure."""

import re
import time
from dataclasses import dataclass

from benchmarks.load.stages import PATIENCE
from tests.platforms.discord.running import settings_of
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.server import Discord
from tests.platforms.discord.wire.world import Json

EPOCH_MS = 1_420_070_400_000
"""Where Discord's ids begin to count."""

ENDLESS = 10**9


@dataclass
class Sent:
    """An answer in a window that was sent."""

    interaction: Interaction

    @property
    def acknowledged(self) -> float | None:
        """Seconds until Discord was told that it was taken."""
        return self.interaction.acknowledged_after

    @property
    def graded(self) -> float | None:
        """Seconds until its grade was shown."""
        it = self.interaction
        return (it.answered_after or it.acknowledged_after) if it.is_answered else None


class DiscordStage:
    """Guilds with channels; everybody answers the question of the day of a channel."""

    name = "discord"

    def __init__(self) -> None:
        self._discord = Discord()
        self._guilds: dict[str, str] = {}
        self._windows: dict[str, Interaction] = {}

    @property
    def settings(self) -> tuple[dict[str, str], ...]:
        """What leads the one program to it."""
        return (settings_of(self._discord),)

    async def start(self) -> None:
        """Listen."""
        await self._discord.start()

    async def stop(self) -> None:
        """Close everything."""
        await self._discord.stop()

    def community(self) -> str:
        """A new guild."""
        return self._discord.world.guild()

    async def join(self) -> None:
        """Do nothing: guilds have the coach from the first."""

    def channel(self, community: str) -> str:
        """A new channel."""
        channel = self._discord.world.channel(community)
        self._guilds[channel] = community
        return channel

    def person(self, community: str) -> str:
        """A new member."""
        world = self._discord.world
        person = world.user(f"Person {len(world.users)}")
        world.join(community, person)
        return person

    def is_served(self) -> bool:
        """Whether the program is connected and has told its commands."""
        return bool(self._discord.gateway.live and self._discord.people.commands)

    def is_posted(self, channel: str) -> bool:
        """Whether the question of the day stands there."""
        return bool(self._discord.world.messages[channel])

    async def open(self, person: str, channel: str) -> float:
        """Press the button below the question of the day."""
        began = time.monotonic()
        opened = await self._discord.people.press(person, self._question(channel), "Answer")
        self._windows[channel] = await opened.done(PATIENCE)
        return time.monotonic() - began

    async def send(self, person: str, channel: str, text: str) -> Sent:
        """Send the window that was opened, which is everybody's alike."""
        return Sent(await self._discord.people.send(person, self._windows[channel], text))

    async def help(self, person: str, channel: str) -> float:
        """Type /help."""
        return await self._seconds(await self._discord.people.slash(person, channel, "help"))

    async def complete(self, person: str, channel: str) -> float:
        """Type the name of a question behind /ask."""
        began = time.monotonic()
        await self._discord.people.type(person, channel, "ask", "about", "concept dr")
        return time.monotonic() - began

    async def practise(self, person: str, channel: str, text: str) -> float:
        """Type /ask, answer by the button, and type /progress."""
        people = self._discord.people
        asked = await (await people.slash(person, channel, "ask")).done(PATIENCE)
        opened = await people.press(person, asked.message or {}, "Answer")
        sent = await people.send(person, await opened.done(PATIENCE), text)
        await sent.done(PATIENCE)
        await (await people.slash(person, channel, "progress")).done(PATIENCE)
        return sent.acknowledged_after or PATIENCE

    def limit(self, community: str, channels: list[str], seconds: float) -> None:
        """Answer 429 for each of its channels."""
        del community
        path = f"/channels/({'|'.join(map(re.escape, channels))})/"
        self._discord.fault("POST", path, "429", ENDLESS, seconds)

    def free(self) -> None:
        """Limit nobody any more."""
        self._discord.faults.clear()

    def posted_at(self, channel: str) -> float | None:
        """When the first message was posted, by its id."""
        first = next(iter(self._discord.world.messages[channel]), None)
        return ((int(first) >> 22) + EPOCH_MS) / 1000 if first else None

    def _question(self, channel: str) -> Json:
        return next(iter(self._discord.world.messages[channel].values()))

    async def _seconds(self, interaction: Interaction) -> float:
        began = interaction.began
        await interaction.done(PATIENCE)
        return time.monotonic() - began
