"""What becomes of a post when a step failed."""

from datetime import timedelta

import pytest

from bot.core.daily.plan import MOST_FAILURES
from bot.core.daily.post import (
    MOST_REFUSALS,
    MOST_THREAD_TRIES,
    RETRY_AFTER,
    PostState,
    Step,
    Thread,
    next_step,
)
from bot.core.daily.retries import MOST_TRIES, Admitted, after_admission_failure, after_post_failure
from bot.core.errors import Undeliverable
from tests.builders import NOON
from tests.core.daily.test_post import CLOSES, DUE, a_post

BUSY, NEVER = Undeliverable("HTTP 503"), Undeliverable("the channel is gone", permanent=True)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("step", list(Step))
def test_what_fails_for_now_is_tried_again(step: Step):
    post = a_post(thread=Thread.WANTED, private=True)
    after = after_post_failure(step, post, BUSY, 3, DUE)
    assert (after.state, after.thread, after.tries) == (PostState.SENT, Thread.WANTED, 1)
    assert after.reason == "HTTP 503"
    assert next_step(after, 0, DUE) is None
    assert next_step(after, 0, DUE + HOUR) is Step.THREAD


@pytest.mark.parametrize(
    ("problem", "tries"), [(NEVER, 0), (BUSY, MOST_THREAD_TRIES - 1)], ids=["never", "too often"]
)
def test_a_discussion_that_is_given_up_is_promised_no_more(problem: Undeliverable, tries: int):
    post = a_post(thread=Thread.WANTED, private=True, tries=tries)
    after = after_post_failure(Step.THREAD, post, problem, 0, DUE)
    assert after.thread is Thread.NONE
    assert next_step(after, 0, DUE) is Step.COUNT
    below = after_post_failure(
        Step.THREAD, a_post(thread=Thread.WANTED, tries=tries), problem, 0, DUE
    )
    assert next_step(below, 0, DUE) is None


def test_a_thread_that_is_refused_is_tried_again_while_a_permission_may_be_granted():
    post = a_post(thread=Thread.WANTED)
    for _ in range(MOST_REFUSALS - 1):
        post = after_post_failure(Step.THREAD, post, NEVER, 0, DUE)
        assert post.thread is Thread.WANTED
    assert after_post_failure(Step.THREAD, post, NEVER, 0, DUE).thread is Thread.NONE


def test_results_that_nobody_takes_are_given_up_after_some_tries():
    post = a_post()
    for _ in range(MOST_FAILURES - 1):
        post = after_post_failure(Step.CLOSE, post, NEVER, 0, CLOSES)
        assert post.state is PostState.SENT
    after = after_post_failure(Step.CLOSE, post, NEVER, 0, CLOSES)
    assert (after.state, after.reason) == (PostState.CLOSED, "the channel is gone")


def test_an_older_count_may_stay():
    after = after_post_failure(Step.COUNT, a_post(), NEVER, 3, DUE)
    assert (after.shown, after.shown_at) == (3, DUE)
    assert next_step(after, 3, DUE + HOUR) is None


def test_it_is_tried_again_after_longer_and_longer_waits_and_not_for_ever():
    waits, tries = [], 0
    while True:
        admitted = after_admission_failure(tries, NOON, permanent=False)
        assert admitted.at is None
        assert admitted.tries == tries + 1
        if admitted.next_try_at is None:
            break
        waits.append((admitted.next_try_at - NOON) / timedelta(seconds=1))
        tries = admitted.tries
    assert len(waits) == MOST_TRIES - 1
    assert waits[: len(RETRY_AFTER)] == list(RETRY_AFTER)
    assert set(waits[len(RETRY_AFTER) :]) == {RETRY_AFTER[-1]}


def test_who_is_refused_for_good_is_not_asked_for_again():
    assert after_admission_failure(0, NOON, permanent=True) == Admitted(tries=1)
