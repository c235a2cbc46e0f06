"""What has to wait while a mock interview is under way, and how one is found."""

from datetime import datetime

from bot.core.interviews.errors import InterviewRunning, NoHelpInInterview
from bot.core.interviews.model import Interview, InterviewState, paused, unless_left_alone
from bot.core.practice.model import Ask
from bot.core.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork, learner_id: int, now: datetime) -> Interview | None:
    """Return the learner's interview that is running or paused; one left alone is paused here."""
    found = uow.interviews.unfinished(learner_id)
    if found is None:
        return None
    asks = uow.asks.of_interview(found.id)
    interview = unless_left_alone(found, asks[-1].asked_at if asks else found.started_at, now)
    if interview != found:
        uow.interviews.update(interview)
    return interview


def unless_interviewed(uow: UnitOfWork, learner_id: int, now: datetime) -> None:
    """Let pass who is in no running interview: its question would be lost among others.

    Raises:
        InterviewRunning: the learner is.
    """
    interview = unfinished(uow, learner_id, now)
    if interview is not None and interview.state is InterviewState.RUNNING:
        raise InterviewRunning


def make_way(uow: UnitOfWork, learner_id: int, now: datetime) -> bool:
    """Pause a running interview for something that never waits; tell whether there was one."""
    interview = unfinished(uow, learner_id, now)
    if interview is None or interview.state is not InterviewState.RUNNING:
        return False
    uow.interviews.update(paused(interview, now))
    return True


def unless_examined(uow: UnitOfWork, ask: Ask, now: datetime, *, named: bool = True) -> None:
    """Let pass who may be helped with a question that an interview does not ask.

    A question that was not `named`, but is merely the latest, is the interview's while one runs.

    Raises:
        NoHelpInInterview: it is the interview's, in a pause too.
    """
    interview = unfinished(uow, ask.learner_id, now)
    if interview is None:
        return
    running = interview.state is InterviewState.RUNNING
    asked = running and (not named or ask.question_id in interview.question_ids)
    if asked or ask.interview_id == interview.id:
        raise NoHelpInInterview
