"""One fault against the running program: answers arrive meanwhile; then what became of them."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.daily.schedule import Schedule
from bot.storage.engine import make_engine
from tests.builders import a_study_channel
from tests.databases import units_of
from tests.faults.disturbed import POISON
from tests.faults.house import House
from tests.faults.program import Program, garbage, seconds_until
from tests.faults.stores import Store

PEOPLE = 20

PATIENCE = 300.0
"""Longer than anything may stand still; on a machine that has other work too."""

AGAIN_SECONDS = 5.0
"""So long people and platforms wait until they send again what was not taken."""

NUMBERS = count(1)


@dataclass
class Row:
    """What became of a fault: one line of the table."""

    fault: str
    platform: str
    database: str
    runs: int = 0
    answers: int = 0
    graded: int = 0
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    recovery: float = 0.0


@dataclass
class Stage:
    """The program between a platform and a database."""

    house: House
    store: Store
    vectors: Path
    folder: Path
    settings: dict[str, str]

    def __post_init__(self) -> None:
        self.program = self._program(0)

    def ready(self) -> None:
        """See to it that the program runs as usual, and that everybody has a question."""
        self.house.up()
        program = self.program
        if not program.lives or program.more or program.descriptors:
            program.descriptors = None
            program.restart()
        seconds_until(self.house.served, PATIENCE)
        self.house.gather(PEOPLE)

    @contextmanager
    def second(self) -> Iterator[Program]:
        """Let another program serve the same people from the same database, until it is killed."""
        other = self._program(1)
        self.house.programs = 2
        try:
            other.start()
            seconds_until(self.house.served, PATIENCE)
            self.house.expect(2)
            yield other
        finally:
            other.close()
            self.house.expect(1)

    def _program(self, number: int) -> Program:
        home = self.folder / f"home-{number}"
        home.mkdir(exist_ok=True)
        settings = {**self.settings, **self.house.environment(number)}
        return Program(home, self.folder / f"stderr-{number}.log", settings)

    def close(self) -> None:
        """End the program, the platform and the database."""
        self.program.close()
        self.house.close()
        self.store.close()

    def post_due(self, before: Callable[[str, str], None] = lambda *_: None) -> str:
        """Return a new channel in which a question of the day is due.

        `before` that, something may be done with its community and the channel itself.
        """
        zones = map(ZoneInfo, ("Asia/Tokyo", "Europe/Berlin"))
        now = next(at for at in map(datetime.now, zones) if 2 <= at.hour < 22)
        schedule = Schedule(str(now.tzinfo), now.time().replace(second=0, microsecond=0))
        community, channel = self.house.new_channel()
        before(community, channel)
        engine = make_engine(self.store.url, PATIENCE)
        known: dict[str, Any] = {"schedule": schedule, "after": now.date() - timedelta(days=1)}
        with units_of(engine)() as uow:
            a_study_channel(uow, self.house.name.lower(), community, channel, **known)
            uow.commit()
        engine.dispose()
        return channel

    def posted(self, channels: Sequence[str]) -> None:
        """Wait until the question of the day stands in each channel."""
        seconds_until(lambda: all(map(self.house.posts, channels)), PATIENCE)

    def texts(self, answers: int) -> list[str]:
        """Return answers that nobody else gives."""
        return [
            f"Answer {next(NUMBERS):06d}: the relation of inputs and target changes with time."
            for _ in range(answers)
        ]

    def rows(self) -> list[tuple[str, bool]]:
        """Return each answer that is stored, and whether it is graded; none where none is found."""
        with suppress(Exception):
            return self.store.rows()
        return []

    def stored(self, write: Callable[[], str]) -> None:
        """Let somebody answer until it is stored: people send again what was not taken."""
        text, last = "", 0.0

        def again() -> bool:
            nonlocal text, last
            if text in dict(self.rows()):
                return True
            if time.monotonic() > last + AGAIN_SECONDS:
                last, text = time.monotonic(), write()
                self.house.run(self.house.answer(0, text))
            return False

        seconds_until(again, PATIENCE)

    @contextmanager
    def answering(self, answers: int, seconds: float) -> Iterator[threading.Thread]:
        """Let people answer meanwhile, and wait until everybody has."""
        texts = self.texts(answers)
        feeding = threading.Thread(
            target=lambda: self.house.run(self.house.rush(texts, seconds)), daemon=True
        )
        feeding.start()
        yield feeding
        feeding.join(PATIENCE)
        assert not feeding.is_alive(), "answers are still on their way"

    def recovered(self) -> float:
        """Return how long it takes, without a person, until all is graded and one more answer is.

        What the platform delivers again is delivered. What nothing can grade has no grade.
        """
        began = time.monotonic()
        seconds_until(self.house.served, PATIENCE)
        probe, last = "", 0.0

        def again() -> bool:
            nonlocal probe, last
            stored = dict(self.rows())
            if probe not in stored and time.monotonic() > last + AGAIN_SECONDS:
                last = time.monotonic()
                self.house.deliver_again()
                (probe,) = self.texts(1)
                self.house.run(self.house.answer(0, probe))
            graded = all(done for text, done in stored.items() if POISON not in text)
            return graded and stored.get(probe, False)

        seconds_until(again, PATIENCE, left=lambda: sum(not done for _, done in self.rows()))
        return time.monotonic() - began


class Trial:
    """A fault on a stage, once or several times, and what it came to."""

    def __init__(self, stage: Stage, fault: str) -> None:
        self.stage = stage
        self.row = Row(fault, stage.house.name, stage.store.name)
        stage.ready()
        self._said = stage.program.said.stat().st_size
        self._first = len(stage.house.sent)
        self.channels = [stage.post_due()]
        stage.posted(self.channels)

    def once(
        self, disturbance: Callable[[], AbstractContextManager[object]], seconds: float
    ) -> None:
        """Disturb while people answer, and wait until all is well."""
        with self.stage.answering(PEOPLE, seconds), disturbance():
            time.sleep(seconds)
        self.recovers()

    def everybody_served(self) -> None:
        """Wait until everybody's answer is taken; who is refused sends another, as people do."""
        house, last = self.stage.house, time.monotonic()
        people = {each.person for each in house.sent[self._first :]}

        def served() -> bool:
            nonlocal last
            taken = house.taken(self._first)
            left = people - {each.person for each in house.sent if each.text in taken}
            if left and time.monotonic() > last + AGAIN_SECONDS:
                last = time.monotonic()
                for person, text in zip(left, self.stage.texts(len(left)), strict=True):
                    house.run(house.answer(person, text))
            return not left

        seconds_until(served, PATIENCE)

    def recovers(self) -> None:
        """Note that the fault is over, and wait until all is well."""
        self.row.runs += 1
        self.row.recovery = max(self.row.recovery, self.stage.recovered())

    def ends(self, line: str = "") -> None:
        """Count for the row, and fail where anything was lost, doubled or told badly.

        `line` is what one line of the log says of the fault, where the program notices it.
        """
        stage, row = self.stage, self.row
        stage.posted(self.channels)
        posts = {channel: stage.house.posts(channel) for channel in self.channels}
        stored, taken = stage.store.rows(), stage.house.taken(self._first)
        sent = {each.text for each in stage.house.sent[self._first :]}
        row.answers, row.graded = len(taken), sum(done for text, done in stored if text in sent)
        row.lost = tuple(taken - {text for text, _ in stored})
        often = Counter(text for text, _ in stored) + Counter(posts)
        row.doubled = tuple(what for what, times in often.items() if times > 1)
        lines = stage.program.lines(self._said)
        assert row.answers, "no answer was acknowledged: nothing was tried"
        assert (row.lost, row.doubled) == ((), ()), stage.house.told_to(*row.lost)
        assert garbage(lines) == []
        assert not line or any(re.search(line, each) for each in lines), "\n".join(lines)
