"""The script of all platforms, played on Discord: real client, real sockets, whole application."""

import asyncio
import re
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.bootstrap.jobs import daily_engine_of
from bot.core.commands import Command, Values
from bot.core.text_commands import found, read
from grading.corpus import Corpus
from knowledge.question import Question
from tests.dialogue import BEAT, HOST, LiteralGrader, a_fortnight
from tests.fakes import FixedClock
from tests.platforms.discord.stage import House, name_of
from tests.platforms.discord.wire.gateway import until
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.world import EVERYBODY, MANAGE_GUILD, Json
from tests.platforms.discord.wired import Wire, wired

T = TypeVar("T")

MONDAY = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
"""Eight o'clock in Berlin."""


class DiscordStage:
    """A server with everybody in it, the program, and the clock that it goes by."""

    def __init__(self, wire: Wire, loop: asyncio.AbstractEventLoop) -> None:
        assert wire.features is not None
        self.wire, self.loop, self.features = wire, loop, wire.features
        messengers = {"discord": wire.platform.messenger}
        self.engine = daily_engine_of(self.features, messengers)
        self.clock = wire.house.clock
        self.bank = self.features.bank
        self.people: dict[str, str] = {}
        self.screens: dict[str, Json] = {}
        self.questions: dict[str, Question] = {}
        self.read: set[str] = set()

    def type(self, who: str, line: str) -> str:
        shown = self._run(self._do(self._person(who), who, line))
        for question in self.bank:
            if _flat(question.prompt) in shown:
                self.questions[who] = question
        return shown

    def asked(self, who: str) -> Question:
        return self.questions[who]

    def serve(self, time: timedelta) -> str:
        until_then = self.clock.at + time
        while self.clock.at < until_then:
            self.clock.pass_by(BEAT)
            self.features.heartbeat.beat()
            self.engine.poll()
        return self._news()

    def down(self, time: timedelta) -> None:
        self.clock.pass_by(time)

    def _news(self) -> str:
        """What in the channel and its threads is new, or says something else than before."""
        world = self.wire.discord.world
        shown = [
            f"{message['id']} {_text(message)}"
            for room in list(world.messages)
            if world.channels[room].get("guild_id")
            for message in world.messages[room].values()
            if not message["flags"] & 64
        ]
        told = [each for each in shown if each not in self.read]
        self.read.update(told)
        return " ".join(told)

    def _person(self, who: str) -> str:
        if who not in self.people:
            world = self.wire.discord.world
            self.people[who] = world.user(who)
            may = EVERYBODY | MANAGE_GUILD if who == HOST else EVERYBODY
            world.join(self.wire.guild, self.people[who], may)
        return self.people[who]

    async def _do(self, person: str, who: str, line: str) -> str:
        people = self.wire.discord.people
        if line.startswith("/"):
            named = found(self.wire.platform.client.handling.desk.commands, line[1:])
            assert named is not None, line
            command, rest = named
            options = _options(command, rest)
            where = name_of(command)
            done = await people.slash(person, self.wire.channel, where, **options)
        else:
            screen = self.screens[who]
            named = [item["label"] for row in screen["components"] for item in row["components"]]
            label = "Answer" if "Answer" in named else "Try again"
            done = await people.send(person, await people.press(person, screen, label), line)
        await done.done(60)
        handling = self.wire.platform.client.handling
        await until(lambda: not handling.is_busy, 60)
        return self._look(who, done)

    def _look(self, who: str, done: Interaction) -> str:
        assert done.message is not None
        self.screens[who] = done.message
        return " ".join(_text(message) for message in (done.message, *done.added))

    def _run(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self.loop).result(120)


def _options(command: Command, rest: str) -> Values:
    """The options that say on Discord what is typed behind a command elsewhere."""
    in_words: Values = {"picture": False} if command.name == "progress" else {}
    return {**read(command, rest), **in_words}


def _text(message: Json) -> str:
    """A message as it is read, with scores as the script has them."""
    said = "\n".join(embed.get("description", "") for embed in message["embeds"])
    said = re.sub(r"\*\*(\d+ %)\*\* ·", r"Score: \1", said)
    return _flat(re.sub(r"(?m)^(-#|###|>|-) ", "", said))


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[\\*`]", "", text).split())


@contextmanager
def running(house: House) -> Iterator[DiscordStage]:
    """Run a Discord and the program in a thread of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="discord-stage")
    thread.start()
    stack = AsyncExitStack()

    def run(doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, loop).result(120)

    try:
        wire = run(stack.enter_async_context(wired(house)))
        yield DiscordStage(wire, loop)
    finally:
        run(stack.aclose())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.mark.slow
def test_three_learners_on_a_server(tmp_path: Path, corpus: Corpus):
    house = House(tmp_path / "home", LiteralGrader(), FixedClock(MONDAY), corpus=corpus)
    with running(house) as stage:
        a_fortnight(stage)
