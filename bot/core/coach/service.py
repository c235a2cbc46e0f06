"""What a learner can do with the coach, whichever platform they come from.

Each use case takes primitives, works in short transactions and returns a Reply, or raises a
CoachError that has its sentence. Here are the greeting, the end and the record; what is done with
a question stands in `asking`, `answers` and `help`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.accounts.model import PlatformUser
from bot.core.coach import words
from bot.core.coach.answers import Answers
from bot.core.coach.asking import Asking
from bot.core.coach.help import Help
from bot.core.coach.learner_state import open_question
from bot.core.interviews import words as interviews_words
from bot.core.interviews.answers import InterviewAnswers
from bot.core.interviews.guard import unfinished
from bot.core.ports import Clock
from bot.core.practice.answering import Answering, Remark
from bot.core.progress import words as progress_words
from bot.core.progress.model import progress_of
from bot.core.questions.banks import Banks
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


class Coach:
    """Ask, answer, hint, reveal, skip and progress for one learner at a time."""

    def __init__(
        self,
        bank: QuestionBank,
        answering: Answering,
        banks: Banks,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        interview: InterviewAnswers,
        remarks: Sequence[Remark] = (),
    ) -> None:
        self._bank = bank
        self._interview = interview
        self._unit_of_work = unit_of_work
        self._clock = clock
        asking = Asking(bank, banks, unit_of_work, clock)
        self.ask, self.begin, self.peek = asking.ask, asking.begin, asking.peek
        self.bank_at, self.topics = asking.bank_at, asking.topics
        answers = Answers(bank, answering, interview, unit_of_work, clock, remarks)
        self.take_answer, self.submit_answer = answers.take_answer, answers.submit_answer
        self.heard, self.settle_held = answers.heard, answers.settle_held
        self.unless_delivered = answers.unless_delivered
        self.has_pending, self.grade_pending = answers.has_pending, answers.grade_pending
        self.feedback_on = answers.feedback_on
        self._answers = answers
        helping = Help(bank, interview, unit_of_work, clock)
        self.hint, self.reveal, self.skip = helping.hint, helping.reveal, helping.skip

    def welcome(self, user: PlatformUser) -> Reply:
        """Greet the learner with what is known of them and the question that is still open."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return words.first_welcome(self._bank)
            ask = uow.asks.latest(learner.id)
            progress = progress_of(uow.history.lines(learner.id), self._bank)
        interview = self._interview.reminder(user)
        if interview is not None:
            return interviews_words.led(
                words.welcome_back(learner, progress, None).blocks[:1], interview
            )
        still_open = open_question(self._bank, ask)
        reply = words.welcome_back(learner, progress, still_open)
        return replace(reply, ask_id=ask.id) if ask and still_open else reply

    def reply_owed(self, user: PlatformUser, attempt_id: int) -> Reply:
        """Return the reply to an answer that nobody has seen, the greeting where there is none.

        Raises:
            GradingUnavailable: the grade has to follow later.
        """
        owed = self._answers.reply_owed(user, attempt_id)
        return self.welcome(user) if owed is None else owed

    def stop(self, user: PlatformUser) -> Reply:
        """Answer somebody who says stop: with what an interview offers, else that nothing runs."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            interview = unfinished(uow, learner.id, self._clock.now()) if learner else None
            ask = uow.asks.latest(learner.id) if learner else None
        if interview is not None:
            return interviews_words.interview_to_stop(paused=interview.is_paused)
        return words.nothing_to_stop(open_question(self._bank, ask), ask.id if ask else None)

    def progress(self, user: PlatformUser) -> Reply:
        """Show how far the learner has come, topic by topic."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            lines = uow.history.lines(learner.id) if learner else ()
        return progress_words.progress(progress_of(lines, self._bank), self._bank)
