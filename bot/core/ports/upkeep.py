"""Ports of upkeep: what has been kept for long enough goes, a batch after the other."""

from datetime import datetime
from typing import Protocol

from bot.core.retention import Batch


class Upkeep(Protocol):
    """What has been kept for long enough.

    Each call looks at the next `most` rows behind `after_id` and says where the one after it goes
    on. What went already is passed over, so that a call may be repeated.
    """

    def fade_answers(
        self, after_id: int, most: int, at: datetime, answer_days: int | None, left_before: datetime
    ) -> Batch:
        """Blank the texts of old answers and what their grades quote; scores and states stay.

        An answer is old after the days of the community where it was given, else after
        `answer_days`; where a community has set days, also when it left before `left_before`. An
        old answer without a grade goes whole: of it nothing would be left.
        """
        ...

    def drop_communities(self, after_id: int, most: int, left_before: datetime) -> Batch:
        """Delete communities that left, with all that belongs to them; learners keep theirs."""
        ...

    def drop_memberships(self, after_id: int, most: int, left_before: datetime) -> Batch:
        """Delete the memberships of people who left; `after_id` is a learner's."""
        ...

    def drop_notices(self, after_id: int, most: int, delivered_before: datetime) -> Batch:
        """Delete notices that were delivered long ago."""
        ...


class Leftovers(Protocol):
    """What lies beside the tables."""

    def clear(self, before: datetime, *, dry_run: bool) -> int:
        """Remove copies of the database from before this moment; return how many there are."""
        ...
