"""Take answers, get them graded, and let happen what follows from the grade.

All of it happens in the transaction that stores the grade, after it and before the commit, and only
when this very transaction stored it. So each consequence happens exactly once for each attempt,
however many programs grade it, and a crash in one leaves the attempt pending, to be graded again.

An answer is committed before it is graded: a crash while grading loses nothing, and `grade_pending`
completes the grade, at the next start or when a busy grader has time.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from bot.core.accounts.model import PlatformUser
from bot.core.errors import GraderAway, GradingBusy, GradingUnavailable, StorageError
from bot.core.ports import Clock, Grader
from bot.core.practice.errors import AnswerTooLong, EmptyAnswer, NoOpenQuestion, TooManyWaiting
from bot.core.practice.model import MAX_ANSWER_CHARACTERS, MOST_WAITING, Ask, AskState, Attempt
from bot.core.questions.variants import Variant, as_it_is
from bot.core.reply import Block
from bot.core.shared_faults import SharedFaults
from bot.core.unit_of_work import UnitOfWork
from grading.errors import GraderBusy, GraderUnreachable, ModelUnavailable
from grading.grade import Grade
from grading.text import storable, words
from knowledge.bank import QuestionBank
from knowledge.question import Question


class Consequence(Protocol):
    """Something that changes when an answer has got its grade."""

    def __call__(
        self, uow: UnitOfWork, attempt: Attempt, question: Question, now: datetime, /
    ) -> None:
        """Write what follows; `attempt` has its grade. It neither commits nor takes long."""
        ...


class Remark(Protocol):
    """Whoever has something to say about an answer that is not about how good it was."""

    def __call__(self, uow: UnitOfWork, attempt: Attempt, /) -> tuple[Block, ...]:
        """Return it, or nothing; `attempt` has its grade and what followed from it is stored."""
        ...


log = logging.getLogger(__name__)

PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
"""Before an attempt is tried again that failed for no known reason: at first, and at last."""


class _PutOff(NamedTuple):
    until: datetime
    pause: timedelta


class Answering:
    """Store an answer, grade it, and let happen what follows from the grade."""

    def __init__(
        self,
        bank: QuestionBank,
        grader: Grader,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        consequences: Sequence[Consequence] = (),
        variant: Variant = as_it_is,
        storing: Callable[[], UnitOfWork] | None = None,
    ) -> None:
        """Wire it; `storing` begins the transactions that go before others, where any do."""
        self._bank = bank
        self._grader = grader
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._consequences = tuple(consequences)
        self._variant = variant
        self.storing = storing or unit_of_work
        self._left: set[int] = set()
        self._put_off: dict[int, _PutOff] = {}
        self._faults = SharedFaults("grades owing")

    def note(
        self, uow: UnitOfWork, user: PlatformUser, text: str, ask_id: int | None = None
    ) -> Attempt:
        """Store the checked answer to an ask of the learner, by default their current one.

        Raises:
            NoOpenQuestion: nothing was asked, it was skipped, or the ask is somebody else's.
        """
        return self.store(uow, current(uow, user, ask_id), text)

    def unless_too_many_wait(self, uow: UnitOfWork, user: PlatformUser, text: str) -> None:
        """Let pass an answer of somebody whose answers are graded as they come.

        Raises:
            TooManyWaiting: they have sent far more than can be graded meanwhile.
        """
        learner = uow.learners.find(user)
        if learner is not None and uow.attempts.waiting(learner.id) >= MOST_WAITING:
            raise TooManyWaiting(text)

    def store(self, uow: UnitOfWork, ask: Ask, text: str) -> Attempt:
        """Store a checked answer in a transaction of the caller's, to be graded after its end."""
        attempt = uow.attempts.add(ask, storable(text), self._clock.now())
        if ask.state is AskState.OPEN:
            uow.asks.update(ask.id, AskState.ANSWERED, ask.hints)
        return attempt

    def grade_pending(self) -> Iterator[Attempt]:
        """Complete every grade that is owing, one after the other, and yield what got one."""
        with self._unit_of_work() as uow:
            pending = uow.attempts.pending()
        yield from self.complete(pending)

    def complete(self, pending: Iterable[Attempt]) -> Iterator[Attempt]:
        """Complete the grades of pending attempts, one after the other, and yield what got one.

        Grading is deterministic and the first stored grade stays, so that two processes may do
        this at once. An attempt that cannot be graded does not keep the others from theirs; while
        the grader is busy or away, the rest stays owing.
        """
        for attempt in pending:
            if attempt.question_id not in self._bank:
                self._faults.met(f"the question {attempt.question_id} has gone", attempt.id)
                continue
            try:
                graded = self.grade(attempt)
            except GradingBusy:
                break
            except GraderAway as error:
                self._faults.met(error.reason, attempt.id)
                break
            except GradingUnavailable as error:
                self._faults.met(error.reason, attempt.id)
            except StorageError as error:
                self._faults.met(f"not stored ({type(error).__name__})", attempt.id)
            except Exception as error:  # noqa: BLE001 told, and tried again after a while
                kind = type(error).__name__
                self._faults.met(f"an answer cannot be graded ({kind})", attempt.id, error)
                log.info("attempt %d waits for a grade: %s", attempt.id, kind)
                self._let_wait(attempt)
            else:
                self._put_off.pop(attempt.id, None)
                self._faults.well(attempt.id)
                yield graded

    def _let_wait(self, attempt: Attempt) -> None:
        """Put off an attempt for longer each time it fails: it may fail for ever."""
        before = self._put_off.get(attempt.id)
        pause = min(2 * before.pause, LONGEST_PAUSE) if before else PAUSE
        self._put_off[attempt.id] = _PutOff(self._clock.now() + pause, pause)

    def is_put_off(self, attempt: Attempt) -> bool:
        """Whether a pending attempt failed for no known reason, and is to wait for another try."""
        found, now = self._put_off.get(attempt.id), self._clock.now()
        return found is not None and now < found.until <= now + LONGEST_PAUSE

    def only(self, pending: Iterable[Attempt]) -> None:
        """Forget what was wrong with attempts that are not pending any more."""
        known = {attempt.id for attempt in pending}
        for gone in set(self._put_off) - known:
            self._put_off.pop(gone, None)
        self._faults.only(known)

    def has_pending(self) -> bool:
        """Whether a grade is owed to anybody."""
        with self._unit_of_work() as uow:
            return bool(uow.attempts.pending())

    def grade(self, attempt: Attempt) -> Attempt:
        """Grade a pending attempt and store the grade, or take the one stored meanwhile.

        It is graded by what the community accepts where it was given.

        Raises:
            GradingUnavailable: the attempt stays pending.
            GradingBusy: so it does; the grader may have time for it in a moment.
        """
        try:
            graded = self._grade(attempt)
        except BaseException:
            self._left.add(attempt.id)
            raise
        self._left.discard(attempt.id)
        return graded

    def _grade(self, attempt: Attempt) -> Attempt:
        question = self._variant(self._bank.get(attempt.question_id), attempt.community_id)
        try:
            grade = self._grader.grade(question, attempt.answer)
        except GraderBusy as error:
            raise GradingBusy(str(error)) from error
        except GraderUnreachable as error:
            raise GraderAway(str(error)) from error
        except ModelUnavailable as error:
            raise GradingUnavailable(str(error)) from error
        return self._stored(attempt, question, grade)

    def is_left(self, attempt: Attempt) -> bool:
        """Whether this program could not grade a pending attempt, or not store its grade."""
        return attempt.id in self._left

    def _stored(self, attempt: Attempt, question: Question, grade: Grade) -> Attempt:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            graded = uow.attempts.record_grade(attempt.id, grade, now)
            if graded is None:  # graded meanwhile, or deleted with its learner
                return uow.attempts.get(attempt.id) or replace(attempt, grade=grade, graded_at=now)
            for consequence in self._consequences:
                consequence(uow, graded, question, now)
            uow.commit()
        return graded


def checked(text: str) -> None:
    """Let pass what can be graded.

    Raises:
        EmptyAnswer: no word is in it.
        AnswerTooLong: it has more than MAX_ANSWER_CHARACTERS characters.
    """
    if len(text) > MAX_ANSWER_CHARACTERS:
        raise AnswerTooLong(text)
    if not words(text):
        raise EmptyAnswer(text)


def current(uow: UnitOfWork, user: PlatformUser, ask_id: int | None = None) -> Ask:
    """Return the learner's ask with this id, or what answers, hints and reveals are about.

    Raises:
        NoOpenQuestion: there is none, it was skipped, or it is somebody else's.
    """
    learner = uow.learners.find(user)
    if learner is None:
        raise NoOpenQuestion
    ask = uow.asks.latest(learner.id) if ask_id is None else uow.asks.get(ask_id)
    if ask is None or ask.learner_id != learner.id or ask.state is AskState.SKIPPED:
        raise NoOpenQuestion
    return ask
