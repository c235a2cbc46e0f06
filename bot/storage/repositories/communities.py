"""Repositories of communities, their channels and the people in them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.communities.model import Channel, Community, Membership, Role, Visibility, merged
from bot.core.communities.ports import Channels, Communities, Memberships
from bot.storage.account_merge import Merge
from bot.storage.engine import utc
from bot.storage.locks import Subject, hold
from bot.storage.orm import ChannelRow, CommunityRow, MembershipRow
from bot.storage.repositories.board_filters import update_shown, update_shown_staff
from bot.storage.repositories.leaderboard import sum_seasons_anew


class SqlCommunities(Communities):
    """The servers and workspaces of all platforms."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, community_id: int) -> Community | None:
        row = self._session.get(CommunityRow, community_id)
        return None if row is None else _community(row)

    @override
    def find(self, platform: str, external_id: str) -> Community | None:
        row = self._row(platform, external_id)
        return None if row is None else _community(row)

    @override
    def register(self, platform: str, external_id: str, name: str, at: datetime) -> Community:
        row = self._row(platform, external_id)
        if row is None:
            hold(self._session, Subject.PLACE, platform, external_id)
            row = self._row(platform, external_id)
        if row is None:
            row = CommunityRow(platform=platform, external_id=external_id, name=name, created_at=at)
            self._session.add(row)
        _seen(row, name)
        self._session.flush()
        return _community(row)

    @override
    def update(self, community: Community) -> None:
        row = self._session.get(CommunityRow, community.id)
        if row is None:
            return
        seasons_move = row.seasons_start != community.seasons_start
        staff_moves = row.staff_ranked != community.staff_ranked
        self._session.execute(
            update(CommunityRow)
            .where(CommunityRow.id == community.id)
            .values(
                staff_ranked=community.staff_ranked,
                retention_days=community.retention_days,
                seasons_start=community.seasons_start,
                hosts_channel=community.hosts_channel,
            )
        )
        if seasons_move:
            sum_seasons_anew(self._session, community.id)
        if staff_moves:
            update_shown_staff(self._session, community.id)

    @override
    def with_hosts_channel(self, platforms: Collection[str]) -> tuple[Community, ...]:
        there = (
            CommunityRow.platform.in_(platforms),
            CommunityRow.hosts_channel != "",
            CommunityRow.left_at.is_(None),
        )
        rows = select(CommunityRow).where(*there).order_by(CommunityRow.id)
        return tuple(map(_community, self._session.scalars(rows)))

    @override
    def leave(self, community_id: int, at: datetime) -> None:
        self._session.execute(
            update(CommunityRow)
            .where(CommunityRow.id == community_id)
            .values(left_at=func.coalesce(CommunityRow.left_at, at))
        )

    def _row(self, platform: str, external_id: str) -> CommunityRow | None:
        named = (CommunityRow.platform == platform, CommunityRow.external_id == external_id)
        return self._session.scalar(select(CommunityRow).where(*named))


class SqlChannels(Channels):
    """The channels of communities."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, channel_id: int) -> Channel | None:
        row = self._session.get(ChannelRow, channel_id)
        return None if row is None else _channel(row)

    @override
    def find(self, community_id: int, external_id: str) -> Channel | None:
        row = self._row(community_id, external_id)
        return None if row is None else _channel(row)

    @override
    def register(self, community_id: int, external_id: str, name: str, at: datetime) -> Channel:
        row = self._row(community_id, external_id)
        if row is None:
            hold(self._session, Subject.PLACE, community_id, external_id)
            row = self._row(community_id, external_id)
        if row is None:
            row = ChannelRow(
                community_id=community_id, external_id=external_id, name=name, created_at=at
            )
            self._session.add(row)
        _seen(row, name)
        self._session.flush()
        return _channel(row)

    @override
    def leave(self, channel_id: int, at: datetime) -> None:
        self._session.execute(
            update(ChannelRow)
            .where(ChannelRow.id == channel_id)
            .values(left_at=func.coalesce(ChannelRow.left_at, at))
        )

    def _row(self, community_id: int, external_id: str) -> ChannelRow | None:
        named = (ChannelRow.community_id == community_id, ChannelRow.external_id == external_id)
        return self._session.scalar(select(ChannelRow).where(*named))


class SqlMemberships(Memberships):
    """Who belongs to which community, and what others may see of them there."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, community_id: int, learner_id: int) -> Membership | None:
        row = self._session.get(MembershipRow, (community_id, learner_id))
        return None if row is None else _membership(row)

    @override
    def of_learner(self, learner_id: int) -> tuple[Membership, ...]:
        theirs = select(MembershipRow).where(MembershipRow.learner_id == learner_id)
        rows = self._session.scalars(theirs.order_by(MembershipRow.community_id))
        return tuple(_membership(row) for row in rows)

    @override
    def staff(self, community_id: int) -> int | None:
        there = MembershipRow.community_id == community_id, MembershipRow.left_at.is_(None)
        found = select(MembershipRow.learner_id).where(
            *there, MembershipRow.role == Role.STAFF.value
        )
        return self._session.scalar(found.order_by(MembershipRow.joined_at).limit(1))

    @override
    def join(
        self, community_id: int, learner_id: int, display_name: str, role: Role | None, at: datetime
    ) -> Membership:
        row = self._session.get(MembershipRow, (community_id, learner_id))
        if row is None:
            row = MembershipRow(
                community_id=community_id,
                learner_id=learner_id,
                display_name=display_name,
                joined_at=at,
                role=Role.MEMBER.value,
                visibility=Visibility.UNASKED.value,
                shares_answers=False,
            )
            self._session.add(row)
        before = (row.role, row.left_at)
        row.display_name = display_name or row.display_name
        row.role = role.value if role else row.role
        row.left_at = None
        self._session.flush()
        if (row.role, row.left_at) != before:
            update_shown(self._session, community_id, learner_id)
        return _membership(row)

    @override
    def behind(
        self, place: tuple[int, int], most: int, platforms: Collection[str]
    ) -> tuple[Membership, ...]:
        key = tuple_(MembershipRow.community_id, MembershipRow.learner_id)
        served = (CommunityRow.platform.in_(platforms), CommunityRow.left_at.is_(None))
        following = (
            select(MembershipRow)
            .join(CommunityRow, CommunityRow.id == MembershipRow.community_id)
            .where(key > place, *served)
            .order_by(MembershipRow.community_id, MembershipRow.learner_id)
        )
        return tuple(map(_membership, self._session.scalars(following.limit(most))))

    @override
    def update(self, membership: Membership) -> None:
        self._session.execute(
            update(MembershipRow)
            .where(
                MembershipRow.community_id == membership.community_id,
                MembershipRow.learner_id == membership.learner_id,
            )
            .values(
                visibility=membership.visibility.value, shares_answers=membership.shares_answers
            )
        )
        update_shown(self._session, membership.community_id, membership.learner_id)

    @override
    def leave(self, community_id: int, learner_id: int, at: datetime) -> None:
        self._session.execute(
            update(MembershipRow)
            .where(
                MembershipRow.community_id == community_id,
                MembershipRow.learner_id == learner_id,
            )
            .values(left_at=func.coalesce(MembershipRow.left_at, at))
        )
        update_shown(self._session, community_id, learner_id)


def _seen(row: CommunityRow | ChannelRow, name: str) -> None:
    """Note that it is there, under the name that it has now."""
    row.name = name or row.name
    row.left_at = None


def _community(row: CommunityRow) -> Community:
    return Community(
        id=row.id,
        platform=row.platform,
        external_id=row.external_id,
        name=row.name,
        created_at=utc(row.created_at),
        left_at=None if row.left_at is None else utc(row.left_at),
        staff_ranked=row.staff_ranked,
        retention_days=row.retention_days,
        seasons_start=row.seasons_start,
        hosts_channel=row.hosts_channel,
    )


def _channel(row: ChannelRow) -> Channel:
    return Channel(
        id=row.id,
        community_id=row.community_id,
        external_id=row.external_id,
        name=row.name,
        created_at=utc(row.created_at),
        left_at=None if row.left_at is None else utc(row.left_at),
    )


def _membership(row: MembershipRow) -> Membership:
    return Membership(
        community_id=row.community_id,
        learner_id=row.learner_id,
        display_name=row.display_name,
        joined_at=utc(row.joined_at),
        left_at=None if row.left_at is None else utc(row.left_at),
        role=Role(row.role),
        visibility=Visibility(row.visibility),
        shares_answers=row.shares_answers,
    )


def _move_memberships(session: Session, gone_id: int, kept_id: int) -> None:
    """Give the memberships over; two of one community become one."""
    theirs = select(MembershipRow).where(MembershipRow.learner_id == gone_id)
    for row in session.scalars(theirs).all():
        kept = session.get(MembershipRow, (row.community_id, kept_id))
        if kept is None:
            row.learner_id = kept_id
        else:
            _overwrite(kept, merged(_membership(kept), _membership(row)))
            session.delete(row)
    session.flush()


def _overwrite(row: MembershipRow, membership: Membership) -> None:
    row.display_name = membership.display_name
    row.joined_at = membership.joined_at
    row.left_at = membership.left_at
    row.role = membership.role.value
    row.visibility = membership.visibility.value
    row.shares_answers = membership.shares_answers


MERGES = (Merge(MembershipRow.learner_id, _move_memberships),)
