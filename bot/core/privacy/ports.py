"""Ports of what is known of a person as a whole: handed out, deleted, let age."""

from datetime import datetime
from typing import Any, Protocol

from bot.core.accounts.model import PlatformUser
from bot.core.privacy.model import Batch


class Records(Protocol):
    """Everything that is stored of one learner."""

    def export(self, learner_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the learner's rows of every table, ready for JSON.

        Secrets are left out, and in place of another learner's id stands None.
        """
        ...

    def delete(self, learner_id: int) -> None:
        """Delete the learner and everything that belongs to them."""
        ...


class Deletions(Protocol):
    """The ledger of deletions, by which nobody comes back with an older copy of the database."""

    def note(self, learner_id: int, at: datetime) -> None:
        """Note that the person behind the learner's accounts is deleted at this moment."""
        ...


class DeletionCodes(Protocol):
    """The codes by which learners confirm that everything of theirs shall go."""

    def put(self, learner_id: int, digest: str, expires_at: datetime) -> None:
        """Keep a code of this learner in place of any earlier one."""
        ...

    def take(self, learner_id: int, digest: str, at: datetime) -> bool:
        """Use up the learner's own code; return whether it was that one and still valid."""
        ...


class Traces(Protocol):
    """What a person left outside of the tables."""

    def erase(self, user: PlatformUser) -> None:
        """Remove it, and what the database file still holds of deleted rows."""
        ...


class Upkeep(Protocol):
    """What has been kept for long enough.

    Each call lets go of `most` rows at most behind `after_id` and says where the one after it goes
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

    def empty_communities(self, most: int, left_before: datetime) -> int:
        """Take some rows, `most` of a table, out of communities that left; return how many.

        With none left, such a community is deleted in a moment, however large it was.
        """
        ...

    def drop_communities(self, after_id: int, most: int, left_before: datetime) -> Batch:
        """Delete communities that left, with all that belongs to them; learners keep theirs."""
        ...

    def drop_memberships(self, after_id: int, most: int, left_before: datetime) -> Batch:
        """Delete memberships of people who left, with their points; `after_id` is a learner's."""
        ...

    def drop_notices(self, after_id: int, most: int, delivered_before: datetime) -> Batch:
        """Delete notices that were delivered long ago."""
        ...


class Leftovers(Protocol):
    """What lies beside the tables."""

    def clear(self, before: datetime, *, dry_run: bool) -> int:
        """Remove copies of the database from before this moment; return how many there are."""
        ...
