"""From what a person types behind /leaderboard to the board that they mean. Pure."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.core.calendar.periods import Period
from bot.core.leaderboard.errors import unknown_board


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


PERIODS: Final = {
    "day": Period.DAY,
    "today": Period.DAY,
    "daily": Period.DAY,
    "week": Period.WEEK,
    "weekly": Period.WEEK,
    "month": Period.MONTH,
    "monthly": Period.MONTH,
    "season": Period.SEASON,
    "quarter": Period.SEASON,
    "all": Period.ALL_TIME,
    "all-time": Period.ALL_TIME,
    "ever": Period.ALL_TIME,
}
SCOPES: Final = {
    "channel": Scope.CHANNEL,
    "here": Scope.CHANNEL,
    "community": Scope.COMMUNITY,
    "server": Scope.COMMUNITY,
    "workspace": Scope.COMMUNITY,
}
LAST: Final = frozenset({"last", "previous"})

LONGEST_TYPED = 200
"""Characters that are read; no order needs half of them."""

_PAGE = re.compile(r"[0-9]{1,6}")


def board_order(typed: str) -> BoardOrder:
    """Return what the words ask for, in any order.

    Raises:
        UsageError: a word means nothing here.
    """
    words = typed[:LONGEST_TYPED].casefold().replace("all time", "all").split()
    order = BoardOrder()
    for before, word in zip(["", *words], words, strict=False):
        if word in PERIODS:
            order = replace(order, period=PERIODS[word])
        elif word in SCOPES:
            order = replace(order, scope=SCOPES[word])
        elif word in LAST:
            order = replace(order, last=True)
        elif _PAGE.fullmatch(word):
            order = replace(order, page=max(1, int(word)))
        elif word != "page" or before == "page":
            raise unknown_board(typed)
    return order
