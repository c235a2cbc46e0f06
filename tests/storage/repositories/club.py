"""A club with members, posts and points in an open transaction, for tests of points and boards."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.core.calendar.periods import Period
from bot.core.communities.model import Community, Place, Role, Visibility
from bot.core.communities.presence import register_presence
from bot.core.leaderboard.model import BoardKey, OwnRank, Scored, Unranked, start_of_period
from bot.core.practice.model import Purpose
from bot.storage.orm import PointsRow, ScoredRow
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_post, a_user
from tests.core.leaderboard.oracle import SHOWN

TODAY = NOON.date()


@dataclass
class Club:
    """A community with two channels in an open transaction."""

    uow: SqlUnitOfWork
    guild: str = "guild"

    def __post_init__(self) -> None:
        self.channels = [self._here("host", name).channel_id or 0 for name in ("drift", "lime")]
        self.id = self._here("host", "drift").community_id or 0

    def _here(self, person: str, channel: str = "drift", role: Role | None = None) -> Any:
        place = Place(self.guild, channel, role=role)
        return register_presence(self.uow, a_user(person, display_name=person), place, NOON)

    def member(
        self, name: str, visibility: Visibility = Visibility.NAMED, role: Role | None = None
    ) -> int:
        here = self._here(name, role=role)
        self.uow.memberships.update(replace(here.membership, visibility=visibility))
        return int(here.learner.id)

    def post(self, day: date = TODAY, channel: int = 0) -> int:
        where = self.channels[channel]
        return a_post(self.uow, where, day).id

    def answer(self, learner: int, post_id: int, text: str = "words") -> Any:
        post = self.uow.posts.get(post_id)
        assert post is not None
        ask = self.uow.asks.add(
            learner,
            "a/b",
            NOON,
            purpose=Purpose.DAILY,
            community_id=self.id,
            channel_id=post.channel_id,
            post_id=post.id,
        )
        return self.uow.attempts.add(ask, text, NOON)

    def earn(
        self, learner: int, points: int, post_id: int, unranked: Unranked | None = None
    ) -> Scored:
        post = self.uow.posts.get(post_id)
        assert post is not None
        attempt = self.answer(learner, post_id)
        scored = Scored(
            attempt.id,
            learner,
            self.id,
            post.channel_id,
            post.id,
            post.day,
            1.0,
            points,
            unranked,
        )
        self.uow.points.add(scored)
        return scored

    def key(self, period: Period = Period.MONTH, channel: int | None = None) -> BoardKey:
        where = None if channel is None else self.channels[channel]
        return BoardKey(self.id, where, period, start_of_period(TODAY, period))

    def board(self, key: BoardKey | None = None) -> list[tuple[int, int, int]]:
        excerpt = self.uow.boards.page(key or self.key(), 1, 100, 0)
        return [(row.rank, row.learner_id, row.points) for row in excerpt.rows]

    def own(self, learner: int) -> OwnRank | None:
        return self.uow.boards.around(self.key(), learner, 3, 3).own

    def sums(self) -> Counter[tuple[object, ...]]:
        rows = self.uow._session.execute(select(*PointsRow.__table__.columns)).all()
        assert all(row.answers > 0 for row in rows)
        sums: Counter[tuple[object, ...]] = Counter()
        for *key, points, answers, _shown in rows:
            sums[(*key, "points")], sums[(*key, "answers")] = points, answers
        return sums

    def shown(self) -> dict[int, set[bool]]:
        rows = self.uow._session.execute(select(PointsRow.learner_id, PointsRow.shown))
        shown: dict[int, set[bool]] = {}
        for learner, shows in rows:
            shown.setdefault(learner, set()).add(shows)
        return shown

    def shows(self, learner: int) -> bool:
        community, member = self.community, self.uow.memberships.get(self.id, learner)
        if member is None or self.uow.exclusions.get(self.id, learner):
            return False
        ranked = {Role.MEMBER: True, Role.STAFF: community.staff_ranked, Role.BOT: False}
        return member.left_at is None and member.visibility in SHOWN and ranked[member.role]

    @property
    def community(self) -> Community:
        community = self.uow.communities.get(self.id)
        assert community is not None
        return community

    def recomputed(self) -> Counter[tuple[object, ...]]:
        sums: Counter[tuple[object, ...]] = Counter()
        for row in self.uow._session.execute(select(*ScoredRow.__table__.columns)).all():
            if row.unranked:
                continue
            for period in Period:
                start = start_of_period(row.day, period, self.community.seasons_start)
                for channel in (0, row.channel_id):
                    key = (row.community_id, channel, period.value, start, row.learner_id)
                    sums[(*key, "points")] += row.points
                    sums[(*key, "answers")] += 1
        return sums
