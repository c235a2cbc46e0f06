"""What the host of a channel looks at: what comes, and how it goes."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.daily import DailyPost, Plan
from knowledge.question import Question


@dataclass(frozen=True)
class Coming:
    """A question that is to come, and when on the wall of its channel."""

    at: datetime
    question: Question


@dataclass(frozen=True)
class Outlook:
    """A plan as its host sees it: what comes, what is left, and what became of the last days.

    Where nothing `fits` the topics and levels any more, all questions are drawn from. What is
    only `proposed` is stored nowhere.
    """

    plan: Plan
    coming: tuple[Coming, ...]
    unseen: int
    last: DailyPost | None
    fits: bool = True
    proposed: bool = False
