"""What the coach needs of a machine, in figures that `coach bench --json` measures."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

WORDS = "60"
"""Of an answer, as people write them."""

AT_ONCE = "64"
"""Answers under way, when a rush is graded in batches."""

POST_SECONDS = 0.3
"""A request to a platform."""

POSTS_AT_ONCE = 16
"""`bot.core.rounds.AT_ONCE`."""

POLL_SECONDS = 25.0
"""`COACH_POLL_SECONDS`."""

DISCORD_A_SECOND = 50.0
"""Requests of one bot, whatever the number of its programs."""

REQUESTS_A_POST = 2
"""A message and its discussion."""


@dataclass(frozen=True)
class Constants:
    """What one program on one machine like this takes.

    Attributes:
        grade_seconds: of the model, for an answer in a rush.
        database_seconds: of the database, for an answer: asked, stored, graded, with what follows.
        memory_mb: of a program with its model.
        answer_bytes: of the database, for an answer and what belongs to it.
    """

    grade_seconds: float
    database_seconds: float
    memory_mb: float
    answer_bytes: float

    @classmethod
    def read(cls, file: Path) -> Self:
        """Return the figures of a run of `coach bench --json`.

        Raises:
            ValueError: it is no such file, or was written by `--only`.
        """
        try:
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return cls(
                grade_seconds=1 / found["answers_per_second"][AT_ONCE],
                database_seconds=found["database"]["answer_ms_p50"] / 1000,
                memory_mb=found["rss_mb"],
                answer_bytes=found["database"]["mb"] * 1e6 / found["database"]["attempts"],
            )
        except (KeyError, TypeError, ZeroDivisionError) as problem:
            raise ValueError(f"{file} is no whole output of coach bench --json") from problem


ASSUMED = Constants(grade_seconds=0.05, database_seconds=0.012, memory_mb=700.0, answer_bytes=820.0)
"""Where no bench is given: a small server without a GPU that grades 20 answers a second. The bytes
are those of 50,000 answers in an SQLite file."""


@dataclass(frozen=True)
class House:
    """What serves: programs that take answers, and graders beside them.

    Attributes:
        programs: `coach run`.
        graders: replicas that grade for all; 0 where each program grades its own.
        side_by_side: transactions that the database carries out at a time; 1 for an SQLite file.
    """

    programs: int = 1
    graders: int = 0
    side_by_side: int = 1

    @property
    def models(self) -> int:
        """How many models grade at a time."""
        return self.graders or self.programs

    def posts_a_second(self) -> float:
        """Return how many channels get their question in a second."""
        by_threads = POSTS_AT_ONCE * self.programs / (POST_SECONDS * REQUESTS_A_POST)
        return min(by_threads, DISCORD_A_SECOND / REQUESTS_A_POST)
