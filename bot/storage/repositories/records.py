"""Repositories of what is known of a person as a whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, MetaData, RowMapping, Table, delete, or_, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.own_questions.model import OwnState
from bot.core.privacy.ports import DeletionCodes, Records
from bot.storage.account_merge import forgotten
from bot.storage.orm import Base, DeletionCodeRow, LearnerRow, OwnQuestionRow


@dataclass(frozen=True)
class Exported:
    """How the rows of a table are handed out to the learner they are about.

    Attributes:
        withheld: columns that are left out, because they are secrets or say nothing of the learner.
        documents: columns of JSON texts, which become parts of the export.
        owned: columns that are the words of the row's `learner_id`; where the learner stands in
            another column, such as that of a host who decided, they are None.
    """

    withheld: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()


NOT_TAKEN = (OwnState.SUGGESTED.value, OwnState.DECLINED.value)
"""The states of questions that never were asked, so that no change of these is ever looked for."""

_CODE = Exported(withheld=frozenset({"sha256"}))

EXPORTED: Mapping[str, Exported] = MappingProxyType(
    {
        "admissions": Exported(),
        "appeals": Exported(owned=frozenset({"sentence"})),
        "activity_days": Exported(),
        "asks": Exported(),
        "attempts": Exported(documents=frozenset({"grade"})),
        "audit_log": Exported(),
        "cards": Exported(),
        "champion_plans": Exported(),
        "champions": Exported(),
        "daily_plans": Exported(documents=frozenset({"topics"})),
        "deletion_codes": _CODE,
        "exclusions": Exported(),
        "flags": Exported(owned=frozenset({"words"})),
        "held_texts": Exported(),
        "own_views": Exported(),
        "identities": Exported(),
        "interviews": Exported(documents=frozenset({"question_ids", "follow_ups"})),
        "learner_elos": Exported(),
        "learners": Exported(),
        "link_codes": _CODE,
        "link_tries": Exported(),
        "memberships": Exported(),
        "reminders": Exported(),
        "own_questions": Exported(documents=frozenset({"document"})),
        "study_plans": Exported(),
        "zone_moves": Exported(),
        "points": Exported(),
        "scored_attempts": Exported(),
        "notices": Exported(withheld=frozenset({"leased_until"}), documents=frozenset({"payload"})),
    }
)
"""Every table with a learner in it; a test fails when one is left out."""


class SqlRecords(Records):
    """Everything that is stored of one learner."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def export(self, learner_id: int) -> dict[str, list[dict[str, Any]]]:
        return {
            name: self._rows(table, learner_columns(table), EXPORTED[name], learner_id)
            for name, table in sorted(tables_of_learners(Base.metadata).items())
            if name in EXPORTED
        }

    @override
    def delete(self, learner_id: int) -> None:
        """Delete the learner; the database deletes with them what refers to them.

        What they suggested goes too, unless a host took it: then it is the community's.
        """
        suggested = OwnQuestionRow.author_id == learner_id, OwnQuestionRow.state.in_(NOT_TAKEN)
        self._session.execute(delete(OwnQuestionRow).where(*suggested))
        self._session.execute(delete(LearnerRow).where(LearnerRow.id == learner_id))
        self._session.expire_all()

    def _rows(
        self, table: Table, whose: tuple[Column[Any], ...], how: Exported, learner_id: int
    ) -> list[dict[str, Any]]:
        theirs = select(table).where(or_(*(column == learner_id for column in whose)))
        rows = self._session.execute(theirs.order_by(*table.primary_key.columns)).mappings()
        return [_row(row, whose, how, learner_id) for row in rows]


class SqlDeletionCodes(DeletionCodes):
    """The codes by which learners confirm that everything of theirs shall go."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def put(self, learner_id: int, digest: str, expires_at: datetime) -> None:
        row = DeletionCodeRow(learner_id=learner_id, sha256=digest, expires_at=expires_at)
        self._session.merge(row)
        self._session.flush()

    @override
    def take(self, learner_id: int, digest: str, at: datetime) -> bool:
        taken = self._session.scalar(
            delete(DeletionCodeRow)
            .where(
                DeletionCodeRow.learner_id == learner_id,
                DeletionCodeRow.sha256 == digest,
                DeletionCodeRow.expires_at > at,
            )
            .returning(DeletionCodeRow.learner_id)
        )
        return taken is not None


def tables_of_learners(metadata: MetaData) -> dict[str, Table]:
    """Return every table in which a learner stands, by name."""
    return {name: table for name, table in metadata.tables.items() if learner_columns(table)}


def learner_columns(table: Table) -> tuple[Column[Any], ...]:
    """Return the columns that hold a learner's id: by reference, by name, or as their own."""
    own = (table.c.id,) if table.name == LearnerRow.__tablename__ else ()
    others = (
        column
        for column in table.columns
        if column.name.endswith("learner_id")
        or any(key.column.table.name == LearnerRow.__tablename__ for key in column.foreign_keys)
    )
    return (*own, *others)


def _row(
    row: RowMapping, whose: tuple[Column[Any], ...], how: Exported, learner_id: int
) -> dict[str, Any]:
    ids = {column.name for column in whose}
    kept = {name: value for name, value in row.items() if name not in how.withheld}
    if row.get("learner_id") != learner_id:
        kept |= dict.fromkeys(how.owned)
    return {
        name: None
        if name in ids and value != learner_id
        else _plain(value, opened=name in how.documents)
        for name, value in kept.items()
    }


def _plain(value: Any, *, opened: bool) -> Any:
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    return json.loads(value) if opened and value is not None else value


MERGES = (forgotten(DeletionCodeRow.learner_id),)
