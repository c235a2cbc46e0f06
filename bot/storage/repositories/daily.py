"""Repositories of the daily question: plans and posts."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.daily.plan import Discussion, Plan
from bot.core.daily.ports import OpenPost, Plans, Posts
from bot.core.daily.post import DailyPost, PostState, Thread
from bot.core.daily.schedule import Schedule
from bot.storage.account_merge import moved
from bot.storage.engine import utc
from bot.storage.orm import AskRow, AttemptRow, ChannelRow, CommunityRow, DailyPlanRow, DailyPostRow

_UNFINISHED = DailyPostRow.state.in_((PostState.PENDING, PostState.SENT))
_POSTED = DailyPostRow.state.in_((PostState.SENT, PostState.CLOSED))
_ANSWERED = exists().where(
    AttemptRow.ask_id == AskRow.id, AttemptRow.assisted.is_(False), AttemptRow.counts
)


def _coach_is_there(channel_id: Any) -> ColumnElement[bool]:
    return exists().where(
        ChannelRow.id == channel_id,
        ChannelRow.left_at.is_(None),
        CommunityRow.id == ChannelRow.community_id,
        CommunityRow.left_at.is_(None),
        CommunityRow.platform.in_(bindparam("platforms", expanding=True)),
    )


# What each poll of the daily loop asks for, made once: making it takes longer than asking.
_ACTIVE = (
    select(DailyPlanRow)
    .where(DailyPlanRow.paused.is_(False), _coach_is_there(DailyPlanRow.channel_id))
    .order_by(DailyPlanRow.channel_id)
)
_DAYS = select(DailyPostRow.channel_id, DailyPostRow.day).where(
    DailyPostRow.day >= bindparam("since", type_=DailyPostRow.day.type)
)
_OPEN = (
    select(DailyPostRow)
    .where(_UNFINISHED, _coach_is_there(DailyPostRow.channel_id))
    .order_by(DailyPostRow.id)
)
_PLACES = (
    select(ChannelRow.id, CommunityRow.platform, CommunityRow.external_id)
    .join(CommunityRow)
    .where(ChannelRow.id.in_(bindparam("channels", expanding=True)))
)
_COUNTS = (
    select(AskRow.post_id, func.count(AskRow.learner_id.distinct()))
    .where(AskRow.post_id.in_(bindparam("posts", expanding=True)), _ANSWERED)
    .group_by(AskRow.post_id)
)


class SqlPlans(Plans):
    """What the hosts of channels chose."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, channel_id: int) -> Plan | None:
        row = self._session.get(DailyPlanRow, channel_id)
        return None if row is None else _plan(row)

    @override
    def put(self, plan: Plan) -> None:
        values = asdict(plan) | _columns_of(plan.schedule)
        del values["schedule"]
        values["topics"] = json.dumps(plan.topics)
        values["discussion"] = plan.discussion.value
        self._session.merge(DailyPlanRow(**values))
        self._session.flush()

    @override
    def of_community(self, community_id: int) -> tuple[Plan, ...]:
        rows = select(DailyPlanRow).join(ChannelRow).where(ChannelRow.community_id == community_id)
        return tuple(map(_plan, self._session.scalars(rows.order_by(DailyPlanRow.channel_id))))

    @override
    def active(self, platforms: Collection[str]) -> tuple[Plan, ...]:
        rows = self._session.scalars(_ACTIVE, {"platforms": list(platforms)})
        return tuple(map(_plan, rows))


class SqlPosts(Posts):
    """The daily questions; one for each channel and local date."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, post: DailyPost) -> DailyPost | None:
        day = (DailyPostRow.channel_id == post.channel_id, DailyPostRow.day == post.day)
        if self._session.scalar(select(exists().where(*day))):
            return None
        values = _values_of(post)
        del values["id"]
        row = DailyPostRow(**values)
        self._session.add(row)
        self._session.flush()
        return _post(row)

    @override
    def get(self, post_id: int) -> DailyPost | None:
        row = self._session.get(DailyPostRow, post_id)
        return None if row is None else _post(row)

    @override
    def update(self, post: DailyPost) -> None:
        theirs = update(DailyPostRow).where(DailyPostRow.id == post.id)
        self._session.execute(theirs.values(**_values_of(post)))

    @override
    def latest(self, channel_id: int, states: tuple[PostState, ...]) -> DailyPost | None:
        rows = select(DailyPostRow).where(
            DailyPostRow.channel_id == channel_id, DailyPostRow.state.in_(states)
        )
        row = self._session.scalar(rows.order_by(DailyPostRow.day.desc()).limit(1))
        return None if row is None else _post(row)

    @override
    def in_thread(self, channel_id: int, thread: str) -> DailyPost | None:
        row = DailyPostRow
        below = or_(row.message_id == thread, row.discussion_id == thread)
        rows = select(row).where(row.channel_id == channel_id, below, literal(thread) != "")
        found = self._session.scalar(rows.order_by(row.day.desc()).limit(1))
        return None if found is None else _post(found)

    @override
    def latest_day(self, channel_id: int, until: date) -> date | None:
        days = (DailyPostRow.channel_id == channel_id, DailyPostRow.day <= until)
        return self._session.scalar(select(func.max(DailyPostRow.day)).where(*days))

    @override
    def recent_days(self, since: date) -> Mapping[int, frozenset[date]]:
        days = defaultdict(set)
        for channel_id, day in self._session.execute(_DAYS, {"since": since}):
            days[channel_id].add(day)
        return {channel_id: frozenset(found) for channel_id, found in days.items()}

    @override
    def forget_after(self, channel_id: int, day: date) -> None:
        nothing = DailyPostRow.state.in_((PostState.SKIPPED, PostState.FAILED))
        self._session.execute(
            delete(DailyPostRow).where(
                DailyPostRow.channel_id == channel_id, DailyPostRow.day > day, nothing
            )
        )

    @override
    def had(self, channel_id: int) -> Mapping[str, date]:
        found = select(DailyPostRow.question_id, func.max(DailyPostRow.day)).where(
            DailyPostRow.channel_id == channel_id,
            DailyPostRow.question_id.is_not(None),
            DailyPostRow.state != PostState.FAILED,
        )
        rows = self._session.execute(found.group_by(DailyPostRow.question_id))
        return {question_id: day for question_id, day in rows if question_id is not None}

    @override
    def unfinished(self, platforms: Collection[str]) -> tuple[OpenPost, ...]:
        rows = self._session.scalars(_OPEN, {"platforms": list(platforms)})
        posts = [_post(row) for row in rows]
        if not posts:
            return ()
        counts = self._session.execute(_COUNTS, {"posts": [post.id for post in posts]})
        answered: dict[int | None, int] = {row[0]: row[1] for row in counts}
        places = self._session.execute(_PLACES, {"channels": [post.channel_id for post in posts]})
        place = {row[0]: (row[1], row[2]) for row in places}
        return tuple(
            OpenPost(post, answered.get(post.id, 0), *place[post.channel_id]) for post in posts
        )

    @override
    def any_open(self, community_id: int, before: date, since: datetime) -> bool:
        theirs = (ChannelRow.community_id == community_id, ChannelRow.id == DailyPostRow.channel_id)
        late = (DailyPostRow.day < before, DailyPostRow.closes_at > since)
        return bool(self._session.scalar(select(exists().where(*theirs, *late, _UNFINISHED))))

    @override
    def answered(self, post_id: int) -> int:
        theirs = (AskRow.post_id == post_id, _ANSWERED)
        return (
            self._session.scalar(select(func.count(AskRow.learner_id.distinct())).where(*theirs))
            or 0
        )

    @override
    def days_with_question(self, community_ids: tuple[int, ...], since: date) -> frozenset[date]:
        days = (
            select(DailyPostRow.day)
            .join(ChannelRow)
            .where(ChannelRow.community_id.in_(community_ids), DailyPostRow.day >= since, _POSTED)
        )
        return frozenset(self._session.scalars(days.distinct()))


def _columns_of(schedule: Schedule) -> dict[str, Any]:
    return {
        "zone": schedule.zone,
        "at": f"{schedule.at:%H:%M}",
        "weekdays": "".join(map(str, sorted(schedule.weekdays))),
        "open_hours": schedule.open_hours,
        "paused": schedule.paused,
    }


def _values_of(post: DailyPost) -> dict[str, Any]:
    return asdict(post) | {"state": post.state.value, "thread": post.thread.value}


def _plan(row: DailyPlanRow) -> Plan:
    schedule = Schedule(
        row.zone,
        time.fromisoformat(row.at),
        frozenset(map(int, row.weekdays)),
        row.open_hours,
        row.paused,
    )
    return Plan(
        channel_id=row.channel_id,
        schedule=schedule,
        began_on=row.began_on,
        after=row.after,
        topics=tuple(json.loads(row.topics)),
        easiest=row.easiest,
        hardest=row.hardest,
        ping_role=row.ping_role,
        discussion=Discussion(row.discussion),
        host_learner_id=row.host_learner_id,
        failures=row.failures,
        pause_reason=row.pause_reason,
        bank_is_low=row.bank_is_low,
    )


def _post(row: DailyPostRow) -> DailyPost:
    return DailyPost(
        id=row.id,
        channel_id=row.channel_id,
        day=row.day,
        question_id=row.question_id,
        state=PostState(row.state),
        due_at=utc(row.due_at),
        send_by=utc(row.send_by),
        closes_at=utc(row.closes_at),
        weight=row.weight,
        late=row.late,
        thread=Thread(row.thread),
        private=row.private,
        discussion_id=row.discussion_id,
        message_id=row.message_id,
        shown=row.shown,
        shown_at=_maybe(row.shown_at),
        tries=row.tries,
        next_try_at=_maybe(row.next_try_at),
        reason=row.reason,
        claimed_by=row.claimed_by,
        claimed_until=_maybe(row.claimed_until),
    )


def _maybe(at: datetime | None) -> datetime | None:
    return None if at is None else utc(at)


MERGES = (moved(DailyPlanRow.host_learner_id),)
