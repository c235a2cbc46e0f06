"""Grade earlier answers again when a community has accepted another wording of a key point.

An order stands in the database from the moment of the acceptance, with the last attempt that is
done. Each attempt is graded outside of any transaction; one short transaction then stores the grade
if it is better, tells the learner, and moves the order on. Whoever finds that the order was moved
on meanwhile stores nothing: so a crash loses nothing, and two programs do everything once.

Review cards and ratings by Elo are not computed anew: both describe the moment of the answer.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from bot.core.accounts.model import days_of
from bot.core.appeals.ports import Regrade
from bot.core.notifications.model import ScoreRaised
from bot.core.notifications.service import tell
from bot.core.ports import Clock, Grader
from bot.core.practice.model import Attempt
from bot.core.questions.variants import Variant, variant_of
from bot.core.unit_of_work import UnitOfWork
from bot.core.words.phrases import percent
from grading.errors import GraderBusy, GraderUnreachable, ModelUnavailable
from grading.grade import Grade
from knowledge.bank import QuestionBank
from knowledge.question import Question

BATCH: Final = 20
"""Answers read at once: a second's work."""

log = logging.getLogger(__name__)


class Correction(Protocol):
    """Something that changes when an answer has got a better grade."""

    def __call__(self, uow: UnitOfWork, before: Attempt, after: Grade, /) -> None:
        """Write what follows, in the transaction that stores the grade. It does not commit."""
        ...


class _Step(NamedTuple):
    """How an order stands after an attempt, None when another program moved it; what was raised."""

    order: Regrade | None
    raised: bool


class Regrading:
    """Carry out what was ordered to be graded again."""

    def __init__(
        self,
        bank: QuestionBank,
        grader: Grader,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        variant: Variant,
        corrections: Sequence[Correction] = (),
    ) -> None:
        self._bank = bank
        self._grader = grader
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._variant = variant
        self._corrections = tuple(corrections)

    def run_pending(self) -> int:
        """Carry out every order as far as the grader can, and return how many scores rose."""
        with self._unit_of_work() as uow:
            orders = uow.regrades.pending()
        raised = 0
        for order in orders:
            if order.question_id not in self._bank:
                log.info("order %d waits for a question that has gone", order.id)
                continue
            try:
                raised += self._carry_out(order)
            except (GraderBusy, GraderUnreachable, ModelUnavailable) as error:
                log.warning("order %d goes on later: %s", order.id, error)
                break
        return raised

    def _carry_out(self, order: Regrade) -> int:
        raised, question = 0, self._bank.get(order.question_id)
        standing: Regrade | None = order
        while standing is not None:
            asked = self._variant(question, standing.community_id)
            attempts = self._next(standing)
            if not attempts:
                break
            for attempt in attempts:
                step = self._store(standing, attempt, self._graded(asked, attempt))
                raised += step.raised
                if step.order is None:
                    standing = self._as_it_stands(standing)
                    break
                standing = step.order
        return raised

    def _next(self, order: Regrade) -> tuple[Attempt, ...]:
        """Return the attempts that come next; an order without any is done."""
        with self._unit_of_work() as uow:
            attempts = uow.attempts.graded_at_question(
                order.community_id, order.question_id, order.last_attempt_id, BATCH
            )
            if not attempts:
                uow.regrades.finish(order)
                uow.commit()
        return attempts

    def _graded(self, question: Question, attempt: Attempt) -> Grade | None:
        """Return the new grade; None where this one answer cannot be graded, which is logged."""
        try:
            return self._grader.grade(question, attempt.answer)
        except (GraderBusy, GraderUnreachable, ModelUnavailable):
            raise
        except Exception:
            log.exception("attempt %d cannot be graded again", attempt.id)
            return None

    def _store(self, order: Regrade, attempt: Attempt, grade: Grade | None) -> _Step:
        with self._unit_of_work() as uow:
            if not uow.regrades.advance(order, attempt.id):
                return _Step(None, raised=False)
            raised = grade is not None and self._raise(uow, attempt, grade)
            uow.commit()
        return _Step(replace(order, last_attempt_id=attempt.id), raised)

    def _raise(self, uow: UnitOfWork, graded: Attempt, grade: Grade) -> bool:
        """Store a better grade and let happen what follows; a worse one changes nothing."""
        before = uow.attempts.get(graded.id)
        if before is None or before.grade is None or before.answer != graded.answer:
            return False  # deleted or faded while it was being graded
        if grade.score <= before.grade.score:
            return False
        now = self._clock.now()
        uow.attempts.replace_grade(before.id, grade, now)
        for correction in self._corrections:
            correction(uow, before, grade)
        self._tell(uow, before, grade, now)
        return True

    def _tell(self, uow: UnitOfWork, before: Attempt, after: Grade, now: datetime) -> None:
        learner = uow.learners.get(before.learner_id)
        if learner is None or before.grade is None:
            return
        if percent(before.grade.score) == percent(after.score):
            return  # nobody could see a difference
        news = ScoreRaised(
            question=self._bank.get(before.question_id).prompt,
            answered_on=days_of(learner.settings)(before.submitted_at),
            before=before.grade.score,
            after=after.score,
        )
        tell(uow, learner.id, news, now, before.community_id)

    def _as_it_stands(self, order: Regrade) -> Regrade | None:
        with self._unit_of_work() as uow:
            return uow.regrades.get(order.id)


def order_if_missed(uow: UnitOfWork, attempt: Attempt, question: Question, now: datetime) -> None:
    """Order a regrade where a wording was accepted while an answer was graded; a Consequence.

    The order of that acceptance has passed over the answer, which had no grade yet.
    """
    if attempt.community_id is None:
        return
    accepted = uow.accepted.of_question(attempt.community_id, question.id)
    if variant_of(question, tuple((each.point_id, each.text) for each in accepted)) != question:
        uow.regrades.add(attempt.community_id, question.id, now)
