"""What answers earn, and the part of a board that somebody sees. Pure.

Ranks are competition ranks: equals share one and the next is counted past them, 1-1-3. The order is
by points and then by learner id, so that it is the same on every page and at every call. Whoever
hides, or was not asked yet, stands on no board and leaves no gap in one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.core.calendar.periods import LAST_SURE_DAY, DateRange, Period, last_closed, period_of
from bot.core.practice.ratings import Elo, difficulty

FULL_POINTS = 100
"""Points for everything that a question of middle difficulty wants."""

TOP = 3
AROUND = 3
PAGE_SIZE = 10


@dataclass(frozen=True)
class Row:
    """One learner on a board.

    `position` counts the rows from 1 without ties; `name` is None for somebody anonymous, for whom
    the wording has a name.
    """

    position: int
    rank: int
    learner_id: int
    points: int
    name: str | None


@dataclass(frozen=True)
class Gap:
    """Rows that are left out between two others."""

    rows: int


@dataclass(frozen=True)
class OwnRank:
    """Where a learner stands, for their own eyes; `of` counts them and everybody who shows."""

    rank: int
    points: int
    of: int


def weight_of(question: Elo) -> float:
    """Return what a question's difficulty makes of a score: 0.5 for the easiest, 1.5 the hardest.

    A posted question has one weight for all its answers: take it when the question is posted, so
    that those who answer late, when it is rated anew, earn what those before them did.
    """
    return 0.5 + difficulty(question).share


def points_of(score: float, weight: float) -> int:
    """Return the points of a first graded attempt on a posted question, half rounding up.

    Score and difficulty count. Speed does not: who answers in the evening is not worse.
    """
    return int(FULL_POINTS * score * weight + 0.5)


def joined(rows: Iterable[Row]) -> tuple[Row | Gap, ...]:
    """Return pieces of a board in order, each row once, with a gap wherever rows are missing.

    The pieces may overlap; what follows the last row is not marked.
    """
    by_position = {row.position: row for row in rows}
    board: list[Row | Gap] = []
    last = 0
    for position, row in sorted(by_position.items()):
        if position > last + 1:
            board.append(Gap(position - last - 1))
        board.append(row)
        last = position
    return tuple(board)


SINCE_EVER: Final = date.min
"""Where the sums of all time begin, so that every sum has a first day."""


class Unranked(StrEnum):
    """Why an answer earns nothing on boards."""

    COPIED_REFERENCE = "copied_reference"
    COPIED_ANSWER = "copied_answer"
    LOOKED_UP = "looked_up"
    HOST = "host"


@dataclass(frozen=True)
class Scored:
    """What the first answer of a learner to a posted question earned.

    Attributes:
        day: the local date of the post.
        weight: what the difficulty makes of a score, the same for all who answered the post.
        points: what it earned; they count while `unranked` is None.
    """

    attempt_id: int
    learner_id: int
    community_id: int
    channel_id: int
    post_id: int
    day: date
    weight: float
    points: int
    unranked: Unranked | None = None


@dataclass(frozen=True)
class BoardKey:
    """Whose points a board sums, and since when; without a channel, the whole community's."""

    community_id: int
    channel_id: int | None
    period: Period
    start: date


def days_of_period(day: date, period: Period, seasons_from: date | None = None) -> DateRange:
    """Return the period that a day belongs to; seasons begin on the 28th of a month at latest."""
    return period_of(day, period, _sure(seasons_from))


def last_closed_period(day: date, period: Period, seasons_from: date | None = None) -> DateRange:
    """Return the last closed period; of all time, which never closes, it is all time itself."""
    return last_closed(day, period, _sure(seasons_from)) or DateRange(None, None)


def start_of_period(day: date, period: Period, seasons_from: date | None = None) -> date:
    """Return the first day of the period that a day belongs to."""
    return days_of_period(day, period, seasons_from).start or SINCE_EVER


def _sure(seasons_from: date | None) -> date | None:
    if seasons_from is None:
        return None
    return seasons_from.replace(day=min(seasons_from.day, LAST_SURE_DAY))
