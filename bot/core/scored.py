"""What an answer earned, and the key of a board that sums it. Values, pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.core.calendar.periods import LAST_SURE_DAY, DateRange, Period, last_closed, period_of

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


def days_before(day: date, period: Period, seasons_from: date | None = None) -> DateRange:
    """Return the last closed period; of all time, which never closes, it is all time itself."""
    return last_closed(day, period, _sure(seasons_from)) or DateRange(None, None)


def start_of_period(day: date, period: Period, seasons_from: date | None = None) -> date:
    """Return the first day of the period that a day belongs to."""
    return days_of_period(day, period, seasons_from).start or SINCE_EVER


def _sure(seasons_from: date | None) -> date | None:
    if seasons_from is None:
        return None
    return seasons_from.replace(day=min(seasons_from.day, LAST_SURE_DAY))
