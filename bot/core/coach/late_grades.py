"""Grades that could not be given or shown when they were due: completed later, and told as news."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.accounts.model import PlatformUser
from bot.core.calendar.days import local_day
from bot.core.coach.errors import NoFeedback
from bot.core.coach.service import Coach
from bot.core.commands import Command, Group, Kind, Parameter, Request
from bot.core.deduplication import OWED
from bot.core.notifications.model import GradedLate
from bot.core.notifications.service import tell
from bot.core.ports import Clock
from bot.core.practice.answering import Answering
from bot.core.practice.model import Attempt
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

IN_WORK = timedelta(minutes=5)
"""A younger answer may be being graded this very moment by another program; nobody is told of its
grade twice. Those that this program gave up, and those of programs that are gone, are taken at
once."""


NUMBER: Final = Parameter(
    "number", "The number of an answer; your last one, unless you say one", Kind.INTEGER
)


class LateGrades:
    """See to it that every answer gets its grade, and that whoever gave it hears of it."""

    def __init__(
        self,
        bank: QuestionBank,
        answering: Answering,
        coach: Coach,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        self._bank = bank
        self._answering = answering
        self._coach = coach
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._since = clock.now()

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "feedback",
                "see again what I said about an answer",
                self.feedback,
                (NUMBER,),
                Group.STANDING,
            ),
        )

    def complete(self, age: timedelta = IN_WORK) -> int:
        """Complete the grades that are owing, and tell of them as news.

        They are owing for answers of this age, for those whose grading failed here, and for those
        of a program that runs no more. A platform that shows the reply to one itself, at its start,
        is left to it.
        """
        before = self._clock.now() - age
        with self._unit_of_work() as uow:
            waiting = uow.attempts.pending()
            shown = _shown_by_platforms(uow) if waiting else frozenset()
            at_work = self._at_work(uow) if waiting else None
        self._answering.only(waiting)
        pending = [
            each
            for each in waiting
            if not self._answering.is_put_off(each)
            and (
                each.submitted_at <= before
                or self._answering.is_left(each)
                or (self._is_orphaned(each, at_work) and each.id not in shown)
            )
        ]
        graded = 0
        for attempt in self._answering.complete(_by_turns(pending)):
            self._tell(attempt)
            graded += 1
        return graded

    def _at_work(self, uow: UnitOfWork) -> frozenset[str] | None:
        others = uow.programs.others()
        return None if others is None else others | {uow.programs.mine}

    def _is_orphaned(self, attempt: Attempt, at_work: frozenset[str] | None) -> bool:
        """Tell whether who took an answer runs no more.

        Where nobody knows who runs, whoever took it before this program began is dead.
        """
        if at_work is None:
            return attempt.submitted_at < self._since
        return attempt.begun_by not in at_work

    def not_shown(self, user: PlatformUser, ask_id: int | None) -> None:
        """Keep for the next occasion the grade of the learner's last answer, to an ask if named."""
        attempt = self._latest(user, ask_id)
        if attempt is not None:
            self._tell(attempt)

    def feedback(self, request: Request) -> Reply:
        """Show again the feedback on an answer, by default the last one that has a grade.

        Raises:
            NoFeedback: there is none, it is somebody else's, or it belongs to an interview.
        """
        user, number = request.user, request.number("number")
        attempt = self._latest(user) if number is None else self._numbered(user, number)
        if attempt is None:
            raise NoFeedback
        return self._coach.feedback_on(attempt)

    def _tell(self, attempt: Attempt) -> None:
        """Keep news of a grade; answers in interviews have their report."""
        if attempt.grade is None or attempt.question_id not in self._bank:
            return
        with self._unit_of_work() as uow:
            ask = uow.asks.get(attempt.ask_id)
            learner = uow.learners.get(attempt.learner_id)
            if learner is None or ask is None or ask.interview_id is not None:
                return
            zone = ZoneInfo(learner.settings.zone) if learner.settings.zone else UTC
            news = GradedLate(
                question=self._bank.get(attempt.question_id).prompt,
                answered_on=local_day(attempt.submitted_at, zone, learner.settings.day_starts),
                score=attempt.grade.score,
                band=attempt.grade.band,
                attempt_id=attempt.id,
            )
            tell(uow, learner.id, news, self._clock.now(), attempt.community_id)
            uow.commit()

    def _latest(self, user: PlatformUser, ask_id: int | None = None) -> Attempt | None:
        return self._shown(user, lambda each: ask_id is None or each.ask_id == ask_id)

    def _numbered(self, user: PlatformUser, number: int) -> Attempt | None:
        return self._shown(user, lambda each: each.id == number)

    def _shown(self, user: PlatformUser, is_meant: Callable[[Attempt], bool]) -> Attempt | None:
        """Return the learner's newest answer that is meant and may be shown with its feedback."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return None
            graded = uow.attempts.newest_graded(learner.id)
            meant = (a for a in graded if is_meant(a) and a.question_id in self._bank)
            return next(meant, None)


def _by_turns(pending: Iterable[Attempt]) -> list[Attempt]:
    """Return the first answer of everybody, then the second of each: nobody's many come first."""
    had = Counter[int]()
    in_turn = []
    for attempt in pending:
        in_turn.append((had[attempt.learner_id], attempt))
        had[attempt.learner_id] += 1
    return [attempt for _, attempt in sorted(in_turn, key=lambda each: each[0])]


def _shown_by_platforms(uow: UnitOfWork) -> frozenset[int]:
    """Return the answers whose reply a platform owes and shows where it was waited for."""
    return frozenset(int(event.result.split()[0]) for _, event in uow.handled.begun(OWED))
