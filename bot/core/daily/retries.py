"""What becomes of a post or an admission when a step failed. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.daily.plan import MOST_FAILURES
from bot.core.daily.post import (
    MOST_REFUSALS,
    MOST_THREAD_TRIES,
    RETRY_AFTER,
    DailyPost,
    Step,
    Thread,
    closed,
    failed_once,
    released,
)
from bot.core.errors import Undeliverable

NOT_SHOWN = -1
"""No count of answers is this, so that the message is edited."""


def after_post_failure(
    step: Step, post: DailyPost, problem: Undeliverable, answered: int, now: datetime
) -> DailyPost:
    """Return the post as nobody's, the step to be tried again after a while or given up.

    Args:
        step: what failed.
        post: as it is stored.
        problem: why.
        answered: how many learners had answered when it was tried.
        now: an aware moment.
    """
    after = failed_once(post, problem.reason, now)
    if step is Step.THREAD and _given_up(post, problem, after.tries):
        # The message promises a private discussion: it is edited to promise none.
        shown = NOT_SHOWN if post.private else post.shown
        return replace(released(post), thread=Thread.NONE, shown=shown, reason=problem.reason)
    if step is Step.CLOSE and problem.permanent and after.tries >= MOST_FAILURES:
        return closed(post, problem.reason)
    if step is Step.COUNT and problem.permanent:  # it shows an older count, and that is all
        return replace(released(post), shown=answered, shown_at=now, reason=problem.reason)
    return after


def _given_up(post: DailyPost, problem: Undeliverable, tries: int) -> bool:
    """Tell whether a discussion is not tried any more; what was promised is given up at once."""
    if problem.permanent and not post.private:
        return tries >= MOST_REFUSALS
    return problem.permanent or tries >= MOST_THREAD_TRIES


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


def after_admission_failure(tries: int, now: datetime, *, permanent: bool) -> Admitted:
    """Return what is noted of somebody whom the platform did not let in after `tries` failures."""
    if permanent or tries + 1 >= MOST_TRIES:
        return Admitted(tries=tries + 1)
    wait = RETRY_AFTER[min(tries, len(RETRY_AFTER) - 1)]
    return Admitted(tries=tries + 1, next_try_at=now + timedelta(seconds=wait))
