"""Ports of people: who they are, by which accounts platforms know them, how those link."""

from datetime import datetime
from typing import Protocol

from bot.core.accounts.model import Learner, LearnerSettings, PlatformUser


class Learners(Protocol):
    """The people and the accounts that lead to them."""

    def get(self, learner_id: int) -> Learner | None:
        """Return the learner, or None when they are gone."""
        ...

    def find(self, user: PlatformUser) -> Learner | None:
        """Return the learner behind this account, or None."""
        ...

    def accounts(self, learner_id: int, platform: str, community: str) -> tuple[str, ...]:
        """Return the ids by which a platform knows the learner in one of its communities."""
        ...

    def register(self, user: PlatformUser, at: datetime) -> Learner:
        """Return the learner behind this account, created on the first call."""
        ...

    def set_settings(self, learner_id: int, settings: LearnerSettings) -> None:
        """Store what the learner chose."""
        ...

    def merge(self, gone_id: int, kept_id: int) -> None:
        """Give everything of one learner to another, who alone is left.

        The kept learner's settings stay, but for a zone that only the other one chose.
        """
        ...


class LinkCodes(Protocol):
    """The one-time codes by which accounts join a learner, and the wrong ones that were entered."""

    def put(self, learner_id: int, digest: str, expires_at: datetime) -> None:
        """Keep a code of this learner in place of any earlier one."""
        ...

    def take(self, digest: str, at: datetime) -> int | None:
        """Use up a code that is valid at this time; return whose it is, or None."""
        ...

    def add_try(self, learner_id: int, at: datetime) -> None:
        """Record that the learner entered a wrong code, and forget tries of a day ago."""
        ...

    def tries(self, learner_id: int, since: datetime) -> tuple[datetime, ...]:
        """Return when the learner entered wrong codes after a moment, the earliest first."""
        ...
