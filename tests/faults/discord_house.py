"""Discord before the program: a server for each channel, and windows that people have open."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from tests.faults.house import QUESTION, House, Sent, questions
from tests.platforms.discord.running import settings_of
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.server import Discord


class DiscordHouse(House):
    """A server with one channel; everybody has the window for an answer open."""

    name = "Discord"

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.discord = Discord()
        self.run(self.discord.start())
        world = self.discord.world
        self.guild = world.guild()
        self.channel = world.channel(self.guild)
        self._windows: list[Interaction] = []

    def environment(self, program: int) -> dict[str, str]:  # noqa: ARG002 they are all alike
        return settings_of(self.discord)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(600)

    def served(self) -> bool:
        live = self.discord.gateway.live
        return len(live) >= self.programs and bool(self.discord.people.commands)

    def ask(self) -> None:
        self.run(self._ask(self.present - len(self._windows)))

    async def _ask(self, more: int) -> None:
        discord = self.discord
        for number in range(more):
            person = discord.world.user(f"Person {len(self.people)}-{number}")
            discord.world.join(self.guild, person)
            message = None
            while message is None or not message["components"]:  # a busy machine may refuse it
                asked = await discord.people.slash(person, self.channel, "ask", about=QUESTION)
                message = (await asked.done(300)).message
            pressed = await discord.people.press(person, message, "Answer")
            self._windows.append(await pressed.done(300))
            self.people.append(person)

    async def send(self, sent: Sent) -> None:
        window = self._windows[sent.person]
        sent.interaction = await self.discord.people.send(window.user, window, sent.text)

    def _heard(self, sent: Sent) -> bool:
        return sent.interaction is not None and sent.interaction.acknowledged_after is not None

    def told(self) -> list[tuple[str, str]]:
        return [(each.who, each.interaction.text) for each in self.sent if each.interaction]

    def new_channel(self) -> tuple[str, str]:
        guild = self.discord.world.guild()
        channel = self.discord.world.channel(guild)
        told = self.discord.gateway.tell("GUILD_CREATE", self.discord.world.guild_create(guild))
        self.run(told)
        return guild, channel

    def posts(self, channel: str) -> int:
        return questions(list(self.discord.world.messages[channel].values()))

    def limit(self, community: str, channel: str, seconds: int) -> None:
        del community
        self.discord.fault("POST", f"/channels/{channel}/", "429", self.ALWAYS, seconds)

    def down(self) -> None:
        self.run(self._down())

    async def _down(self) -> None:
        self.discord.gateway.takes.clear()
        self.discord.gateway.cut()
        for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
            self.discord.fault(method, "", "5xx", self.ALWAYS, 503)

    def up(self) -> None:
        self.discord.faults.clear()
        self._loop.call_soon_threadsafe(self.discord.gateway.takes.set)

    def close(self) -> None:
        self.run(self.discord.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
