"""Days answered in a row, derived from the days themselves; nothing about a streak is stored. Pure.

Dates are the learner's local days as stored with each answer, so that another zone later does not
rewrite history: a date lived twice counts once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS_FOR_A_FREEZE = 7
"""So many answered days without a missed one between them earn a freeze."""

MOST_FREEZES = 2


class DayKind(StrEnum):
    """What a day was for a streak."""

    ANSWERED = "answered"
    FREEZE = "freeze"
    OUTAGE = "outage"
    NO_QUESTION = "no_question"
    MISSED = "missed"
    OPEN = "open"
    """Not answered and not over."""


@dataclass(frozen=True)
class StreakDay:
    """One day of a streak's history and what it was."""

    date: date
    kind: DayKind


@dataclass(frozen=True)
class Streak:
    """Answered days in a row, and why.

    `freezes` are those held, 0 to 2. `ledger` has every date from the first answer to today, or to
    the last answer where a learner moved west past midnight, once and in order.
    """

    current: int = 0
    longest: int = 0
    freezes: int = 0
    answered_today: bool = False
    ledger: tuple[StreakDay, ...] = ()


@dataclass(frozen=True)
class _Count:
    current: int = 0
    longest: int = 0
    freezes: int = 0
    since_missed: int = 0


def streak(
    answered: Iterable[date],
    today: date,
    outages: Iterable[date] = (),
    without_question: Iterable[date] = (),
) -> Streak:
    """Return the streak of a learner.

    Args:
        answered: days on which the learner answered.
        today: the learner's local day; it breaks nothing until it is over.
        outages: days excused because the service was down or because a move east cut them. They
            neither break nor lengthen.
        without_question: days on which nothing was asked; they count like outages.
    """
    answers, excused, empty = set(answered), set(outages), set(without_question)
    if not answers:
        return Streak()
    count, ledger = _Count(), []
    first = min(answers)
    for n in range((max(today, *answers) - first).days + 1):
        day = first + timedelta(n)
        kind = _kind(day, today, answers, excused, empty)
        if kind is DayKind.MISSED and count.freezes:
            kind = DayKind.FREEZE
        count = _after(kind, count)
        ledger.append(StreakDay(day, kind))
    return Streak(count.current, count.longest, count.freezes, today in answers, tuple(ledger))


def _kind(
    day: date, today: date, answers: set[date], outages: set[date], empty: set[date]
) -> DayKind:
    if day in answers:
        return DayKind.ANSWERED
    if day in outages:
        return DayKind.OUTAGE
    if day in empty:
        return DayKind.NO_QUESTION
    return DayKind.OPEN if day >= today else DayKind.MISSED


def _after(kind: DayKind, count: _Count) -> _Count:
    # A missed day starts the way to the next freeze anew, frozen or not: so one more answer can
    # never leave a learner with fewer freezes later.
    if kind is DayKind.ANSWERED:
        current, run = count.current + 1, count.since_missed + 1
        earned = run % DAYS_FOR_A_FREEZE == 0
        freezes = min(MOST_FREEZES, count.freezes + earned)
        return _Count(current, max(count.longest, current), freezes, run)
    if kind is DayKind.FREEZE:
        return _Count(count.current, count.longest, count.freezes - 1)
    if kind is DayKind.MISSED:
        return _Count(longest=count.longest)
    return count
