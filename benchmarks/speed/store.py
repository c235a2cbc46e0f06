"""What `coach bench` measures of the database: leaderboards and progress among many answers."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import cycle, product
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, ConfigDict

from benchmarks.speed.crowd import CHANNELS, GUILD, Crowd

if TYPE_CHECKING:
    from bot.bootstrap.application import Application
    from grading.grade import Grade
    from grading.grader import Grader
    from knowledge.question import Question

MEASURING_STEPS = 3

WARM_UP = 5
"""Calls that are not timed: the first ones open the file and compile the statements."""

SEED = 7
"""Whose boards and progress are looked at: the same people every time."""


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LeaderboardFigures(_Figures):
    """Milliseconds of one leaderboard in words, over all periods, places and parts in turn."""

    attempts: int
    learners: int
    ms_p50: float
    ms_p99: float


class ProgressFigures(_Figures):
    """Milliseconds of one learner's progress in words."""

    attempts: int
    ms_p50: float


class DatabaseFigures(_Figures):
    """The size in megabytes (10^6) with so many answers, and the milliseconds of one more.

    These are of the database alone: a question asked, its answer stored, a grade at hand stored
    with all that follows from it.
    """

    attempts: int
    mb: float
    answer_ms_p50: float


class StoreReport(_Figures):
    """The figures of the database, an SQLite file."""

    database: DatabaseFigures
    leaderboard: LeaderboardFigures
    progress: ProgressFigures


def measure_store(
    application: "Application",
    folder: Path,
    attempts: int,
    rounds: int,
    at: Callable[[str], Callable[[int], None]],
) -> StoreReport:
    """Fill a database in an empty folder and time both use cases on it.

    Args:
        application: its settings and questions are used; its database is left alone.
        folder: goes afterwards; a million answers take about a gigabyte.
        attempts: how many answers.
        rounds: how many calls of each use case are timed.
        at: is told the name of each part and returns what is told of its steps.
    """
    from bot.bootstrap.application import application_of
    from bot.storage.migrate import upgrade

    settings = application.settings.model_copy(update={"home": folder, "database": None})
    at_hand = replace(application.grading, grader=cast("Grader", AtHand()))
    bench = application_of(settings, grading=at_hand)
    crowd = _crowd(bench, attempts)
    tick = at(f"storing {attempts:,} answers")
    upgrade(settings.database_url, settings.backups)
    with closing(sqlite3.connect(settings.database_file, isolation_level=None)) as connection:
        crowd.fill(connection, tick)
        (pages,), (size,) = (
            connection.execute(f"PRAGMA {each}").fetchone() for each in ("page_count", "page_size")
        )
    chosen = random.Random(SEED)  # noqa: S311 nothing is kept secret by it
    people = [chosen.randint(1, crowd.learners) for _ in range(rounds + WARM_UP)]
    tick = at("looking at leaderboards")
    boards = [_ms(call) for call in _board_calls(bench, crowd, people)][WARM_UP:]
    tick(1)
    tick = at("looking at progress")
    progress = [
        _ms(partial(bench.features.progress_reports.tell, crowd.person(number)))
        for number in people
    ][WARM_UP:]
    tick(1)
    tick = at("storing answers one by one")
    coach = bench.features.coach

    def answer(number: int) -> None:
        coach.ask(crowd.person(number))
        coach.submit_answer(crowd.person(number), "The inputs change, and their relation does not.")

    answers = [_ms(partial(answer, number)) for number in people][WARM_UP:]
    tick(1)
    return StoreReport(
        database=DatabaseFigures(
            attempts=attempts,
            mb=round(pages * size / 1e6, 2),
            answer_ms_p50=_percentile(answers, 50),
        ),
        leaderboard=LeaderboardFigures(
            attempts=attempts,
            learners=crowd.learners,
            ms_p50=_percentile(boards, 50),
            ms_p99=_percentile(boards, 99),
        ),
        progress=ProgressFigures(attempts=attempts, ms_p50=_percentile(progress, 50)),
    )


class AtHand:
    """A grader that has every grade at hand."""

    def grade(self, question: "Question", answer: str) -> "Grade":  # noqa: ARG002 any
        """Return the same grade whatever the answer."""
        from grading.grade import Band, Grade, GraderId

        identity = GraderId(version="1", model="bench")
        return Grade(
            question_id=question.id, score=0.5, band=Band.PARTIAL, points=(), grader=identity
        )


def _crowd(application: "Application", attempts: int) -> Crowd:
    from bot.core.calendar.periods import Period
    from bot.core.leaderboard.model import start_of_period
    from grading.grade import Band, Grade, GraderId

    identity = GraderId(version="1", model="bench")
    grades = [
        Grade(question_id=each.id, score=0.125, band=Band.PARTIAL, points=(), grader=identity)
        for each in application.grading.shipped
    ]
    return Crowd(
        attempts,
        application.features.clock.now().date(),
        lambda day: {period.value: start_of_period(day, period) for period in Period},
        tuple((grade.question_id, grade.model_dump_json()) for grade in grades),
    )


def _board_calls(
    application: "Application", crowd: Crowd, people: Iterable[int]
) -> Iterator[Callable[[], object]]:
    """Yield one look at a board for each person; periods, places, parts take turns."""
    from bot.core.calendar.periods import Period
    from bot.core.communities.model import Place
    from bot.core.leaderboard.parsing import Scope

    kinds = cycle(product(Period, Scope, (None, 1, 50), (False, True)))
    for number, (period, scope, page, last) in zip(people, kinds, strict=False):
        place = Place(GUILD, str(number % CHANNELS + 1))
        user = crowd.person(number)
        yield partial(
            application.features.boards.board, user, place, period, scope, page, last=last
        )


def _ms(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _percentile(times: list[float], share: int) -> float:
    """Return the time that this share of calls, in percent, does not exceed."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 2)
