"""What learners say about a question: that something is wrong with it, unclear, or outdated."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.flags.errors import FlagTooLong
from grading.text import storable

MOST_WORDS: Final = 500
"""Characters of a remark: what is wrong with a question takes a few sentences."""

MOST_A_DAY: Final = 20
"""Questions that one learner may flag within FLAGS_WITHIN; nobody studies more with such care."""

FLAGS_WITHIN: Final = timedelta(days=1)


class FlagKind(StrEnum):
    """What is the matter with a question."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"


@dataclass(frozen=True)
class QuestionFlag:
    """One learner's flag on a question; the community is where it was asked, None in private."""

    id: int
    learner_id: int
    question_id: str
    kind: FlagKind
    words: str
    created_at: datetime
    community_id: int | None = None
    handled_at: datetime | None = None


def remark_of(typed: str) -> str:
    """Return a remark on one line, as it can be stored.

    Raises:
        FlagTooLong: it has more than MOST_WORDS characters.
    """
    words = " ".join(storable(typed).split())
    if len(words) > MOST_WORDS:
        raise FlagTooLong(len(words), MOST_WORDS)
    return words
