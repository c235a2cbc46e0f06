"""What becomes of a post when a step failed."""

from datetime import timedelta

import pytest

from bot.core.daily import MOST_FAILURES, MOST_THREAD_TRIES, PostState, Step, Thread, next_step
from bot.core.errors.base import Undeliverable
from bot.core.failing import after_failure
from tests.core.test_daily import CLOSES, DUE, a_post

BUSY, NEVER = Undeliverable("HTTP 503"), Undeliverable("the channel is gone", permanent=True)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("step", list(Step))
def test_what_fails_for_now_is_tried_again(step: Step):
    post = a_post(thread=Thread.WANTED, private=True)
    after = after_failure(step, post, BUSY, 3, DUE)
    assert (after.state, after.thread, after.tries) == (PostState.SENT, Thread.WANTED, 1)
    assert after.reason == "HTTP 503"
    assert next_step(after, 0, DUE) is None
    assert next_step(after, 0, DUE + HOUR) is Step.THREAD


@pytest.mark.parametrize(
    ("problem", "tries"), [(NEVER, 0), (BUSY, MOST_THREAD_TRIES - 1)], ids=["never", "too often"]
)
def test_a_discussion_that_is_given_up_is_promised_no_more(problem: Undeliverable, tries: int):
    post = a_post(thread=Thread.WANTED, private=True, tries=tries)
    after = after_failure(Step.THREAD, post, problem, 0, DUE)
    assert after.thread is Thread.NONE
    assert next_step(after, 0, DUE) is Step.COUNT
    below = after_failure(Step.THREAD, a_post(thread=Thread.WANTED, tries=tries), problem, 0, DUE)
    assert next_step(below, 0, DUE) is None


def test_results_that_nobody_takes_are_given_up_after_some_tries():
    post = a_post()
    for _ in range(MOST_FAILURES - 1):
        post = after_failure(Step.CLOSE, post, NEVER, 0, CLOSES)
        assert post.state is PostState.SENT
    after = after_failure(Step.CLOSE, post, NEVER, 0, CLOSES)
    assert (after.state, after.reason) == (PostState.CLOSED, "the channel is gone")


def test_an_older_count_may_stay():
    after = after_failure(Step.COUNT, a_post(), NEVER, 3, DUE)
    assert (after.shown, after.shown_at) == (3, DUE)
    assert next_step(after, 3, DUE + HOUR) is None
