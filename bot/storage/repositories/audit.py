"""The repository of the audit log."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased
from typing_extensions import override

from bot.core.communities.model import MOST_DETAIL, AuditEntry
from bot.core.communities.ports import Audit
from bot.storage.account_merge import moved
from bot.storage.engine import utc
from bot.storage.orm import AuditRow, MembershipRow
from grading.text import storable


class SqlAudit(Audit):
    """The acts of hosts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(
        self,
        community_id: int,
        actor_id: int,
        act: str,
        subject: str,
        at: datetime,
        detail: str = "",
        about_id: int | None = None,
    ) -> None:
        row = AuditRow(
            community_id=community_id,
            actor_learner_id=actor_id,
            about_learner_id=about_id,
            act=act,
            subject=subject,
            detail=storable(detail)[:MOST_DETAIL],
            at=at,
        )
        self._session.add(row)
        self._session.flush()

    @override
    def count(self, community_id: int) -> int:
        theirs = AuditRow.community_id == community_id
        return self._session.scalar(select(func.count()).select_from(AuditRow).where(theirs)) or 0

    @override
    def of_community(self, community_id: int, skip: int, most: int) -> tuple[AuditEntry, ...]:
        actor, about = aliased(MembershipRow), aliased(MembershipRow)
        entries = (
            select(AuditRow, actor.display_name, about.display_name)
            .outerjoin(actor, _member(actor, AuditRow.actor_learner_id))
            .outerjoin(about, _member(about, AuditRow.about_learner_id))
            .where(AuditRow.community_id == community_id)
            .order_by(AuditRow.id.desc())
        )
        found = self._session.execute(entries.offset(skip).limit(most))
        return tuple(_entry(row, host, person) for row, host, person in found)


def _member(member: type[MembershipRow], learner_id: object) -> ColumnElement[bool]:
    return and_(member.community_id == AuditRow.community_id, member.learner_id == learner_id)


def _entry(row: AuditRow, actor: str | None, about: str | None) -> AuditEntry:
    return AuditEntry(
        id=row.id,
        community_id=row.community_id,
        act=row.act,
        subject=row.subject,
        at=utc(row.at),
        detail=row.detail,
        actor_id=row.actor_learner_id,
        actor=actor or "",
        about_id=row.about_learner_id,
        about=about or "",
    )


MERGES = (moved(AuditRow.actor_learner_id), moved(AuditRow.about_learner_id))
