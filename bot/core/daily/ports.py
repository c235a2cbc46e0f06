"""Ports of the daily question: plans, posts, and who was let into discussions."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple, Protocol

from bot.core.daily.plan import Plan
from bot.core.daily.post import DailyPost, PostState
from bot.core.daily.retries import Admitted, Candidate


class OpenPost(NamedTuple):
    """A post with something left to do, how many learners have answered it, and where it is.

    `community` is the id that its platform has for it.
    """

    post: DailyPost
    answered: int
    platform: str
    community: str


class Plans(Protocol):
    """What the hosts of channels chose."""

    def get(self, channel_id: int) -> Plan | None:
        """Return the plan of a channel, or None."""
        ...

    def put(self, plan: Plan) -> None:
        """Store the plan in place of the channel's earlier one."""
        ...

    def of_community(self, community_id: int) -> tuple[Plan, ...]:
        """Return the plans of a community's channels, by channel."""
        ...

    def active(self, platforms: Collection[str]) -> tuple[Plan, ...]:
        """Return the plans on these platforms that are not paused, where the coach still is."""
        ...


class Posts(Protocol):
    """The daily questions; one for each channel and local date."""

    def add(self, post: DailyPost) -> DailyPost | None:
        """Record a day and return it with its id; None when the channel has that day already."""
        ...

    def get(self, post_id: int) -> DailyPost | None:
        """Return the post, or None when it is gone."""
        ...

    def update(self, post: DailyPost) -> None:
        """Store what has become of the post."""
        ...

    def latest(self, channel_id: int, states: tuple[PostState, ...]) -> DailyPost | None:
        """Return the channel's newest post in one of the states, or None."""
        ...

    def in_thread(self, channel_id: int, thread: str) -> DailyPost | None:
        """Return the channel's post below which a thread stands, by the thread's name or None.

        A thread goes by the id of the message that it stands below, a private one by its own.
        """
        ...

    def latest_day(self, channel_id: int, until: date) -> date | None:
        """Return the channel's last day with a record, `until` at most."""
        ...

    def recent_days(self, since: date) -> Mapping[int, frozenset[date]]:
        """Return the days with a record from a date on, by channel."""
        ...

    def forget_after(self, channel_id: int, day: date) -> None:
        """Delete records of later days that came to nothing: a clock had run ahead."""
        ...

    def had(self, channel_id: int) -> Mapping[str, date]:
        """Return when the channel last had each question, by question id."""
        ...

    def unfinished(self, platforms: Collection[str]) -> tuple[OpenPost, ...]:
        """Return the pending and sent posts on these platforms, where the coach still is.

        The oldest come first.
        """
        ...

    def any_open(self, community_id: int, before: date, since: datetime) -> bool:
        """Return whether a question of a day before this one still has to close.

        What should have closed by the moment `since` is waited for no more.
        """
        ...

    def answered(self, post_id: int) -> int:
        """Return how many learners have answered the post."""
        ...

    def days_with_question(self, community_ids: tuple[int, ...], since: date) -> frozenset[date]:
        """Return the dates from one on, on which any channel of the communities had a question."""
        ...


class Admissions(Protocol):
    """Who was let into private discussions, and who waits for it."""

    def awaited(self, post_ids: Collection[int], now: datetime) -> frozenset[int]:
        """Return those of the posts into whose discussion somebody is to be let now."""
        ...

    def waiting(self, post_id: int, now: datetime, most: int) -> tuple[Candidate, ...]:
        """Return who has answered the post and is to be let in now, at most so many."""
        ...

    def put(self, post_id: int, learner_id: int, admitted: Admitted) -> None:
        """Note how it went; nothing is noted of a post or a learner who has gone meanwhile."""
        ...
