"""The port of the audit log: what hosts did, kept as long as their community."""

from datetime import datetime
from typing import Protocol

from bot.core.audit import AuditEntry


class Audit(Protocol):
    """The acts of hosts; entries are added and never changed."""

    def add(
        self,
        community_id: int,
        actor_id: int,
        act: str,
        subject: str,
        at: datetime,
        detail: str = "",
        about_id: int | None = None,
    ) -> None:
        """Note what a host did; a detail is cut to MOST_DETAIL characters.

        `about_id` is the learner it was done to, if any: with their record the entry goes. So name
        a person by it and never in the subject.
        """
        ...

    def count(self, community_id: int) -> int:
        """Return how many acts are noted of a community."""
        ...

    def of_community(self, community_id: int, skip: int, most: int) -> tuple[AuditEntry, ...]:
        """Return acts of a community with the names of people there, the newest first."""
        ...
