"""The use cases: what a learner can do with the coach, whichever platform they come from.

Each takes primitives, works in short transactions and returns a Reply, or raises a CoachError
that `wording.error` turns into a sentence. An answer is committed before it is graded: a crash
while grading loses nothing, and `grade_pending` completes the grade, at the next start or when a
busy grader has time.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from bot.core import wording
from bot.core.attempt import MAX_ANSWER_CHARACTERS, Ask, AskState, Attempt
from bot.core.errors import (
    AnswerTooLong,
    EmptyAnswer,
    GradingBusy,
    GradingUnavailable,
    NoOpenQuestion,
)
from bot.core.hints import hints_for
from bot.core.learner import PlatformUser
from bot.core.lookup import QuestionLookup
from bot.core.ports import Clock, Grader, QuestionFinder, UnitOfWork
from bot.core.progress import latest_grades, progress_of
from bot.core.reply import Reply
from bot.core.selection import next_question
from grading.errors import GraderBusy, ModelUnavailable
from grading.text import storable, words
from knowledge.bank import QuestionBank
from knowledge.question import Question

log = logging.getLogger(__name__)


class _History(NamedTuple):
    """A learner's attempts and the ids of the questions they were asked, the oldest first."""

    attempts: tuple[Attempt, ...] = ()
    asked: tuple[str, ...] = ()


class Coach:
    """Ask, answer, hint, reveal, skip and progress for one learner at a time."""

    def __init__(
        self,
        bank: QuestionBank,
        grader: Grader,
        finder: QuestionFinder,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        self._bank = bank
        self._grader = grader
        self._lookup = QuestionLookup(bank, finder)
        self._unit_of_work = unit_of_work
        self._clock = clock

    def welcome(self, user: PlatformUser) -> Reply:
        """Greet the learner with what is known of them and the question that is still open."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return wording.first_welcome(self._bank)
            ask = uow.asks.latest(learner.id)
            progress = progress_of(uow.attempts.of_learner(learner.id), self._bank)
        return wording.welcome_back(learner, progress, self._open_question(ask))

    def ask(self, user: PlatformUser, about: str = "") -> Reply:
        """Put a question to the learner: about a topic, by name, by free words, or the next one.

        Raises:
            UnknownTopic: nothing in the bank is near the words.
            GradingUnavailable: free words need the model, and it cannot be loaded or is busy.
        """
        history = self._history(user)
        question = self._choose(about, history)
        with self._unit_of_work() as uow:
            learner = uow.learners.register(user, self._clock.now())
            uow.asks.add(learner.id, question.id, self._clock.now())
            uow.commit()
        return wording.question(question, self._bank, _last_of(history.attempts, question.id))

    def _choose(self, about: str, history: _History) -> Question:
        """Return the question to ask: by topic, by name or free words, else the next one."""
        about = about.strip().strip("\"'“”").strip()
        topic = self._bank.topic_named(about)
        candidates = self._bank.by_topic(topic.id) if topic else () if about else tuple(self._bank)
        if candidates:
            return next_question(candidates, history.attempts, history.asked)
        return self._lookup.about(about)

    def peek(self, user: PlatformUser, about: str = "") -> Question:
        """Return the question that `ask` would put to the learner, without putting it.

        Raises:
            UnknownTopic: nothing in the bank is near the words.
            GradingUnavailable: free words need the model, and it cannot be loaded or is busy.
        """
        return self._choose(about, self._history(user))

    def submit_answer(self, user: PlatformUser, text: str) -> Reply:
        """Store the answer to the learner's current question, grade it, and give feedback.

        Raises:
            EmptyAnswer: no word is in it.
            AnswerTooLong: it has more than MAX_ANSWER_CHARACTERS characters.
            NoOpenQuestion: nothing was asked, or it was skipped.
            GradingUnavailable: the answer is stored and will be graded at the next start.
            GradingBusy: the answer is stored; `grade_pending` grades it when others are through.
        """
        if len(text) > MAX_ANSWER_CHARACTERS:
            raise AnswerTooLong(text)
        if not words(text):
            raise EmptyAnswer(text)
        with self._unit_of_work() as uow:
            ask = _current(uow, user)
            attempt = uow.attempts.add(ask, storable(text), self._clock.now())
            if ask.state is AskState.OPEN:
                uow.asks.update(ask.id, AskState.ANSWERED, ask.hints)
            uow.commit()
        return self._feedback(self._graded(attempt))

    def hint(self, user: PlatformUser) -> Reply:
        """Give the next step of the hint ladder, the weightiest missing point first.

        The ladder ends with the statement of each point. Answers that come later still count as
        the learner's own, with `hints_used` to tell; only `reveal` makes them assisted.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped.
        """
        with self._unit_of_work() as uow:
            ask = _current(uow, user)
            attempts = uow.attempts.of_learner(ask.learner_id)
            question = self._bank.get(ask.question_id)
            steps = hints_for(question, _last_of(attempts, question.id, ask.id), ask.hints)
            if steps.next is not None:
                uow.asks.update(ask.id, ask.state, steps.position)
                uow.commit()
        return wording.hint(question, steps)

    def reveal(self, user: PlatformUser) -> Reply:
        """Show the reference answer; answers that come later no longer count as known.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped.
        """
        with self._unit_of_work() as uow:
            ask = _current(uow, user)
            uow.asks.update(ask.id, AskState.REVEALED, ask.hints)
            uow.commit()
        return wording.reveal(self._bank.get(ask.question_id))

    def skip(self, user: PlatformUser) -> Reply:
        """Put the current question aside.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped already.
        """
        with self._unit_of_work() as uow:
            ask = _current(uow, user)
            uow.asks.update(ask.id, AskState.SKIPPED, ask.hints)
            uow.commit()
        return wording.skipped(self._bank.get(ask.question_id))

    def progress(self, user: PlatformUser) -> Reply:
        """Show how far the learner has come, topic by topic."""
        return wording.progress(progress_of(self._history(user).attempts, self._bank), self._bank)

    def topics(self, user: PlatformUser) -> Reply:
        """List the topics and their questions, with what the learner has answered."""
        return wording.topics(self._bank, latest_grades(self._history(user).attempts))

    def grade_pending(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Complete every grade that is owing, from an earlier run or because the grader was busy.

        Return the feedback for this user. While the grader is still busy, the rest stays owing.

        Grading is deterministic and the first stored grade stays, so that two processes may do
        this at once. An attempt that cannot be graded does not keep the others from theirs.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            pending = uow.attempts.pending()
        replies = []
        for attempt in pending:
            if attempt.question_id not in self._bank:
                log.warning("attempt %d waits for a question that has gone", attempt.id)
                continue
            try:
                graded = self._graded(attempt)
            except GradingBusy:
                break
            except GradingUnavailable as error:
                log.warning("attempt %d cannot be graded yet: %s", attempt.id, error.reason)
                continue
            except Exception:
                log.exception("attempt %d cannot be graded", attempt.id)
                continue
            if learner is not None and graded.learner_id == learner.id:
                replies.append(self._feedback(graded, late=True))
        return tuple(replies)

    def has_pending(self) -> bool:
        """Whether a grade is owed to anybody."""
        with self._unit_of_work() as uow:
            return bool(uow.attempts.pending())

    def _history(self, user: PlatformUser) -> _History:
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return _History()
            return _History(uow.attempts.of_learner(learner.id), uow.asks.asked(learner.id))

    def _open_question(self, ask: Ask | None) -> Question | None:
        if ask is None or ask.state is not AskState.OPEN or ask.question_id not in self._bank:
            return None
        return self._bank.get(ask.question_id)

    def _graded(self, attempt: Attempt) -> Attempt:
        """Grade a pending attempt and store the grade, or take the one stored meanwhile."""
        try:
            grade = self._grader.grade(self._bank.get(attempt.question_id), attempt.answer)
        except GraderBusy as error:
            raise GradingBusy(str(error)) from error
        except ModelUnavailable as error:
            raise GradingUnavailable(str(error)) from error
        now = self._clock.now()
        with self._unit_of_work() as uow:
            stored = uow.attempts.record_grade(attempt.id, grade, now)
            uow.commit()
            kept = None if stored else uow.attempts.get(attempt.id)
        return kept or replace(attempt, grade=grade, graded_at=now)

    def _feedback(self, attempt: Attempt, *, late: bool = False) -> Reply:
        with self._unit_of_work() as uow:
            attempts = uow.attempts.of_learner(attempt.learner_id)
        before = [a for a in attempts if a.id < attempt.id]
        previous = _last_of(tuple(before), attempt.question_id)
        question = self._bank.get(attempt.question_id)
        return wording.feedback(question, self._bank, attempt, previous, late=late)


def _current(uow: UnitOfWork, user: PlatformUser) -> Ask:
    """Return the question that answers, hints and reveals are about."""
    learner = uow.learners.find(user)
    ask = uow.asks.latest(learner.id) if learner else None
    if ask is None or ask.state is AskState.SKIPPED:
        raise NoOpenQuestion
    return ask


def _last_of(
    attempts: tuple[Attempt, ...], question_id: str, ask_id: int | None = None
) -> Attempt | None:
    """Return the latest graded attempt at a question, within one ask where it is given."""
    return next(
        (
            attempt
            for attempt in reversed(attempts)
            if attempt.question_id == question_id
            and attempt.grade is not None
            and ask_id in {None, attempt.ask_id}
        ),
        None,
    )
