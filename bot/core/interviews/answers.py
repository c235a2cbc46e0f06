"""The use cases of answering in an interview: an answer is noted, and no word on how it was.

While an interview runs, what the learner types answers what is on the screen, wherever they come
from and however often the program was started anew.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.core.accounts.model import PlatformUser
from bot.core.errors import GradingUnavailable
from bot.core.interviews import words
from bot.core.interviews.errors import FollowUpTooLong, InterviewPaused, NoInterview
from bot.core.interviews.model import Interview, InterviewState, followed_up, noted
from bot.core.interviews.rules import follow_up
from bot.core.interviews.screen import InterviewScreen, under_way
from bot.core.ports import Clock
from bot.core.practice.answering import Answering
from bot.core.practice.errors import NoOpenQuestion
from bot.core.practice.model import MAX_ANSWER_CHARACTERS, Ask, AskState, Attempt
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from grading.gates import is_dont_know
from grading.text import content_stems
from knowledge.bank import QuestionBank

ROOM_FOR_FOLLOW_UP = 1000
"""Characters that an answer must leave free to be followed up: both are graded as one."""

BETWEEN = "\n\n"
"""What stands between an answer and that to its follow-up."""


class Noted(NamedTuple):
    """What goes on from an answer, and the number under which it is stored, where it is new."""

    going_on: Callable[[], Reply]
    attempt_id: int = 0


class InterviewAnswers:
    """Note answers in a running interview and go on."""

    def __init__(
        self,
        bank: QuestionBank,
        answering: Answering,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        screen: InterviewScreen,
    ) -> None:
        self._bank = bank
        self._answering = answering
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._screen = screen

    def note(
        self, uow: UnitOfWork, user: PlatformUser, text: str, ask_id: int | None = None
    ) -> Noted | None:
        """Store the checked answer to what is on the screen; return what goes on from it.

        Return None where no interview is running, or the answer names an ask that belongs to none.
        What goes on is called after the transaction.

        What comes before a question was on the screen, or after it has gone, is given back. An
        answer to a follow-up is graded together with the first, as all that the learner has said.

        Raises:
            FollowUpTooLong: together with the first it has too many characters.
            InterviewPaused: the question belongs to an interview that is paused.
            NoOpenQuestion: the ask was of this interview, which has gone on since.
        """
        interview = _running(uow, user, self._clock.now(), InterviewPaused(text), ask_id)
        if interview is None:
            return None
        if interview.shown_at is None or interview.question_id not in self._bank:
            lead = words.interview_gives_back(text, unseen=interview.shown_at is None)
            interview = self._screen.show(uow, interview)
            shown = self._screen.ask_id(uow, interview)
            return Noted(partial(self._screen.reply, interview, lead, shown))
        attempt = self._take(uow, interview, text)
        after = noted(interview, self._clock.now())
        uow.interviews.update(after)
        go_on = partial(self._grade_and_go_on, after, attempt, follows_up=interview.following)
        return Noted(go_on, attempt.id if attempt else 0)

    def owed(self, user: PlatformUser, attempt: Attempt | None) -> Reply | None:
        """Return what an answer that a program left has to be followed by; None outside interviews.

        Without the answer it is what follows in the interview under way.
        """
        with self._unit_of_work() as uow:
            interview = under_way(uow, user, self._clock.now())
            ask = uow.asks.get(attempt.ask_id) if attempt else None
            if ask is not None:
                interview = uow.interviews.get(ask.interview_id) if ask.interview_id else None
            before = uow.attempts.of_ask(ask.id) if ask else ()
        if interview is None:
            return None
        if attempt is not None and attempt.question_id not in self._bank:
            attempt = None
        return self._grade_and_go_on(interview, attempt, follows_up=len(before) > 1)

    def at(self, uow: UnitOfWork, user: PlatformUser, ask_id: int | None) -> Ask | None:
        """Return the ask that an interview is at where this is meant for it, else None."""
        interview = under_way(uow, user, self._clock.now())
        if interview is None or interview.state is not InterviewState.RUNNING:
            return None
        asks = uow.asks.of_interview(interview.id)
        return asks[-1] if asks and ask_id in {None, asks[-1].id} else None

    def skip(self, user: PlatformUser, ask_id: int | None = None) -> Reply | None:
        """Go on without an answer; None where no interview is running, or the ask is of none.

        Raises:
            NoOpenQuestion: the question belongs to an interview that is paused or has gone on.
        """
        with self._unit_of_work() as uow:
            interview = _running(uow, user, self._clock.now(), NoOpenQuestion(), ask_id)
            if interview is None:
                return None
            if interview.shown_at is not None:
                if not interview.following:
                    ask = uow.asks.of_interview(interview.id)[-1]
                    uow.asks.update(ask.id, AskState.SKIPPED, ask.hints)
                interview = noted(interview, self._clock.now())
            interview = self._screen.show(uow, interview)
            shown = self._screen.ask_id(uow, interview)
            uow.commit()
        return self._screen.reply(interview, words.interview_skips(), shown)

    def reminder(self, user: PlatformUser) -> Reply | None:
        """Return what to tell somebody who comes back of an interview under way."""
        with self._unit_of_work() as uow:
            return self._screen.reminder(uow, user)

    def _take(self, uow: UnitOfWork, interview: Interview, text: str) -> Attempt | None:
        """Store the answer; None for one to a follow-up that adds nothing to the first.

        Graded with it, "I don't know" would take back what the first answer earned.
        """
        ask = uow.asks.of_interview(interview.id)[-1]
        if not interview.following:
            return self._answering.store(uow, ask, text)
        whole = _whole(uow, ask, text)
        if is_dont_know(text) or is_dont_know(whole, self._prompt_stems(ask)):
            return None
        return self._answering.store(uow, ask, whole)

    def _prompt_stems(self, ask: Ask) -> frozenset[str]:
        return frozenset(content_stems(self._bank.get(ask.question_id).prompt))

    def _graded(self, attempt: Attempt) -> Attempt | None:
        """Return the graded answer; None while its grade is owing, which the report waits for."""
        try:
            return self._answering.grade(attempt)
        except GradingUnavailable:
            return None

    def _grade_and_go_on(
        self, after: Interview, attempt: Attempt | None, *, follows_up: bool
    ) -> Reply:
        graded = self._graded(attempt) if attempt else None
        return self._go_on(after, None if follows_up else graded)

    def _go_on(self, after: Interview, attempt: Attempt | None) -> Reply:
        """Show the follow-up to the answer that took the interview this far, or what is next."""
        with self._unit_of_work() as uow:
            interview = uow.interviews.get(after.id)
            if interview is None:  # deleted with its learner meanwhile
                raise NoInterview
            if interview.state is InterviewState.RUNNING and interview.shown_at is None:
                # Something quicker may have taken it further: then it is too late to follow up.
                if attempt is not None and interview.position == after.position:
                    interview = self._dig(interview, attempt)
                interview = self._screen.show(uow, interview)
                uow.commit()
            shown = self._screen.ask_id(uow, interview)
        return self._screen.reply(interview, words.interview_notes(), shown)

    def _dig(self, interview: Interview, attempt: Attempt) -> Interview:
        """Return the interview with a follow-up where the answer leaves something to dig for."""
        room = MAX_ANSWER_CHARACTERS - len(attempt.answer)
        if attempt.grade is None or room < ROOM_FOR_FOLLOW_UP:
            return interview
        question = self._bank.get(attempt.question_id)
        found = follow_up(question, attempt.grade, interview.follow_ups)
        return interview if found is None else followed_up(interview, found.ask)


def _running(
    uow: UnitOfWork, user: PlatformUser, now: datetime, refusal: Exception, ask_id: int | None
) -> Interview | None:
    """Return the running interview that is meant; refuse at the question of a paused one.

    Raises:
        NoOpenQuestion: the ask is an earlier one of the interview.
    """
    interview = under_way(uow, user, now)
    if interview is None:
        return None
    if ask_id is not None and not _of_interview(uow, interview, ask_id):
        return None
    if interview.state is InterviewState.RUNNING:
        return interview
    latest = uow.asks.latest(interview.learner_id)
    if ask_id is not None or (latest is not None and latest.interview_id == interview.id):
        raise refusal
    return None


def _of_interview(uow: UnitOfWork, interview: Interview, ask_id: int) -> bool:
    """Return whether the ask is what the interview is at; raise NoOpenQuestion where it was."""
    asks = [ask.id for ask in uow.asks.of_interview(interview.id)]
    if ask_id in asks[:-1]:
        raise NoOpenQuestion
    return ask_id in asks[-1:]


def _whole(uow: UnitOfWork, ask: Ask, text: str) -> str:
    """Return the first answer and that to its follow-up.

    Raises:
        FollowUpTooLong: both together are longer than what is graded.
    """
    first = next((each.answer for each in uow.attempts.of_ask(ask.id) if each.answer), "")
    whole = f"{first}{BETWEEN}{text}" if first else text
    if len(whole) > MAX_ANSWER_CHARACTERS:
        raise FollowUpTooLong(text, MAX_ANSWER_CHARACTERS - len(first) - len(BETWEEN))
    return whole
