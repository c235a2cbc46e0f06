"""What stands on the screen in an interview: a question, a follow-up, a pause, or the report."""

from dataclasses import replace
from datetime import datetime

from bot.core.accounts.model import PlatformUser
from bot.core.interviews import words
from bot.core.interviews.errors import NoInterview, ReportNotReady
from bot.core.interviews.guard import unfinished
from bot.core.interviews.model import Interview, InterviewState, ended, passed_over, shown
from bot.core.interviews.report import InterviewReports
from bot.core.ports import Clock
from bot.core.practice.model import Purpose
from bot.core.reply import Block, Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


class InterviewScreen:
    """Put what is next on the screen, and say what is there."""

    def __init__(self, bank: QuestionBank, clock: Clock, reports: InterviewReports) -> None:
        self._bank = bank
        self._clock = clock
        self._reports = reports

    def show(self, uow: UnitOfWork, interview: Interview) -> Interview:
        """Put what is next on the screen, or end the interview, and store either.

        What has gone from the bank is passed over.
        """
        now = self._clock.now()
        interview = passed_over(interview, self._bank)
        if interview.is_through:
            interview = ended(interview, now)
        elif interview.shown_at is None:
            asks = uow.asks.of_interview(interview.id)
            if interview.question_id not in {ask.question_id for ask in asks}:
                uow.asks.add(
                    interview.learner_id,
                    interview.question_id,
                    now,
                    purpose=Purpose.INTERVIEW,
                    interview_id=interview.id,
                )
            interview = shown(interview, now)
        uow.interviews.update(interview)
        return interview

    def ask_id(self, uow: UnitOfWork, interview: Interview) -> int | None:
        """Return the ask that is on the screen, None where no question is."""
        if interview.state is not InterviewState.RUNNING or interview.shown_at is None:
            return None
        asks = uow.asks.of_interview(interview.id)
        return asks[-1].id if asks else None

    def reply(
        self, interview: Interview, lead: tuple[Block, ...] = (), ask_id: int | None = None
    ) -> Reply:
        """Return what is on the screen, below what leads to it."""
        if interview.is_over:
            try:
                return words.led(lead, self._reports.of(interview))
            except ReportNotReady as problem:
                return words.interview_ends(lead, problem)
        if interview.state is InterviewState.PAUSED:
            return words.interview_paused(interview)
        question = self._bank.get(interview.question_id)
        asked = words.interview_question(interview, question, self._bank)
        return replace(words.led(lead, asked), ask_id=ask_id)

    def reminder(self, uow: UnitOfWork, user: PlatformUser) -> Reply | None:
        """Return what to tell somebody who comes back of an interview under way."""
        interview = under_way(uow, user, self._clock.now())
        if interview is None:
            return None
        if interview.shown_at is None or interview.question_id not in self._bank:
            return words.interview_waits()
        return self.reply(interview, words.interview_goes_on(), self.ask_id(uow, interview))


def under_way(uow: UnitOfWork, user: PlatformUser, now: datetime) -> Interview | None:
    """Return the learner's interview that is running or paused, or None."""
    learner = uow.learners.find(user)
    return unfinished(uow, learner.id, now) if learner else None


def needed(uow: UnitOfWork, user: PlatformUser, now: datetime) -> Interview:
    """Return the learner's interview that is running or paused.

    Raises:
        NoInterview: none is.
    """
    interview = under_way(uow, user, now)
    if interview is None:
        raise NoInterview
    return interview
