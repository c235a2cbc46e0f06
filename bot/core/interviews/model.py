"""A mock interview as it stands, and how it moves from question to question. Pure.

A question is on the screen while `shown_at` is set. Between an answer and the next question it is
not: the answer is stored with the step that takes the interview on, and only then graded and
followed up. So a program that ends in between loses nothing but a follow-up, and a second answer
sent at the same instant is never taken for one to a question that nobody has seen.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.interviews.rules import LONGEST_ANSWER

LONGEST_SILENCE = timedelta(hours=1)
"""After it an interview pauses by itself: who comes back does not think of it any more."""


class InterviewState(StrEnum):
    """Where an interview stands; an abandoned one was stopped before its end."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"


@dataclass(frozen=True)
class Interview:
    """A mock interview.

    Attributes:
        question_ids: what was planned, in the order of asking.
        position: how many questions are through, and so the index of the next.
        follow_ups: the follow-ups that were asked, in their words, the oldest first.
        following: whether the last of them is being asked, about the question before `position`.
        active_seconds: the time during which something was on the screen, without pauses.
        shown_at: since when something is on the screen; None in between, in a pause and at the end.
    """

    id: int
    learner_id: int
    question_ids: tuple[str, ...]
    started_at: datetime
    state: InterviewState = InterviewState.RUNNING
    position: int = 0
    follow_ups: tuple[str, ...] = ()
    following: bool = False
    active_seconds: float = 0.0
    shown_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether it was finished or abandoned."""
        return self.state in {InterviewState.FINISHED, InterviewState.ABANDONED}

    @property
    def is_paused(self) -> bool:
        """Whether its clock is stopped."""
        return self.state is InterviewState.PAUSED

    @property
    def is_through(self) -> bool:
        """Whether nothing is left to ask."""
        return self.position >= len(self.question_ids) and not self.following

    @property
    def question_id(self) -> str:
        """Return the question that is being asked, or followed up; there is one until the end."""
        return self.question_ids[self.position - self.following]


def shown(interview: Interview, now: datetime) -> Interview:
    """Return the interview with its question on the screen."""
    return replace(interview, shown_at=interview.shown_at or now)


def noted(interview: Interview, now: datetime) -> Interview:
    """Return the interview after an answer to what is on the screen, or after skipping it."""
    timed = _timed(interview, now)
    return replace(timed, following=False, position=timed.position + (not timed.following))


def followed_up(interview: Interview, ask: str) -> Interview:
    """Return the interview with a follow-up to the question that was just answered."""
    return replace(interview, following=True, follow_ups=(*interview.follow_ups, ask))


def passed_over(interview: Interview, bank: Container[str]) -> Interview:
    """Return the interview past what has gone from the bank and can be asked no more."""
    if interview.following and interview.question_id not in bank:
        interview = replace(interview, following=False, shown_at=None)
    while not interview.is_through and interview.question_id not in bank:
        interview = replace(interview, position=interview.position + 1, shown_at=None)
    return interview


def paused(interview: Interview, now: datetime) -> Interview:
    """Return the interview with its clock stopped."""
    return replace(_timed(interview, now), state=InterviewState.PAUSED)


def unless_left_alone(interview: Interview, last_asked: datetime, now: datetime) -> Interview:
    """Return the interview, paused where nothing has come of it for LONGEST_SILENCE.

    Where nothing is on the screen, as after a program that ended in between, the time counts from
    its last question.
    """
    running, since = interview.state is InterviewState.RUNNING, interview.shown_at or last_asked
    if running and now - since > LONGEST_SILENCE:
        return paused(interview, now)
    return interview


def resumed(interview: Interview) -> Interview:
    """Return the interview going on; its question is not on the screen yet."""
    return replace(interview, state=InterviewState.RUNNING)


def ended(interview: Interview, now: datetime) -> Interview:
    """Return the interview at its end: finished if all was asked, else abandoned."""
    state = InterviewState.FINISHED if interview.is_through else InterviewState.ABANDONED
    return replace(_timed(interview, now), state=state, finished_at=now)


def _timed(interview: Interview, now: datetime) -> Interview:
    """Stop the clock; a long absence counts as one long answer, a clock set back as no time."""
    if interview.shown_at is None:
        return interview
    seconds = min(max((now - interview.shown_at).total_seconds(), 0.0), LONGEST_ANSWER)
    total = interview.active_seconds + seconds
    return replace(interview, active_seconds=total, shown_at=None)
