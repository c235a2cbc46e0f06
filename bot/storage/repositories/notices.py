"""The repository of notices."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.accounts.model import PlatformUser
from bot.core.errors import StorageError
from bot.core.notifications.model import Addressed, News, Notice, Portion
from bot.core.notifications.ports import Notices
from bot.storage.account_merge import moved
from bot.storage.engine import place_of, utc
from bot.storage.orm import CommunityRow, IdentityRow, NoticeRow

_NEWS: TypeAdapter[News] = TypeAdapter(News)


class SqlNotices(Notices):
    """The notices to learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(
        self, learner_id: int, news: News, at: datetime, community_id: int | None = None
    ) -> Notice:
        row = NoticeRow(
            learner_id=learner_id,
            community_id=community_id,
            kind=news.kind,
            payload=news.model_dump_json(),
            created_at=at,
        )
        self._session.add(row)
        self._session.flush()
        return self._notice(row)

    @override
    def waiting(self, learner_id: int, at: datetime, most: int) -> tuple[Notice, ...]:
        theirs = select(NoticeRow).where(NoticeRow.learner_id == learner_id, _free(at))
        rows = self._session.scalars(theirs.order_by(NoticeRow.id).limit(most))
        return tuple(self._notice(row) for row in rows)

    @override
    def communities_waiting(
        self, platform: str, at: datetime, since: datetime
    ) -> tuple[tuple[int, str], ...]:
        found = (
            select(CommunityRow.id, CommunityRow.external_id)
            .join(NoticeRow, NoticeRow.community_id == CommunityRow.id)
            .where(CommunityRow.platform == platform)
            .where(_free(at), NoticeRow.created_at > since)
            .distinct()
        )
        return tuple((row.id, row.external_id) for row in self._session.execute(found))

    @override
    def lease(
        self,
        platform: str,
        at: datetime,
        until: datetime,
        since: datetime,
        portion: Portion,
        without: Sequence[int] = (),
    ) -> tuple[Addressed, ...]:
        whose = func.coalesce(NoticeRow.community_id, -NoticeRow.learner_id)
        place_in_line = func.row_number().over(partition_by=whose, order_by=NoticeRow.id)
        first = (
            select(NoticeRow.id, place_in_line.label("number"))
            .outerjoin(CommunityRow, CommunityRow.id == NoticeRow.community_id)
            .where(_first_account(platform).is_not(None))
            .where(_free(at), NoticeRow.created_at > since)
            .where(func.coalesce(NoticeRow.community_id, 0).not_in(without))
            .subquery()
        )
        rows = self._session.execute(
            select(NoticeRow, IdentityRow, CommunityRow.external_id, CommunityRow.hosts_channel)
            .outerjoin(CommunityRow, CommunityRow.id == NoticeRow.community_id)
            .join(IdentityRow, IdentityRow.id == _first_account(platform))
            .join(first, first.c.id == NoticeRow.id)
            .where(first.c.number <= portion.of_a_community)
            .order_by(first.c.number, NoticeRow.id)
            .limit(portion.most)
        ).all()
        ids = [row.id for row, *_ in rows]
        taken = update(NoticeRow).where(NoticeRow.id.in_(ids)).values(leased_until=until)
        self._session.execute(taken)
        return tuple(
            Addressed(
                self._notice(row),
                PlatformUser(account.platform, account.external_id, account.team),
                community or "",
                hosts_channel or "",
            )
            for row, account, community, hosts_channel in rows
        )

    @override
    def delivered(self, notice_ids: Sequence[int], at: datetime) -> None:
        theirs = (NoticeRow.id.in_(notice_ids), NoticeRow.delivered_at.is_(None))
        self._session.execute(update(NoticeRow).where(*theirs).values(delivered_at=at))

    def _notice(self, row: NoticeRow) -> Notice:
        return Notice(
            id=row.id,
            learner_id=row.learner_id,
            news=self._news(row),
            created_at=utc(row.created_at),
            community_id=row.community_id,
            delivered_at=None if row.delivered_at is None else utc(row.delivered_at),
        )

    def _news(self, row: NoticeRow) -> News:
        try:
            return _NEWS.validate_json(row.payload)
        except ValidationError as error:
            reason = f"the notice {row.id} cannot be read by this version"
            raise StorageError(place_of(self._session.get_bind().engine.url), reason) from error


def _free(at: datetime) -> ColumnElement[bool]:
    """Whether a notice has not been delivered and nobody is sending it."""
    unsent = or_(NoticeRow.leased_until.is_(None), NoticeRow.leased_until <= at)
    return and_(NoticeRow.delivered_at.is_(None), unsent)


def _first_account(platform: str) -> ScalarSelect[int]:
    """Return the learner's first account on a platform that is known where the news come from."""
    in_team = or_(IdentityRow.team == "", IdentityRow.team == CommunityRow.external_id)
    there = and_(CommunityRow.platform == platform, in_team)
    return (
        select(func.min(IdentityRow.id))
        .where(
            IdentityRow.learner_id == NoticeRow.learner_id,
            IdentityRow.platform == platform,
            or_(CommunityRow.id.is_(None), there),
        )
        .correlate(NoticeRow, CommunityRow)
        .scalar_subquery()
    )


MERGES = (moved(NoticeRow.learner_id),)
