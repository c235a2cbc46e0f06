"""Ports of people: who they are and by which accounts platforms know them."""

from datetime import datetime
from typing import Protocol

from bot.core.learner import Learner, PlatformUser


class Learners(Protocol):
    """The people and the accounts that lead to them."""

    def find(self, user: PlatformUser) -> Learner | None:
        """Return the learner behind this account, or None."""
        ...

    def register(self, user: PlatformUser, at: datetime) -> Learner:
        """Return the learner behind this account, created on the first call."""
        ...
