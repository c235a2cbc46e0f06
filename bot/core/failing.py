"""What becomes of a post when a step failed: tried again, or given up. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.core.daily import (
    MOST_FAILURES,
    MOST_THREAD_TRIES,
    DailyPost,
    Step,
    Thread,
    closed,
    failed_once,
    released,
)
from bot.core.errors.base import Undeliverable

NOT_SHOWN = -1
"""No count of answers is this, so that the message is edited."""


def after_failure(
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
    if step is Step.THREAD and (problem.permanent or after.tries >= MOST_THREAD_TRIES):
        # The message promises a private discussion: it is edited to promise none.
        shown = NOT_SHOWN if post.private else post.shown
        return replace(released(post), thread=Thread.NONE, shown=shown, reason=problem.reason)
    if step is Step.CLOSE and problem.permanent and after.tries >= MOST_FAILURES:
        return closed(post, problem.reason)
    if step is Step.COUNT and problem.permanent:  # it shows an older count, and that is all
        return replace(released(post), shown=answered, shown_at=now, reason=problem.reason)
    return after
