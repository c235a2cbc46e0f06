"""The port of admissions: who was let into the discussion of a daily question."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.core.admission import Admitted, Candidate


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
