"""How one learner's rows become another's when two accounts are linked.

Each repository module names, in its `MERGES`, every column that refers to a learner, with a rule.
`MERGES` of the package gathers them, and a test fails when a column is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

Rule = Callable[[Session, int, int], None]
"""What to do in this transaction with the rows of a learner who goes, and of one who is kept."""


@dataclass(frozen=True)
class Merge:
    """A column that refers to a learner, and the rule by which its rows change hands."""

    column: InstrumentedAttribute[Any]
    rule: Rule

    @property
    def name(self) -> str:
        """Return the table and the column, as in "asks.learner_id"."""
        return f"{self.column.class_.__tablename__}.{self.column.key}"


def moved(column: InstrumentedAttribute[Any]) -> Merge:
    """Give every row to the learner who is kept: for rows that cannot conflict."""

    def move(session: Session, gone_id: int, kept_id: int) -> None:
        session.execute(update(column.class_).where(column == gone_id).values({column: kept_id}))

    return Merge(column, move)


def forgotten(column: InstrumentedAttribute[Any]) -> Merge:
    """Delete the rows of the learner who goes: for what has no meaning afterwards."""

    def forget(session: Session, gone_id: int, _kept_id: int) -> None:
        session.execute(delete(column.class_).where(column == gone_id))

    return Merge(column, forget)


def moved_unless_there(
    column: InstrumentedAttribute[Any], *key: InstrumentedAttribute[Any]
) -> Merge:
    """Give the rows over; where the kept learner has one with the same key, theirs stays alone."""

    def move(session: Session, gone_id: int, kept_id: int) -> None:
        theirs: Any = aliased(column.class_)
        same = [getattr(theirs, each.key) == each for each in key]
        there = exists().where(getattr(theirs, column.key) == kept_id, *same)
        session.execute(
            delete(column.class_)
            .where(column == gone_id, there)
            .execution_options(synchronize_session=False)
        )
        moved(column).rule(session, gone_id, kept_id)

    return Merge(column, move)


def better_stays(
    column: InstrumentedAttribute[Any],
    *key: InstrumentedAttribute[Any],
    better: Callable[[Any, Any], ColumnElement[bool]],
) -> Merge:
    """Give the rows over; of two with the same key the better stays, among equals the kept one's.

    `better` tells of two rows whether the first is better than the second.
    """

    def choose(session: Session, gone_id: int, kept_id: int) -> None:
        row: Any = column.class_
        theirs: Any = aliased(row)
        same = [getattr(theirs, each.key) == each for each in key]
        beaten = exists().where(getattr(theirs, column.key) == gone_id, *same, better(theirs, row))
        session.execute(
            delete(row)
            .where(column == kept_id, beaten)
            .execution_options(synchronize_session=False)
        )
        moved_unless_there(column, *key).rule(session, gone_id, kept_id)

    return Merge(column, choose)
