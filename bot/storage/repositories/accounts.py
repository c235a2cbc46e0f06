"""Repositories of people and their accounts."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.accounts.model import Learner, LearnerSettings, PlatformUser
from bot.core.accounts.ports import Learners, LinkCodes
from bot.storage.account_merge import Merge, forgotten, moved
from bot.storage.engine import utc
from bot.storage.locks import Subject, hold
from bot.storage.orm import IdentityRow, LearnerRow, LinkCodeRow, LinkTryRow


class SqlLearners(Learners):
    """The people and the accounts that lead to them."""

    def __init__(self, session: Session, merges: Sequence[Merge]) -> None:
        self._session = session
        self._merges = merges

    @override
    def get(self, learner_id: int) -> Learner | None:
        row = self._session.get(LearnerRow, learner_id)
        return None if row is None else learner_of(row)

    @override
    def find(self, user: PlatformUser) -> Learner | None:
        row = self._row(user)
        return None if row is None else learner_of(row)

    @override
    def accounts(self, learner_id: int, platform: str, community: str) -> tuple[str, ...]:
        theirs = select(IdentityRow.external_id).where(
            IdentityRow.learner_id == learner_id,
            IdentityRow.platform == platform,
            IdentityRow.team.in_(("", community)),
        )
        return tuple(self._session.scalars(theirs.order_by(IdentityRow.id)))

    @override
    def register(self, user: PlatformUser, at: datetime) -> Learner:
        row = self._row(user)
        if row is None:
            # Nobody can register between this look and the insert.
            hold(self._session, Subject.ACCOUNT, user.platform, user.team, user.external_id)
            row = self._row(user) or self._create(user, at)
        if user.display_name and row.display_name != user.display_name:
            row.display_name = user.display_name
            self._session.flush()
        return learner_of(row)

    @override
    def set_settings(self, learner_id: int, settings: LearnerSettings) -> None:
        theirs = update(LearnerRow).where(LearnerRow.id == learner_id)
        self._session.execute(theirs.values(**asdict(settings)))

    @override
    def merge(self, gone_id: int, kept_id: int) -> None:
        gone = self._session.get_one(LearnerRow, gone_id)
        kept = self._session.get_one(LearnerRow, kept_id)
        kept.joined_at = min(utc(kept.joined_at), utc(gone.joined_at))
        kept.zone = kept.zone or gone.zone
        self._session.flush()
        for merge in self._merges:
            merge.rule(self._session, gone_id, kept_id)
        self._session.execute(delete(LearnerRow).where(LearnerRow.id == gone_id))
        # What was read before belongs to nobody any more.
        self._session.expire_all()

    def _row(self, user: PlatformUser) -> LearnerRow | None:
        row = self._session.scalar(
            select(LearnerRow)
            .join(IdentityRow, IdentityRow.learner_id == LearnerRow.id)
            .where(
                IdentityRow.platform == user.platform,
                IdentityRow.team == user.team,
                IdentityRow.external_id == user.external_id,
            )
        )
        if row is not None and hold(self._session, Subject.LEARNER, row.id):
            self._session.refresh(row)
        return row

    def _create(self, user: PlatformUser, at: datetime) -> LearnerRow:
        row = LearnerRow(display_name=user.display_name, joined_at=at)
        self._session.add(row)
        self._session.flush()
        identity = IdentityRow(
            learner_id=row.id,
            platform=user.platform,
            team=user.team,
            external_id=user.external_id,
        )
        self._session.add(identity)
        self._session.flush()
        return row


class SqlLinkCodes(LinkCodes):
    """The one-time codes by which accounts join a learner, and the wrong ones that were entered."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def put(self, learner_id: int, digest: str, expires_at: datetime) -> None:
        self._session.merge(
            LinkCodeRow(learner_id=learner_id, sha256=digest, expires_at=expires_at)
        )
        self._session.flush()

    @override
    def take(self, digest: str, at: datetime) -> int | None:
        return self._session.scalar(
            delete(LinkCodeRow)
            .where(LinkCodeRow.sha256 == digest, LinkCodeRow.expires_at > at)
            .returning(LinkCodeRow.learner_id)
        )

    @override
    def add_try(self, learner_id: int, at: datetime) -> None:
        old = LinkTryRow.tried_at < at - timedelta(days=1)
        self._session.execute(delete(LinkTryRow).where(LinkTryRow.learner_id == learner_id, old))
        self._session.add(LinkTryRow(learner_id=learner_id, tried_at=at))
        self._session.flush()

    @override
    def tries(self, learner_id: int, since: datetime) -> tuple[datetime, ...]:
        theirs = (LinkTryRow.learner_id == learner_id, LinkTryRow.tried_at > since)
        query = select(LinkTryRow.tried_at).where(*theirs).order_by(LinkTryRow.tried_at)
        return tuple(self._session.scalars(query))


def learner_of(row: LearnerRow) -> Learner:
    """Return the learner of a row."""
    chosen = {each.name: getattr(row, each.name) for each in fields(LearnerSettings)}
    return Learner(row.id, row.display_name, utc(row.joined_at), LearnerSettings(**chosen))


MERGES = (
    moved(IdentityRow.learner_id),
    forgotten(LinkCodeRow.learner_id),
    moved(LinkTryRow.learner_id),
)
