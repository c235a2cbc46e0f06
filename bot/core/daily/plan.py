"""What the hosts of a channel chose for its daily question, and how that looks. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.core.daily.post import DailyPost
from bot.core.daily.schedule import Schedule
from bot.core.limits import Limits
from knowledge.question import Question

MOST_FAILURES = 3
"""So many times in a row for good, or for whole days, and the channel is paused."""


LOW_BANK = 7
"""Fewer unseen questions than this, and the host is warned."""


HARDEST = 5
LEVEL = Limits("level", "a difficulty", 1, HARDEST)


class Discussion(StrEnum):
    """Where a channel talks about its question: nowhere, below it, or among who has answered."""

    NONE = "none"
    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Plan:
    """What a channel's hosts chose, and how it goes.

    Attributes:
        channel_id: the channel.
        schedule: when.
        began_on: the first date for which there could have been a question.
        after: no question is due for this date or an earlier one: it was past when the plan began,
            was changed or went on after a pause.
        topics: ids of those to draw from; all, when empty.
        easiest: the least authored difficulty, 1 to 5.
        hardest: the greatest.
        ping_role: the platform's id of the role to mention; empty for silence.
        discussion: which discussion is opened with each question.
        host_learner_id: who is told when something is wrong; None when they are gone.
        failures: how many in a row.
        pause_reason: why the coach paused the channel by itself; empty when a host did.
        bank_is_low: whether the host was warned that questions run out.
    """

    channel_id: int
    schedule: Schedule
    began_on: date
    after: date
    topics: tuple[str, ...] = ()
    easiest: int = 1
    hardest: int = HARDEST
    ping_role: str = ""
    discussion: Discussion = Discussion.OPEN
    host_learner_id: int | None = None
    failures: int = 0
    pause_reason: str = ""
    bank_is_low: bool = False


def counted_failure(plan: Plan, reason: str) -> Plan:
    """Return the plan after one more failure; after MOST_FAILURES it is paused."""
    failures = plan.failures + 1
    if failures < MOST_FAILURES:
        return replace(plan, failures=failures)
    return replace(
        plan,
        failures=failures,
        schedule=replace(plan.schedule, paused=True),
        pause_reason=reason,
    )


@dataclass(frozen=True)
class Coming:
    """A question that is to come, and when on the wall of its channel."""

    at: datetime
    question: Question


@dataclass(frozen=True)
class Outlook:
    """A plan as its host sees it: what comes, what is left, and what became of the last days.

    Where nothing `fits` the topics and levels any more, all questions are drawn from. What is
    only `proposed` is stored nowhere. `note` says whether the channel knows of it.
    """

    plan: Plan
    coming: tuple[Coming, ...]
    unseen: int
    last: DailyPost | None
    fits: bool = True
    proposed: bool = False
    note: str = ""
