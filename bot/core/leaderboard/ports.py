"""Ports of leaderboards: what answers earned, the sums, and who is not ranked."""

from datetime import datetime
from typing import NamedTuple, Protocol

from bot.core.leaderboard.model import BoardKey, OwnRank, Row, Scored
from bot.core.practice.model import Attempt


class Excerpt(NamedTuple):
    """Rows of a board in order, how many it has in all, and where the learner stands.

    `own` tells what they would have where they do not show; None without an answer that counts.
    """

    rows: tuple[Row, ...]
    of: int
    own: OwnRank | None


class Exclusion(NamedTuple):
    """Somebody whom a host took off the boards of a community."""

    learner_id: int
    name: str
    reason: str
    at: datetime


class Named(NamedTuple):
    """A learner by the name that a community knows."""

    learner_id: int
    name: str


class Points(Protocol):
    """What answers earned, and what that makes in each period; both always agree."""

    def add(self, scored: Scored) -> None:
        """Store what an answer earned."""
        ...

    def get(self, attempt_id: int) -> Scored | None:
        """Return what an answer earned, or None when it was not the first to its post."""
        ...

    def update(self, scored: Scored) -> None:
        """Store other points, or another reason for not being ranked."""
        ...

    def of_post(self, post_id: int, learner_id: int) -> Scored | None:
        """Return what the learner earned by a daily question, or None."""
        ...

    def first_attempt(self, post_id: int, learner_id: int) -> int | None:
        """Return the learner's earliest unassisted answer to a daily question, or None."""
        ...

    def earlier_answers(
        self, post_id: int, attempt: Attempt, lengths: tuple[int, int], most: int
    ) -> tuple[str, ...]:
        """Return texts of others' earlier answers to the post, of such lengths, newest first."""
        ...

    def latest(self, community_id: int, learner_id: int, most: int) -> tuple[Scored, ...]:
        """Return what the learner earned in a community, the newest first."""
        ...

    def count(self, community_id: int, learner_id: int) -> int:
        """Return how many answers of the learner earned something in a community."""
        ...

    def unranked(self, community_id: int, most: int) -> tuple[tuple[Scored, str], ...]:
        """Return the newest answers that are not ranked, with their authors' names."""
        ...


class Boards(Protocol):
    """Who stands where; bots, leavers, the hidden and the excluded stand nowhere."""

    def around(self, key: BoardKey, learner_id: int, top: int, around: int) -> Excerpt:
        """Return the top of a board and the rows around the learner's own."""
        ...

    def page(self, key: BoardKey, number: int, size: int, learner_id: int) -> Excerpt:
        """Return one page, counted from 1; beyond either end it is the page at that end."""
        ...


class Exclusions(Protocol):
    """Whom hosts took off the boards of their community."""

    def put(
        self, community_id: int, learner_id: int, by_id: int, reason: str, at: datetime
    ) -> None:
        """Take somebody off the boards, in place of an earlier exclusion."""
        ...

    def remove(self, community_id: int, learner_id: int) -> bool:
        """Let somebody back; return whether they were excluded."""
        ...

    def get(self, community_id: int, learner_id: int) -> Exclusion | None:
        """Return the exclusion, or None."""
        ...

    def of_community(self, community_id: int, most: int) -> tuple[Exclusion, ...]:
        """Return the newest exclusions."""
        ...

    def named(self, community_id: int, name: str, most: int) -> tuple[Named, ...]:
        """Return the members of this name; case does not matter."""
        ...
