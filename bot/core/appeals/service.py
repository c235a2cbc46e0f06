"""The use cases of appeals: a learner points at a sentence that makes a point; see `decisions`.

Each act is a method, for buttons as well as for typed commands (`appeal_commands`).
"""

from collections.abc import Callable

from bot.core.accounts.model import PlatformUser
from bot.core.appeals import words
from bot.core.appeals.errors import (
    AppealedBefore,
    NothingToAppeal,
    PrivateAnswer,
    TooManyAppeals,
    UnknownAppeal,
)
from bot.core.appeals.model import (
    MOST_OPEN,
    Appeal,
    AppealState,
    lost_point,
    lost_points,
    quoted_sentence,
)
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.interviews.guard import unless_examined
from bot.core.ports import Clock
from bot.core.practice.model import Attempt
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from grading.grade import Grade
from grading.text import storable
from knowledge.bank import QuestionBank


class Appeals:
    """Hear what learners claim."""

    def __init__(
        self, bank: QuestionBank, unit_of_work: Callable[[], UnitOfWork], clock: Clock
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock

    def answer(self, user: PlatformUser, number: int | None = None) -> Attempt:
        """Return the learner's graded answer that an appeal can be about, by default their last.

        Raises:
            NothingToAppeal: there is none, its text is gone, or every point has full credit.
            PrivateAnswer: it was given in private.
            NoHelpInInterview: it belongs to an interview under way.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                raise NothingToAppeal
            if number is None:
                return self._appealable(uow, next(uow.attempts.newest_graded(learner.id), None))
            named = uow.attempts.get(number)
            theirs = named if named and named.learner_id == learner.id else None
            return self._appealable(uow, theirs)

    def open_of(self, user: PlatformUser) -> tuple[Appeal, ...]:
        """Return the learner's appeals that wait for a host."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            return uow.appeals.open_of(learner.id) if learner else ()

    def appeal(
        self,
        user: PlatformUser,
        place: Place | None,
        attempt_id: int,
        point_id: str,
        sentence: str,
    ) -> Reply:
        """Claim that a sentence of one's answer makes a point that was not credited in full.

        Raises:
            AppealRejected: the answer, the point or the sentence does not allow it, or there are
                too many appeals.
            NoHelpInInterview: the answer belongs to an interview under way.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            learner = register_presence(uow, user, place, now).learner
            attempt = uow.attempts.get(attempt_id)
            if attempt is not None and attempt.learner_id != learner.id:
                attempt = None
            attempt = self._appealable(uow, attempt)
            point = lost_point(_grade_of(attempt), point_id)
            sentence = quoted_sentence(attempt.answer, storable(sentence))
            before = uow.appeals.standing(attempt.id, point.id)
            if before is not None:
                raise AppealedBefore(before.state.value)
            if len(uow.appeals.open_of(learner.id)) >= MOST_OPEN:
                raise TooManyAppeals(MOST_OPEN)
            assert attempt.community_id is not None  # noqa: S101 a private one is not appealable
            where = attempt.community_id
            made = uow.appeals.add(
                learner.id, attempt.id, where, attempt.question_id, point.id, sentence, now
            )
            uow.commit()
        return words.appealed(made, self._bank.get(made.question_id).prompt)

    def withdraw(self, user: PlatformUser, appeal_id: int) -> Reply:
        """Take back an open appeal of one's own.

        Raises:
            UnknownAppeal: the learner has no open appeal with this number.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            mine = uow.appeals.open_of(learner.id) if learner else ()
            if appeal_id not in {appeal.id for appeal in mine}:
                raise UnknownAppeal(str(appeal_id))
            uow.appeals.decide(appeal_id, AppealState.WITHDRAWN, self._clock.now())
            uow.commit()
        return words.appeal_withdrawn(appeal_id)

    def _appealable(self, uow: UnitOfWork, attempt: Attempt | None) -> Attempt:
        if attempt is None or attempt.grade is None or not attempt.answer:
            raise NothingToAppeal
        ask = uow.asks.get(attempt.ask_id)
        if ask is not None:
            unless_examined(uow, ask, self._clock.now())
        if attempt.question_id not in self._bank or not lost_points(attempt.grade):
            raise NothingToAppeal
        if attempt.community_id is None:
            raise PrivateAnswer
        return attempt


def _grade_of(attempt: Attempt) -> Grade:
    assert attempt.grade is not None  # noqa: S101 only graded answers are appealable
    return attempt.grade
