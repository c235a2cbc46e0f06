"""How it goes to let somebody into the discussion of a daily question. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.daily import RETRY_AFTER

MOST_TRIES = 20
"""So often a platform is asked to let somebody in: for about three hours."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who has answered and is not in yet; `tries` is how often that failed."""

    learner_id: int
    tries: int = 0


@dataclass(frozen=True)
class Admitted:
    """How it went to let somebody in.

    Attributes:
        at: when they were; None while they are not.
        next_try_at: when to try again; None where nothing is tried any more.
    """

    at: datetime | None = None
    tries: int = 0
    next_try_at: datetime | None = None


def after_failure(tries: int, now: datetime, *, permanent: bool) -> Admitted:
    """Return what is noted of somebody whom the platform did not let in after `tries` failures."""
    if permanent or tries + 1 >= MOST_TRIES:
        return Admitted(tries=tries + 1)
    wait = RETRY_AFTER[min(tries, len(RETRY_AFTER) - 1)]
    return Admitted(tries=tries + 1, next_try_at=now + timedelta(seconds=wait))
