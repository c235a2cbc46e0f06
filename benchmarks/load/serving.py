"""The program before a platform, with a question of the day that everybody answers."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.load.database import Database, add_open_question
from benchmarks.load.program import Program
from benchmarks.load.stages import Stage, Waiting, until
from benchmarks.speed.answers import answer_of, material
from benchmarks.speed.grading import NAIVE_WORDS
from knowledge.graded import load_graded_answers
from knowledge.loader import load_bank

QUESTION = "monitoring/concept-drift"
START_SECONDS = 300.0


class NotServed(Exception):
    """The program did not do in time what it was started for."""


class Texts:
    """Answers of NAIVE_WORDS words to the question, no two alike."""

    def __init__(self) -> None:
        bank = load_bank()
        entry = next(e for e in load_graded_answers(bank) if e.question == QUESTION)
        self._sentences = material(entry)
        self._numbers = count(1)

    def next(self) -> str:
        """Return another answer."""
        number = next(self._numbers)
        return f"Answer {number}: {answer_of(NAIVE_WORDS - 2, self._sentences, number)}"

    def several(self, how_many: int) -> list[str]:
        """Return so many others."""
        return [self.next() for _ in range(how_many)]


@dataclass
class Serving:
    """A program that serves a channel in which the question of the day stands."""

    stage: Stage
    program: Program
    database: Database
    community: str
    channel: str
    texts: Texts
    answers: int = 0

    def person(self) -> str:
        """Return somebody new."""
        return self.stage.person(self.community)

    async def answer(self, person: str) -> Waiting:
        """Let somebody send an answer by the window that they had open."""
        self.answers += 1
        return await self.stage.send(person, self.channel, self.texts.next())


@asynccontextmanager
async def started(
    stage: Stage, database: Database, home: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[list[Program]]:
    """Start the programs that a stage is for; yield them when they serve, and stop them.

    Raises:
        Ended: one ended by itself.
        NotServed: they do not serve in time.
    """
    with ExitStack() as ends:
        programs = []
        for number, of_stage in enumerate(stage.settings):
            own = home / str(number) if number else home
            own.mkdir(exist_ok=True)
            programs.append(Program(own, {**of_stage, **database.settings, **(settings or {})}))
            ends.callback(programs[-1].stop)
        for program in programs:
            await in_time(stage.is_served, "the program did not come to the platform", program)
        yield programs


async def in_time(condition: Callable[[], bool], otherwise: str, program: Program) -> None:
    """Wait for something that the program is to do.

    Raises:
        Ended: it ended by itself.
        NotServed: it did not do it, in these words.
    """
    if not await until(condition, START_SECONDS, 0.05, program.check):
        raise NotServed(otherwise)


@asynccontextmanager
async def serving(
    stage: Stage, database: Database, home: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Serving]:
    """Start the program; yield it when it has posted its question and graded an answer.

    Raises:
        Ended: it ended by itself.
        NotServed: it does not serve in time.
    """
    async with AsyncExitStack() as ends:
        await stage.start()
        ends.push_async_callback(stage.stop)
        community = stage.community()
        channel = stage.channel(community)
        with database.opened() as uow:
            add_open_question(uow, stage.name, community, channel, QUESTION)
        program, *_ = await ends.enter_async_context(started(stage, database, home, settings))
        served = Serving(stage, program, database, community, channel, Texts())
        await in_time(
            lambda: stage.is_posted(channel), "the question of the day was not posted", program
        )
        first = served.person()
        await stage.open(first, channel)
        sent = await served.answer(first)
        await in_time(lambda: sent.graded is not None, "the first answer was not graded", program)
        yield served
