"""What has to wait while a mock interview is under way."""

from bot.core.interviews.errors import InterviewRunning, NoHelpInInterview
from bot.core.interviews.model import InterviewState
from bot.core.practice.model import Ask
from bot.core.unit_of_work import UnitOfWork


def unless_interviewed(uow: UnitOfWork, learner_id: int) -> None:
    """Let pass who is in no running interview: its question would be lost among others.

    Raises:
        InterviewRunning: the learner is.
    """
    interview = uow.interviews.unfinished(learner_id)
    if interview is not None and interview.state is InterviewState.RUNNING:
        raise InterviewRunning


def unless_examined(uow: UnitOfWork, ask: Ask) -> None:
    """Let pass who may be helped with a question: nobody is in an interview, in a pause neither.

    Raises:
        NoHelpInInterview: an interview is running, or the question belongs to a paused one.
    """
    interview = uow.interviews.unfinished(ask.learner_id)
    if interview is None:
        return
    if interview.state is InterviewState.RUNNING or ask.interview_id == interview.id:
        raise NoHelpInInterview
