"""Take a learner's answers, and give feedback now, later or again.

How an answer is stored and graded is in `practice.answering`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.accounts.model import PlatformUser
from bot.core.coach import words
from bot.core.coach.learner_state import open_question
from bot.core.deduplication import mark_done, mark_owed
from bot.core.interviews.answers import InterviewAnswers, Noted
from bot.core.ports import Clock
from bot.core.practice import words as practice_words
from bot.core.practice.answering import Answering, Remark, checked, current
from bot.core.practice.errors import NoOpenQuestion, NotHeld
from bot.core.practice.model import Ask, AskState, Attempt
from bot.core.practice.parsing import is_courtesy, is_doubtful
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from grading.text import storable
from knowledge.bank import QuestionBank

Begin = Callable[[UnitOfWork], Ask]
"""Puts a question to somebody in the transaction in which their answer is stored."""


class Answers:
    """Take answers, to practice and in interviews, and say what they are worth."""

    def __init__(
        self,
        bank: QuestionBank,
        answering: Answering,
        interview: InterviewAnswers,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        remarks: Sequence[Remark] = (),
    ) -> None:
        self._bank = bank
        self._answering = answering
        self._interview = interview
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._remarks = tuple(remarks)

    def submit_answer(self, user: PlatformUser, text: str, ask_id: int | None = None) -> Reply:
        """Store an answer, grade it, and give feedback.

        Raises:
            CoachError: as `take_answer` does, and what it returns.
        """
        return self.take_answer(user, text, ask_id)()

    def take_answer(
        self,
        user: PlatformUser,
        text: str,
        ask_id: int | None = None,
        delivery: str = "",
        begin: Begin | None = None,
        owed_to: str = "",
        *,
        said: bool = False,
    ) -> Callable[[], Reply]:
        """Store the answer to an ask of the learner in milliseconds; return what grades it.

        Without an id the ask is the one that `begin` makes, else the current one, as with hints,
        reveals and skips. Where the ask that is named takes no answer of theirs, `begin` makes one.
        All of that is one transaction, which goes before others. Platforms say
        that they took an answer once this has returned, and call what it returns where it keeps
        nobody else waiting: that gives feedback or, in an interview, shows what is next. It raises
        GradingUnavailable where the grade has to follow later, GradingBusy in a moment.

        `delivery` names what the platform may deliver more than once; with `owed_to`, in its own
        words, it is noted to whom the reply is owed, behind the number of the answer. What was
        `said` in a conversation need not be an answer: where that is in doubt, the text is held
        instead, and what is returned asks.

        Raises:
            EmptyAnswer: no word is in it.
            AnswerTooLong: it has more than MAX_ANSWER_CHARACTERS characters.
            NoOpenQuestion: nothing was asked, or it was skipped.
            InterviewPaused: the question belongs to an interview that is paused.
            TooManyWaiting: MOST_WAITING of their answers wait for grades.
            DeliveredBefore: the same delivery is stored already.
        """
        checked(text)
        with self._answering.storing() as uow:
            mark_done(uow, delivery, self._clock.now())
            try:
                asked = begin(uow).id if begin and ask_id is None else ask_id
                noted = self._note(uow, user, text, asked, said=said)
            except NoOpenQuestion:
                if begin is None or ask_id is None:
                    raise
                noted = self._note(uow, user, text, begin(uow).id, said=said)
            if owed_to:
                mark_owed(uow, delivery, f"{noted.attempt_id} {owed_to}", self._clock.now())
            uow.commit()
        return noted.going_on

    def reply_owed(self, user: PlatformUser, attempt_id: int) -> Reply | None:
        """Return the reply to an answer that nobody has seen: its feedback, graded now if need be.

        In an interview it is what follows. None where the learner has no such answer, or its
        question has gone.

        Raises:
            GradingUnavailable: the grade has to follow later.
        """
        with self._unit_of_work() as uow:
            attempt = uow.attempts.get(attempt_id)
            learner = uow.learners.find(user)
        if attempt is not None and (learner is None or attempt.learner_id != learner.id):
            attempt = None
        if (follows := self._interview.owed(user, attempt)) is not None:
            return follows
        if attempt is None or attempt.question_id not in self._bank:
            return None
        return self._feedback(attempt if attempt.grade else self._answering.grade(attempt))

    def settle_held(self, user: PlatformUser, held_id: int, *, grade: bool) -> Reply:
        """Grade a text that was held as the answer to what was asked then, or forget it.

        Raises:
            NotHeld: the learner has no such text.
            CoachError: as `take_answer` does, and what it returns; then the text is held on.
        """
        with self._answering.storing() as uow:
            learner = uow.learners.find(user)
            held = uow.held.take(held_id, learner.id) if learner else None
            if held is None:
                raise NotHeld
            noted = self._note(uow, user, held.text, held.ask_id) if grade else None
            ask = uow.asks.get(held.ask_id)
            uow.commit()
        if noted is not None:
            return noted.going_on()
        return words.forgotten(open_question(self._bank, ask), held.ask_id)

    def unless_delivered(self, delivery: str) -> None:
        """Let pass what was not delivered before.

        Raises:
            DeliveredBefore: it was, and is stored.
        """
        with self._unit_of_work() as uow:
            mark_done(uow, delivery, self._clock.now())

    def heard(self, delivery: str, owed_to: str = "") -> None:
        """Note that something that is no answer was delivered, and to whom a reply to it is owed.

        Raises:
            DeliveredBefore: it was before.
        """
        with self._answering.storing() as uow:
            mark_done(uow, delivery, self._clock.now())
            if owed_to:
                mark_owed(uow, delivery, f"0 {owed_to}", self._clock.now())
            uow.commit()

    def grade_pending(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Complete every grade that is owing, from an earlier run or because the grader was busy.

        Return the feedback for this user, but none on answers in interviews: their report has it.
        While the grader is still busy, the rest stays owing.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
        graded = tuple(self._answering.grade_pending())
        mine = [a for a in graded if learner is not None and a.learner_id == learner.id]
        with self._unit_of_work() as uow:
            asks = [uow.asks.get(attempt.ask_id) for attempt in mine]
        mine = [a for a, ask in zip(mine, asks, strict=True) if ask and ask.interview_id is None]
        return tuple(self._feedback(attempt, late=True) for attempt in mine)

    def feedback_on(self, attempt: Attempt) -> Reply:
        """Give again the feedback on a graded attempt, with all its details."""
        return replace(self._feedback(attempt), brief=())

    def has_pending(self) -> bool:
        """Whether a grade is owed to anybody."""
        return self._answering.has_pending()

    def _note(
        self,
        uow: UnitOfWork,
        user: PlatformUser,
        text: str,
        ask_id: int | None,
        *,
        said: bool = False,
    ) -> Noted:
        if said and (asks := self._hold(uow, user, text, ask_id)) is not None:
            return Noted(asks)
        self._answering.unless_too_many_wait(uow, user, text)
        noted = self._interview.note(uow, user, text, ask_id)
        if noted is not None:
            return noted
        attempt = self._answering.note(uow, user, text, ask_id)
        return Noted(lambda: self._feedback(self._answering.grade(attempt)), attempt.id)

    def _hold(
        self, uow: UnitOfWork, user: PlatformUser, text: str, ask_id: int | None
    ) -> Callable[[], Reply] | None:
        """Hold a text that may be no answer, and return what asks; None for an answer.

        Thanks for a grade are met in kind.
        """
        running = self._interview.at(uow, user, ask_id)
        ask = running or current(uow, user, ask_id)
        question = self._bank.get(ask.question_id) if ask.question_id in self._bank else None
        if question is None or not is_doubtful(text, question):
            return None
        if ask.interview_id is not None and not running:
            return None  # an interview that is paused takes nothing, and says so
        if ask.state is AskState.ANSWERED and running is None and is_courtesy(text):
            return words.small_talk
        held = uow.held.add(ask, storable(text), self._clock.now())
        return lambda: words.shall_i_grade(held, question)

    def _feedback(self, attempt: Attempt, *, late: bool = False) -> Reply:
        with self._unit_of_work() as uow:
            of_this = attempt.learner_id, attempt.question_id
            previous = uow.attempts.last_graded(*of_this, before_id=attempt.id)
            remarks = [block for remark in self._remarks for block in remark(uow, attempt)]
        question = self._bank.get(attempt.question_id)
        return practice_words.feedback(
            question, self._bank, attempt, previous, remarks=remarks, late=late
        )
