"""What nobody is told before its time: the grades of an interview under way."""

from sqlalchemy import Exists, exists

from bot.core.interviews.model import InterviewState
from bot.storage.orm import AskRow, AttemptRow, InterviewRow

_UNDER_WAY = (InterviewState.RUNNING, InterviewState.PAUSED)


def examined() -> Exists:
    """Return the condition that an attempt was made in an interview under way."""
    return exists().where(
        AskRow.id == AttemptRow.ask_id,
        InterviewRow.id == AskRow.interview_id,
        InterviewRow.state.in_(_UNDER_WAY),
    )
