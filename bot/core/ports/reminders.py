"""The port of reminders: who wants them, and on which day they had the last one."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from bot.core.accounts.model import Learner


class Reminders(Protocol):
    """The reminders of learners."""

    def wanted(self, platforms: Collection[str]) -> tuple[Learner, ...]:
        """Return the learners who want reminders and have an account on one of the platforms."""
        ...

    def latest(self, learner_id: int) -> date | None:
        """Return the local day for which it was last decided whether to remind the learner."""
        ...

    def note(self, learner_id: int, day: date) -> None:
        """Note the day, in place of any earlier one."""
        ...
