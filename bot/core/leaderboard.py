"""Who stands where: points, ranks, and the part of a board that somebody sees. Pure.

Ranks are competition ranks: equals share one and the next is counted past them, 1-1-3. The order is
by points and then by learner id, so that it is the same on every page and at every call. Whoever
hides, or was not asked yet, stands on no board and leaves no gap in one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.communities.model import Visibility
from bot.core.practice.ratings import Elo, difficulty

FULL_POINTS = 100
"""Points for everything that a question of middle difficulty wants."""

TOP = 3
AROUND = 3
PAGE_SIZE = 10

SHOWN = frozenset({Visibility.NAMED, Visibility.ANONYMOUS})
"""What puts somebody on a board; who was not asked yet has not agreed to anything."""


@dataclass(frozen=True)
class Tally:
    """A learner's points in the period and the place that a board is about."""

    learner_id: int
    points: int
    name: str = ""
    visibility: Visibility = Visibility.NAMED


@dataclass(frozen=True)
class Row:
    """One learner on a board.

    `position` counts the rows from 1 without ties; `name` is None for somebody anonymous, for whom
    the wording has a name.
    """

    position: int
    rank: int
    learner_id: int
    points: int
    name: str | None


@dataclass(frozen=True)
class Gap:
    """Rows that are left out between two others."""

    rows: int


@dataclass(frozen=True)
class Page:
    """A part of a board; pages count from 1, and an empty board has one."""

    rows: tuple[Row, ...]
    number: int
    pages: int


@dataclass(frozen=True)
class OwnRank:
    """Where a learner stands, for their own eyes; `of` counts them and everybody who shows."""

    rank: int
    points: int
    of: int


def weight_of(question: Elo) -> float:
    """Return what a question's difficulty makes of a score: 0.5 for the easiest, 1.5 the hardest.

    A posted question has one weight for all its answers: take it when the question is posted, so
    that those who answer late, when it is rated anew, earn what those before them did.
    """
    return 0.5 + difficulty(question).share


def points_of(score: float, weight: float) -> int:
    """Return the points of a first graded attempt on a posted question, half rounding up.

    Score and difficulty count. Speed does not: who answers in the evening is not worse.
    """
    return int(FULL_POINTS * score * weight + 0.5)


def ranked(tallies: Iterable[Tally]) -> tuple[Row, ...]:
    """Return the whole board, the best first, without those who do not show."""
    shown = [tally for tally in tallies if tally.visibility in SHOWN]
    shown.sort(key=lambda tally: (-tally.points, tally.learner_id))
    rows: list[Row] = []
    for position, tally in enumerate(shown, start=1):
        tied = bool(rows) and rows[-1].points == tally.points
        rank = rows[-1].rank if tied else position
        name = tally.name if tally.visibility is Visibility.NAMED else None
        rows.append(Row(position, rank, tally.learner_id, tally.points, name))
    return tuple(rows)


def window(
    rows: Sequence[Row], learner_id: int, top: int = TOP, around: int = AROUND
) -> tuple[Row | Gap, ...]:
    """Return the top of a board and the rows around a learner's own, with gaps marked.

    For somebody who does not stand on the board it is the top alone.
    """
    own = next((row.position for row in rows if row.learner_id == learner_id), None)
    wanted = [row for row in rows if row.position <= top]
    if own is not None:
        wanted += [row for row in rows if abs(row.position - own) <= around]
    return joined(wanted)


def joined(rows: Iterable[Row]) -> tuple[Row | Gap, ...]:
    """Return pieces of a board in order, each row once, with a gap wherever rows are missing.

    The pieces may overlap; what follows the last row is not marked.
    """
    by_position = {row.position: row for row in rows}
    board: list[Row | Gap] = []
    last = 0
    for position, row in sorted(by_position.items()):
        if position > last + 1:
            board.append(Gap(position - last - 1))
        board.append(row)
        last = position
    return tuple(board)


def page(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page:
    """Return one page of a board; a number beyond either end is the page at that end."""
    pages = max(1, -(-len(rows) // size))
    number = min(max(number, 1), pages)
    return Page(tuple(rows[(number - 1) * size : number * size]), number, pages)


def own_rank(tallies: Iterable[Tally], learner_id: int) -> OwnRank | None:
    """Return where a learner stands, whether or not they show; None without points to rank.

    Somebody who does not show is told the rank that they would have.
    """
    tallies = tuple(tallies)
    mine = next((tally for tally in tallies if tally.learner_id == learner_id), None)
    if mine is None:
        return None
    others = [
        tally for tally in tallies if tally.learner_id != learner_id and tally.visibility in SHOWN
    ]
    better = sum(tally.points > mine.points for tally in others)
    return OwnRank(better + 1, mine.points, len(others) + 1)
