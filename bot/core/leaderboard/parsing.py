"""What can be said with the commands of leaderboards, and how hosts type who is meant. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.core.calendar.periods import Period
from bot.core.commands import Kind, Parameter, Request, Value, Values
from bot.core.leaderboard.errors import NoSuchAnswer


class Scope(StrEnum):
    """Whose points a board sums: those earned in one channel, or in all of the community."""

    COMMUNITY = "community"
    CHANNEL = "channel"


@dataclass(frozen=True)
class BoardOrder:
    """Which board is wanted, and which part of it.

    Attributes:
        page: counted from 1; None for the top and the learner's own rows.
        last: the last closed period instead of the one under way.
    """

    period: Period = Period.MONTH
    scope: Scope = Scope.COMMUNITY
    page: int | None = None
    last: bool = False

    @property
    def line(self) -> str:
        """What is typed to see the board from its top, without the slash."""
        period = next(word for word, meant in PERIODS.items() if meant is self.period)
        scope = "" if self.scope is Scope.COMMUNITY else self.scope
        return " ".join(filter(None, ("leaderboard", period, scope, "last" * self.last)))


PERIODS: Final = {
    "day": Period.DAY,
    "week": Period.WEEK,
    "month": Period.MONTH,
    "season": Period.SEASON,
    "all": Period.ALL_TIME,
}

PERIOD: Final = Parameter(
    "period",
    "The days that count; this month, unless you say otherwise",
    Kind.CHOICE,
    {
        "day": "Today",
        "week": "This week",
        "month": "This month",
        "season": "This season",
        "all": "All time",
    },
    {
        "today": "day",
        "daily": "day",
        "weekly": "week",
        "monthly": "month",
        "quarter": "season",
        "all-time": "all",
        "all time": "all",
        "ever": "all",
    },
)

BOARD: Final = (
    PERIOD,
    Parameter(
        "scope",
        "Points earned in this channel, or in the whole community",
        Kind.CHOICE,
        {"community": "Whole community", "channel": "This channel"},
        {"here": "channel", "server": "community", "workspace": "community"},
    ),
    Parameter(
        "page",
        "Which page of all ranks; the top and your own place, unless you say one",
        Kind.INTEGER,
        most=10_000,
    ),
    Parameter(
        "last",
        "The last closed period instead of the one under way",
        Kind.FLAG,
        aliases=("previous",),
    ),
    Parameter("picture", "As a picture", Kind.FLAG),
)


def board_order(request: Request) -> BoardOrder:
    """Return the board that a request asks for; there is no page before the first."""
    page = request.number("page")
    return BoardOrder(
        PERIODS[request.text("period") or "month"],
        Scope(request.text("scope") or Scope.COMMUNITY),
        None if page is None else max(1, page),
        request.flag("last"),
    )


_MENTION = re.compile(r"<@!?([A-Za-z0-9]+)(?:\|[^>]*)?>[\s,]*(.*)", re.DOTALL)
_ANSWER = re.compile(r"answer\s+#?([0-9]{1,9})\b[\s,:]*(.*)", re.IGNORECASE | re.DOTALL)
_ANSWERS = re.compile(r"answers(?:\s+of)?\s+(.+)", re.IGNORECASE | re.DOTALL)
_NUMBERLESS = re.compile(r"answer(?:\s+(\S*).*)?", re.IGNORECASE | re.DOTALL)


def read_exclusion(typed: str) -> Values:
    """Return who or what is to be excluded or included, and why.

    A reason behind a name stays with the name: only who knows all names can tell them apart.

    Raises:
        NoSuchAnswer: an answer is meant, and no number stands there.
    """
    typed = typed.strip()
    if not typed:
        return {}
    if found := _ANSWERS.fullmatch(typed):
        return {**_who(found.group(1)), "answers": True}
    if found := _ANSWER.fullmatch(typed):
        return {"answer": int(found.group(1)), "reason": found.group(2)}
    if _NUMBERLESS.fullmatch(typed):
        raise NoSuchAnswer(typed.partition(" ")[2])
    return _who(typed)


def _who(typed: str) -> dict[str, Value]:
    mention = _MENTION.fullmatch(typed.strip())
    if mention is None:
        return {"name": typed}
    member, reason = mention.groups()
    return {"member": member, "reason": reason} if reason else {"member": member}
