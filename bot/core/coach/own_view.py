"""The use case of somebody's own view of a point: kept beside the grade, and counted nowhere.

It is for people who practise alone, with no host to ask: where the grader missed a point that they
made, they say so. Averages, boards, reviews and streaks know the grade only.
"""

from collections.abc import Callable

from bot.core.accounts.model import PlatformUser
from bot.core.coach.errors import NoFeedback
from bot.core.ports import Clock
from bot.core.practice import words
from bot.core.practice.findings import claimable, hint_of
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


class OwnViews:
    """Keep which points learners say they made."""

    def __init__(
        self, bank: QuestionBank, unit_of_work: Callable[[], UnitOfWork], clock: Clock
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock

    def turn(self, user: PlatformUser, attempt_id: int, point_id: str) -> Reply:
        """Note that the learner made a point of a graded answer; said again, take that back.

        Raises:
            NoFeedback: the answer is not theirs, has no grade, or no such point is left to make.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            attempt = uow.attempts.get(attempt_id)
            if attempt is None or learner is None or attempt.learner_id != learner.id:
                raise NoFeedback
            if attempt.grade is None or attempt.question_id not in self._bank:
                raise NoFeedback
            question = self._bank.get(attempt.question_id)
            claimed = {point.id: point for point in claimable(attempt.grade)}.get(point_id)
            if claimed is None:
                raise NoFeedback
            kept = uow.own_views.turn(attempt, point_id, self._clock.now())
            uow.commit()
        return words.own_view(hint_of(question, claimed), kept=kept)
