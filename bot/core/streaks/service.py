"""The use case of streaks: how many days in a row, and why each day counted as it did.

What excuses a day is read anew each time: outages, moves between zones, days without a question.
Only the days on which somebody answered are stored as days.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from bot.core import figures
from bot.core.accounts.model import Learner, LearnerSettings, PlatformUser, days_of
from bot.core.calendar.days import ONE_DAY
from bot.core.commands import Command, Group, Kind, Parameter, Request
from bot.core.ports import Clock
from bot.core.practice.model import Attempt, is_try
from bot.core.progress.standing import StreakFigures
from bot.core.reply import Block, Reply
from bot.core.streaks import words as streaks_words
from bot.core.streaks.model import DayKind, Streak, streak
from bot.core.streaks.parsing import Span, months_like, span_of
from bot.core.streaks.timezone_changes import (
    days_chosen,
    days_cut,
    days_out_of_service,
    days_that_never_were,
)
from bot.core.unit_of_work import UnitOfWork

NoQuestion = Callable[[UnitOfWork, Learner], Iterable[date]]
"""Who knows the days on which a learner was asked nothing and should have been."""

PARAMETERS: Final = (
    Parameter("why", "List each day with what it was", Kind.FLAG),
    Parameter(
        "days",
        "Which days to list: all, or a month such as October or 2026-10",
        usage="[all | MONTH]",
        complete=months_like,
    ),
)

SHOWN_AS: Final = {
    DayKind.ANSWERED: figures.DayKind.ANSWERED,
    DayKind.FREEZE: figures.DayKind.FREEZE,
    DayKind.OUTAGE: figures.DayKind.OUTAGE,
    DayKind.NO_QUESTION: figures.DayKind.NO_QUESTION,
}
"""What a calendar shows of a day; missed and open ones stay empty."""

_MARGIN = timedelta(days=2)
"""A local day begins and ends within two days of the same date in UTC, whatever the zone."""


class _Excuses(NamedTuple):
    outages: frozenset[date]
    without_question: frozenset[date]


def _always_asked(_uow: UnitOfWork, _learner: Learner) -> tuple[date, ...]:
    return ()


class Streaks:
    """Tell how many days in a row a learner answered."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        no_question: NoQuestion = _always_asked,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._no_question = no_question

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "streak",
                "your days in a row and your freezes; why lists each day",
                self.run,
                PARAMETERS,
                Group.STANDING,
            ),
        )

    def run(self, request: Request) -> Reply:
        """Tell the streak, or list the days behind it.

        Raises:
            UsageError: the words do not say which days.
        """
        days = request.text("days")
        if days or request.flag("why"):
            return self.why(request.user, days)
        return self.tell(request.user)

    def tell(self, user: PlatformUser) -> Reply:
        """Tell the streak, the longest one, the freezes held and what today needs."""
        found, settings = self._known_of(user)
        return streaks_words.streak(found, own_zone=settings.zone is not None)

    def why(self, user: PlatformUser, words: str = "") -> Reply:
        """List each day with what it was: the latest, those of a month, or all.

        Raises:
            UsageError: the words are neither "all" nor a month.
        """
        found, settings = self._known_of(user)
        span: Span | None = span_of(words, days_of(settings)(self._clock.now()))
        return streaks_words.streak_why(found, span)

    def of(self, uow: UnitOfWork, learner: Learner, now: datetime) -> Streak:
        """Return the learner's streak at a moment, read in a transaction of the caller's."""
        answered = uow.activity_days.of_learner(learner.id)
        today = days_of(learner.settings)(now)
        excuses = self._excuses(uow, learner, answered, today)
        return streak(answered, today, *excuses)

    def figures(self, uow: UnitOfWork, learner: Learner, now: datetime) -> StreakFigures:
        """Return the streak as a picture shows it."""
        found = self.of(uow, learner, now)
        kinds = {day.date: SHOWN_AS[day.kind] for day in found.ledger if day.kind in SHOWN_AS}
        return StreakFigures(found.current, kinds)

    def remark(self, uow: UnitOfWork, attempt: Attempt) -> tuple[Block, ...]:
        """Say what the first answer of today did for the streak, or that it still waits for one.

        Nothing is said of later answers of the day, nor of a grade that came on another day.
        """
        learner, now = uow.learners.get(attempt.learner_id), self._clock.now()
        if learner is None or attempt.grade is None:
            return ()
        day_of, answered = days_of(learner.settings), uow.activity_days.of_learner(learner.id)
        today = day_of(now)
        excuses = self._excuses(uow, learner, answered, today)
        before = streak(answered.keys() - {today}, today, *excuses)
        if answered.get(today) == attempt.id:
            return streaks_words.streak_grows(before, streak(answered, today, *excuses))
        if today in answered or is_try(attempt.grade) or day_of(attempt.submitted_at) != today:
            return ()
        return streaks_words.streak_waits(before)

    def _known_of(self, user: PlatformUser) -> tuple[Streak, LearnerSettings]:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return Streak(), LearnerSettings()
            return self.of(uow, learner, now), learner.settings

    def _excuses(
        self, uow: UnitOfWork, learner: Learner, answered: Collection[date], today: date
    ) -> _Excuses:
        if not answered:
            return _Excuses(frozenset(), frozenset())
        first, days = min(answered), days_chosen(learner.settings)
        since = datetime.combine(first, time(), UTC) - _MARGIN
        moves = uow.zone_moves.of_learner(learner.id)
        every = (first + n * ONE_DAY for n in range((today - first).days))
        outages = (
            days_out_of_service(uow.outages.since(since), moves, days)
            | days_cut(moves, days)
            | days_that_never_were((day for day in every if day not in answered), days)
        )
        return _Excuses(outages, frozenset(self._no_question(uow, learner)))
