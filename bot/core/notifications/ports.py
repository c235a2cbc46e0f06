"""Ports of notices: what learners should hear of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.notifications.model import Addressed, News, Notice, Portion


class Notices(Protocol):
    """The notices to learners."""

    def add(
        self, learner_id: int, news: News, at: datetime, community_id: int | None = None
    ) -> Notice:
        """Keep news until the learner has heard of them."""
        ...

    def waiting(self, learner_id: int, at: datetime, most: int) -> tuple[Notice, ...]:
        """Return what the learner has not heard and nobody is sending, the oldest first."""
        ...

    def communities_waiting(
        self, platform: str, at: datetime, since: datetime
    ) -> tuple[tuple[int, str], ...]:
        """Return whence come what `lease` could take: ids here, and as the platform has them."""
        ...

    def lease(
        self,
        platform: str,
        at: datetime,
        until: datetime,
        since: datetime,
        portion: Portion,
        without: Sequence[int] = (),
    ) -> tuple[Addressed, ...]:
        """Take what was created after `since`, can be sent by a platform and nobody is sending.

        The oldest of each community come first, each once, and so do those of each learner that
        come from none; nobody else can take them before `until`. What comes from the communities
        `without` which it is to be done is left to others.
        """
        ...

    def delivered(self, notice_ids: Sequence[int], at: datetime) -> None:
        """Note when notices reached their learner; an earlier time stays."""
        ...
