"""Help with the question that somebody was asked: hints, the reference answer, or going on."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.accounts.model import PlatformUser
from bot.core.interviews.answers import InterviewAnswers
from bot.core.interviews.guard import unless_examined
from bot.core.ports import Clock
from bot.core.practice import hint_words, question_words
from bot.core.practice.answering import current
from bot.core.practice.hints import hints_for
from bot.core.practice.model import AskState
from bot.core.reply import Reply
from bot.core.reviews.consequences import lapse_card
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


class Help:
    """What a learner can do about a question but answer it."""

    def __init__(
        self,
        bank: QuestionBank,
        interview: InterviewAnswers,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        self._bank = bank
        self._interview = interview
        self._unit_of_work = unit_of_work
        self._clock = clock

    def hint(self, user: PlatformUser, ask_id: int | None = None) -> Reply:
        """Give the next step of the hint ladder, the weightiest missing point first.

        The ladder ends with the statement of each point. Answers that come later still count as
        the learner's own, with `hints_used` to tell; only `reveal` makes them assisted.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped.
            NoHelpInInterview: an interview is under way.
        """
        with self._unit_of_work() as uow:
            ask = current(uow, user, ask_id)
            unless_examined(uow, ask, self._clock.now(), named=ask_id is not None)
            graded = [each for each in uow.attempts.of_ask(ask.id) if each.grade is not None]
            question = self._bank.get(ask.question_id)
            steps = hints_for(question, graded[-1] if graded else None, ask.hints)
            if steps.next is not None:
                uow.asks.update(ask.id, ask.state, steps.position)
                uow.commit()
        return replace(hint_words.hint(question, steps), ask_id=ask.id)

    def reveal(self, user: PlatformUser, ask_id: int | None = None) -> Reply:
        """Show the reference answer; answers that come later no longer count as known.

        Without an answer before it, the question counts as not recalled and soon comes back.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped.
            NoHelpInInterview: an interview is under way.
        """
        with self._unit_of_work() as uow:
            ask = current(uow, user, ask_id)
            unless_examined(uow, ask, self._clock.now(), named=ask_id is not None)
            lapse_card(uow, ask, self._clock.now())
            uow.asks.update(ask.id, AskState.REVEALED, ask.hints)
            uow.commit()
        return replace(question_words.reveal(self._bank.get(ask.question_id)), ask_id=ask.id)

    def skip(self, user: PlatformUser, ask_id: int | None = None) -> Reply:
        """Put the current question aside; in a running interview, go on without an answer.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped already.
        """
        interview = self._interview.skip(user, ask_id)
        if interview is not None:
            return interview
        with self._unit_of_work() as uow:
            ask = current(uow, user, ask_id)
            uow.asks.update(ask.id, AskState.SKIPPED, ask.hints)
            uow.commit()
        return question_words.skipped(self._bank.get(ask.question_id))
