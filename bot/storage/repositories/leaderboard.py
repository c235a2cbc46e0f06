"""The repository of points: what answers earned and the sums, which change together."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.orm import Session, aliased
from typing_extensions import override

from bot.core.calendar.periods import Period
from bot.core.leaderboard.model import Scored, Unranked, start_of_period
from bot.core.leaderboard.ports import Points
from bot.core.practice.model import Attempt
from bot.storage.account_merge import Merge
from bot.storage.orm import AskRow, AttemptRow, CommunityRow, MembershipRow, PointsRow, ScoredRow
from bot.storage.orm.compact import DayNumber, PeriodNumber
from bot.storage.repositories.board_filters import SHOWN

WHOLE_COMMUNITY = 0
"""Stands in `points.channel_id` for all channels; ids of channels begin at 1."""

_PERIOD = bindparam("period", type_=PeriodNumber())
_START = bindparam("start", type_=DayNumber())
_ADD = text(
    "INSERT INTO points "  # noqa: S608 made of constants
    "(community_id, channel_id, period, start, learner_id, points, answers, shown) VALUES "
    f"(:community_id, :channel_id, :period, :start, :learner_id, :points, :answers, {SHOWN}) "
    "ON CONFLICT (learner_id, community_id, channel_id, period, start) DO UPDATE SET "
    "points = points.points + excluded.points, answers = points.answers + excluded.answers"
).bindparams(_PERIOD, _START)
_CHANGE = text(
    "UPDATE points SET points = points + :points, answers = answers + :answers "
    "WHERE community_id = :community_id AND channel_id = :channel_id AND period = :period "
    "AND start = :start AND learner_id = :learner_id"
).bindparams(_PERIOD, _START)
_DROP = text(
    "DELETE FROM points WHERE community_id = :community_id AND channel_id = :channel_id "
    "AND period = :period AND start = :start AND learner_id = :learner_id AND answers = 0"
).bindparams(_PERIOD, _START)


class SqlPoints(Points):
    """What answers earned, and what that makes in each period."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, scored: Scored) -> None:
        self._session.add(
            ScoredRow(
                attempt_id=scored.attempt_id,
                learner_id=scored.learner_id,
                community_id=scored.community_id,
                channel_id=scored.channel_id,
                post_id=scored.post_id,
                day=scored.day,
                weight=scored.weight,
                points=scored.points,
                unranked=scored.unranked or "",
            )
        )
        self._session.flush()
        if scored.unranked is None:
            _sum(self._session, scored, scored.points, 1)

    @override
    def get(self, attempt_id: int) -> Scored | None:
        row = self._session.get(ScoredRow, attempt_id)
        return None if row is None else _scored(row)

    @override
    def update(self, scored: Scored) -> None:
        row = self._session.get_one(ScoredRow, scored.attempt_id)
        before = _scored(row)
        row.points, row.unranked = scored.points, scored.unranked or ""
        self._session.flush()
        counted, counts = before.unranked is None, scored.unranked is None
        points = scored.points * counts - before.points * counted
        _sum(self._session, before, points, counts - counted)

    @override
    def of_post(self, post_id: int, learner_id: int) -> Scored | None:
        theirs = (ScoredRow.post_id == post_id, ScoredRow.learner_id == learner_id)
        row = self._session.scalar(select(ScoredRow).where(*theirs))
        return None if row is None else _scored(row)

    @override
    def first_attempt(self, post_id: int, learner_id: int) -> int | None:
        return self._session.scalar(
            select(func.min(AttemptRow.id))
            .join(AskRow, AskRow.id == AttemptRow.ask_id)
            .where(
                AskRow.post_id == post_id,
                AttemptRow.learner_id == learner_id,
                AttemptRow.assisted.is_(False),
                AttemptRow.counts,
            )
        )

    @override
    def earlier_answers(
        self, post_id: int, attempt: Attempt, lengths: tuple[int, int], most: int
    ) -> tuple[str, ...]:
        texts = (
            select(AttemptRow.answer)
            .join(AskRow, AskRow.id == AttemptRow.ask_id)
            .where(
                AskRow.post_id == post_id,
                AttemptRow.id < attempt.id,
                AttemptRow.learner_id != attempt.learner_id,
                AttemptRow.answer != "",
                func.length(AttemptRow.answer).between(*lengths),
            )
        )
        return tuple(self._session.scalars(texts.order_by(AttemptRow.id.desc()).limit(most)))

    @override
    def latest(self, community_id: int, learner_id: int, most: int) -> tuple[Scored, ...]:
        theirs = (ScoredRow.community_id == community_id, ScoredRow.learner_id == learner_id)
        newest = select(ScoredRow).where(*theirs).order_by(ScoredRow.attempt_id.desc()).limit(most)
        return tuple(map(_scored, self._session.scalars(newest)))

    @override
    def count(self, community_id: int, learner_id: int) -> int:
        theirs = (ScoredRow.community_id == community_id, ScoredRow.learner_id == learner_id)
        return self._session.scalar(select(func.count()).select_from(ScoredRow).where(*theirs)) or 0

    @override
    def unranked(self, community_id: int, most: int) -> tuple[tuple[Scored, str], ...]:
        member = aliased(MembershipRow)
        newest = (
            select(ScoredRow, member.display_name)
            .outerjoin(
                member,
                (member.community_id == ScoredRow.community_id)
                & (member.learner_id == ScoredRow.learner_id),
            )
            .where(ScoredRow.community_id == community_id, ScoredRow.unranked != "")
            .order_by(ScoredRow.attempt_id.desc())
        )
        found = self._session.execute(newest.limit(most))
        return tuple((_scored(row), name or "") for row, name in found)


def sum_seasons_anew(session: Session, community_id: int) -> None:
    """Sum the seasons of a community anew, after they begin on other days."""
    theirs = (PointsRow.community_id == community_id, PointsRow.period == Period.SEASON.value)
    session.execute(delete(PointsRow).where(*theirs))
    for row in session.scalars(select(ScoredRow).where(ScoredRow.community_id == community_id)):
        scored = _scored(row)
        if scored.unranked is None:
            _sum(session, scored, scored.points, 1, (Period.SEASON,))


def _sum(
    session: Session,
    scored: Scored,
    points: int,
    answers: int,
    periods: Iterable[Period] = tuple(Period),
) -> None:
    """Add to the sums of every period and place that the answer belongs to."""
    if not points and not answers:
        return
    seasons = session.get_one(CommunityRow, scored.community_id).seasons_start
    keys = [
        {
            "community_id": scored.community_id,
            "channel_id": channel_id,
            "period": period.value,
            "start": start_of_period(scored.day, period, seasons),
            "learner_id": scored.learner_id,
        }
        for period in periods
        for channel_id in (WHOLE_COMMUNITY, scored.channel_id)
    ]
    change = [key | {"points": points, "answers": answers} for key in keys]
    session.execute(_ADD if answers > 0 else _CHANGE, change)
    if answers < 0:
        session.execute(_DROP, keys)


def _scored(row: ScoredRow) -> Scored:
    return Scored(
        attempt_id=row.attempt_id,
        learner_id=row.learner_id,
        community_id=row.community_id,
        channel_id=row.channel_id,
        post_id=row.post_id,
        day=row.day,
        weight=row.weight,
        points=row.points,
        unranked=Unranked(row.unranked) if row.unranked else None,
    )


def _move_scored(session: Session, gone_id: int, kept_id: int) -> None:
    """Give over what was earned; of two answers to one post the earlier one counts, as always."""
    ids = (gone_id, kept_id)
    session.execute(delete(PointsRow).where(PointsRow.learner_id.in_(ids)))
    rows = session.scalars(
        select(ScoredRow).where(ScoredRow.learner_id.in_(ids)).order_by(ScoredRow.attempt_id)
    ).all()
    earliest: dict[int, ScoredRow] = {}
    for row in rows:
        if earliest.setdefault(row.post_id, row) is not row:
            session.delete(row)
    session.flush()
    for row in earliest.values():
        row.learner_id = kept_id
    session.flush()
    for row in earliest.values():
        if not row.unranked:
            _sum(session, _scored(row), row.points, 1)


def _summed_anew(_session: Session, _gone_id: int, _kept_id: int) -> None:
    """Leave the sums alone: they were made anew with what was earned, and shown as is right now.

    By then memberships and exclusions are merged: their rules come before.
    """


MERGES = (
    Merge(ScoredRow.learner_id, _move_scored),
    Merge(PointsRow.learner_id, _summed_anew),
)
