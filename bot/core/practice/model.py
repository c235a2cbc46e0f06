"""What happens between a learner and a question: it is asked, answered, graded."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from grading.gates import MAX_CHARACTERS
from grading.grade import Flag, Grade

MOST_WAITING = 20
"""Answers of one learner that may wait for their grades: two interviews, written faster than any of
it was graded. Nobody meets that bound by practising."""

MAX_ANSWER_CHARACTERS = MAX_CHARACTERS
"""Longer answers are refused with the text given back: it is what the largest input
of a platform holds, and four times what a spoken interview answer takes."""


NO_TRIES = frozenset(
    {
        Flag.TOO_SHORT,
        Flag.DONT_KNOW,
        Flag.ECHO,
        Flag.KEYWORD_LIST,
        Flag.OFF_TOPIC,
        Flag.COPIED_REFERENCE,
        Flag.INSTRUCTION_TO_GRADER,
    }
)
"""What is no try to answer the question in one's own words. Each is told on the spot, so that there
is time for another. A wrong answer is a try, and so is one in a language that cannot be graded."""


def is_try(grade: Grade) -> bool:
    """Tell whether an answer was a try at its question, however good it was."""
    return not NO_TRIES.intersection(grade.flags)


def counts(grade: Grade) -> bool:
    """Tell whether an answer counts: as the first one, on leaderboards, in averages.

    What is no try does not, so that it spoils nothing. A copy of the reference answer uses up the
    first answer all the same, or else copying would be a free look at what is graded.
    """
    return not (NO_TRIES - {Flag.COPIED_REFERENCE}).intersection(grade.flags)


class AskState(StrEnum):
    """Where an asked question stands. Only a skipped one takes no more answers."""

    OPEN = "open"
    ANSWERED = "answered"
    REVEALED = "revealed"
    SKIPPED = "skipped"


class Purpose(StrEnum):
    """Why a question was asked."""

    PRACTICE = "practice"
    REVIEW = "review"
    INTERVIEW = "interview"
    DAILY = "daily"


@dataclass(frozen=True)
class Ask:
    """A question put to a learner; `hints` counts the steps gone down the hint ladder.

    The community and the channel are where it was asked, None in private; `interview_id` is the
    mock interview that it belongs to, `post_id` the daily question.
    """

    id: int
    learner_id: int
    question_id: str
    asked_at: datetime
    state: AskState = AskState.OPEN
    hints: int = 0
    purpose: Purpose = Purpose.PRACTICE
    community_id: int | None = None
    channel_id: int | None = None
    interview_id: int | None = None
    post_id: int | None = None


class AskedAt(NamedTuple):
    """An ask in short: which question was put to a learner, and when."""

    question_id: str
    at: datetime


@dataclass(frozen=True)
class HeldText:
    """What somebody wrote while asked something, kept until they say whether it is an answer."""

    id: int
    ask_id: int
    learner_id: int
    text: str
    held_at: datetime


@dataclass(frozen=True)
class Attempt:
    """An answer as submitted, and its grade once there is one.

    `assisted` is True when the reference answer had been revealed before the answer came. `first`
    is True for the learner's first attempt at this question, unless it is assisted: it alone moves
    ratings and ranks. `counts` is False once the grade has shown that it was no try. The community
    and the channel are those of its ask. `begun_by` is the program that took it, while the grade is
    owed.
    """

    id: int
    ask_id: int
    learner_id: int
    question_id: str
    answer: str
    submitted_at: datetime
    hints_used: int = 0
    assisted: bool = False
    first: bool = False
    counts: bool = True
    community_id: int | None = None
    channel_id: int | None = None
    grade: Grade | None = None
    graded_at: datetime | None = None
    begun_by: str | None = None

    @property
    def is_pending(self) -> bool:
        """Whether the grade is still owed."""
        return self.grade is None
