"""What learners say about a question: that something is wrong with it, unclear, or outdated."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.flags.errors import FlagTooLong, unclear_flag
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


def parse_flag(typed: str) -> tuple[FlagKind, str]:
    """Read a kind and a remark; a remark alone says that something is wrong.

    Raises:
        UsageError: nothing was typed.
        FlagTooLong: the remark has more than MOST_WORDS characters.
    """
    first, _, rest = storable(typed).strip().partition(" ")
    if not first:
        raise unclear_flag()
    known = first.casefold() in {kind.value for kind in FlagKind}
    kind = FlagKind(first.casefold()) if known else FlagKind.WRONG
    words = " ".join((rest if known else storable(typed)).split())
    if len(words) > MOST_WORDS:
        raise FlagTooLong(len(words), MOST_WORDS)
    return kind, words
