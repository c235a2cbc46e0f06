"""Let go of what has been kept for long enough: at every start, and once a day.

Each batch is a transaction of its own and takes milliseconds, so that nobody waits. What a batch
did is not looked for again, so that a run that was killed is completed by the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.privacy.model import Batch, Terms
from bot.core.privacy.ports import Leftovers
from bot.core.unit_of_work import UnitOfWork

BATCH = 100
"""Rows that go in one transaction: some milliseconds, far less than anybody waits for a reply."""


@dataclass(frozen=True)
class Tidied:
    """How much was let go."""

    answers: int = 0
    communities: int = 0
    memberships: int = 0
    copies: int = 0
    events: int = 0
    notices: int = 0


class Housekeeping:
    """Keep things as long as the terms say, and not longer."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        terms: Terms,
        leftovers: Leftovers,
        batch: int = BATCH,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._terms = terms
        self._leftovers = leftovers
        self._batch = batch

    def run(self, now: datetime, *, dry_run: bool = False) -> Tidied:
        """Let go of what is old at this moment and say how much it was; a dry run keeps it all.

        Texts fade before their communities go, because those know how long texts may stay.
        """
        left = now - timedelta(days=self._terms.departure_days)
        told = now - timedelta(days=self._terms.notice_days)
        days, most = self._terms.answer_days, self._batch
        return Tidied(
            answers=self._all(
                lambda uow, after: uow.upkeep.fade_answers(after, most, now, days, left), dry_run
            ),
            memberships=self._all(
                lambda uow, after: uow.upkeep.drop_memberships(after, most, left), dry_run
            ),
            communities=self._drop_communities(left, dry_run),
            notices=self._all(
                lambda uow, after: uow.upkeep.drop_notices(after, most, told), dry_run
            ),
            copies=self._leftovers.clear(
                now - timedelta(days=self._terms.backup_days), dry_run=dry_run
            ),
            events=self._forget_events(now - timedelta(days=self._terms.event_days), dry_run),
        )

    def _drop_communities(self, left_before: datetime, dry_run: bool) -> int:  # noqa: FBT001
        """Delete communities that left, the rows of large ones in batches first."""
        emptied = 0 if dry_run else 1
        while emptied:
            with self._unit_of_work() as uow:
                emptied = uow.upkeep.empty_communities(self._batch, left_before)
                uow.commit()
        return self._all(
            lambda uow, after: uow.upkeep.drop_communities(after, 1, left_before), dry_run
        )

    def _forget_events(self, before: datetime, dry_run: bool) -> int:  # noqa: FBT001
        """Forget what platforms delivered, when they no longer deliver it again."""
        total, count = 0, self._batch
        while count == self._batch:
            with self._unit_of_work() as uow:
                if dry_run:
                    return uow.handled.count_before(before)
                count = uow.handled.forget_before(before, self._batch)
                uow.commit()
            total += count
        return total

    def _all(self, step: Callable[[UnitOfWork, int], Batch], dry_run: bool) -> int:  # noqa: FBT001
        """Take the steps from the first row to the last, each in its own transaction."""
        total, after_id = 0, 0
        while True:
            with self._unit_of_work() as uow:
                batch = step(uow, after_id)
                if not dry_run:
                    uow.commit()
            total += batch.count
            if batch.last_id is None:
                return total
            after_id = batch.last_id
