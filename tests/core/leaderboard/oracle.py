"""What a board is, said plainly: the queries of the storage are held to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.communities.model import Visibility
from bot.core.leaderboard.model import AROUND, PAGE_SIZE, TOP, Gap, OwnRank, Row, joined

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
class Page:
    """A part of a board; pages count from 1, and an empty board has one."""

    rows: tuple[Row, ...]
    number: int
    pages: int


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
