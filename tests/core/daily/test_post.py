"""What is next for a post, and what becomes of it and of its plan."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.daily.plan import MOST_FAILURES, counted_failure
from bot.core.daily.post import (
    COUNT_EVERY,
    LEASE,
    RETRY_AFTER,
    DailyPost,
    PostState,
    Step,
    Thread,
    claimed,
    closed,
    failed,
    failed_once,
    next_step,
    released,
    sent,
    skipped,
    was_begun,
)
from bot.core.daily.schedule import Schedule
from tests.builders import a_plan

DUE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SEND_BY, CLOSES = DUE + timedelta(hours=15), DUE + timedelta(days=1)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
DAY = timedelta(days=1)


def a_post(state: PostState = PostState.SENT, **known: object) -> DailyPost:
    values = {
        "id": 5,
        "channel_id": 1,
        "day": DUE.date(),
        "question_id": "a/b",
        "state": state,
        "due_at": DUE,
        "send_by": SEND_BY,
        "closes_at": CLOSES,
    }
    return DailyPost(**(values | known))


@pytest.mark.parametrize(
    ("post", "answered", "now", "step"),
    [
        (a_post(PostState.PENDING), 0, DUE, Step.SEND),
        (a_post(PostState.PENDING, thread=Thread.WANTED), 0, SEND_BY - SECOND, Step.SEND),
        (a_post(PostState.PENDING), 0, SEND_BY, Step.GIVE_UP),
        (a_post(PostState.PENDING), 0, CLOSES + 9 * DAY, Step.GIVE_UP),
        (a_post(thread=Thread.WANTED), 3, DUE, Step.THREAD),
        (a_post(thread=Thread.OPEN), 0, DUE, None),
        (a_post(thread=Thread.OPEN), 3, DUE, Step.COUNT),
        (a_post(thread=Thread.WANTED, private=True), 3, DUE, Step.THREAD),
        (a_post(shown=3), 3, DUE, None),
        (a_post(shown=3), 2, DUE, Step.COUNT),
        (a_post(shown_at=DUE), 1, DUE + COUNT_EVERY - SECOND, None),
        (a_post(shown_at=DUE), 1, DUE + COUNT_EVERY, Step.COUNT),
        (a_post(shown_at=CLOSES + DAY), 1, DUE, Step.COUNT),
        (a_post(thread=Thread.WANTED), 3, CLOSES, Step.CLOSE),
        (a_post(shown_at=CLOSES - SECOND), 3, CLOSES, Step.CLOSE),
        (a_post(PostState.CLOSED, thread=Thread.WANTED), 3, CLOSES, None),
        (a_post(PostState.SKIPPED), 0, DUE, None),
        (a_post(PostState.FAILED), 0, CLOSES, None),
    ],
)
def test_what_is_next(post: DailyPost, answered: int, now: datetime, step: Step | None):
    assert next_step(post, answered, now) is step


@pytest.mark.parametrize(
    ("post", "now", "step"),
    [
        (a_post(thread=Thread.OPEN, private=True), DUE, Step.ADMIT),
        (a_post(thread=Thread.OPEN, private=True), CLOSES, Step.ADMIT),
        (a_post(thread=Thread.OPEN, private=True, tries=1), CLOSES, Step.CLOSE),
        (a_post(thread=Thread.WANTED, private=True), DUE, Step.THREAD),
        (a_post(thread=Thread.NONE, private=True, shown=3), DUE, None),
        (a_post(thread=Thread.OPEN, shown=3), DUE, None),
        (a_post(PostState.PENDING, thread=Thread.WANTED, private=True), DUE, Step.SEND),
        (a_post(PostState.CLOSED, thread=Thread.OPEN, private=True), DUE, None),
    ],
)
def test_who_has_answered_is_let_into_a_private_discussion_before_it_closes(
    post: DailyPost, now: datetime, step: Step | None
):
    assert next_step(post, 3, now, waits=True) is step


@pytest.mark.parametrize("state", [PostState.PENDING, PostState.SENT])
def test_a_claim_holds_for_its_lease(state: PostState):
    now = CLOSES + MINUTE
    post = claimed(a_post(state), "desk", now)
    assert post.claimed_by == "desk"
    assert next_step(post, 0, now) is None
    assert next_step(post, 0, now + LEASE - SECOND) is None
    assert next_step(post, 0, now + LEASE) is not None
    assert next_step(released(post), 0, now) is not None


@given(ahead=st.timedeltas(SECOND, 3000 * DAY))
def test_what_a_clock_that_ran_ahead_left_behind_holds_nobody_up(ahead: timedelta):
    now = CLOSES
    claim = claimed(a_post(), "desk", now + ahead)
    assert next_step(claim, 0, now) is Step.CLOSE
    longest = timedelta(seconds=RETRY_AFTER[-1])
    retry = a_post(tries=9, next_try_at=now + longest + ahead)
    assert next_step(retry, 0, now) is Step.CLOSE


def test_a_failed_step_is_tried_again_after_longer_and_longer_waits():
    post, now, waits = a_post(PostState.PENDING), DUE, []
    for _ in range(len(RETRY_AFTER) + 2):
        post = failed_once(claimed(post, "desk", now), "HTTP 503", now)
        assert post.next_try_at is not None
        assert (post.claimed_by, post.claimed_until) == ("", None)
        assert next_step(post, 0, post.next_try_at - SECOND) is None
        assert next_step(post, 0, post.next_try_at) is Step.SEND
        waits.append((post.next_try_at - now).seconds)
        now = post.next_try_at
    assert waits == [*RETRY_AFTER, RETRY_AFTER[-1], RETRY_AFTER[-1]]
    assert post.reason == "HTTP 503"


def test_somebody_may_have_got_as_far_as_the_platform():
    post = a_post(PostState.PENDING)
    assert not was_begun(post)
    assert was_begun(claimed(post, "desk", DUE))
    assert was_begun(failed_once(post, "no", DUE))
    assert not was_begun(released(failed_once(post, "no", DUE)))


@pytest.mark.parametrize(
    ("after", "state", "reason"),
    [
        (lambda post: sent(post, "77", DUE), PostState.SENT, ""),
        (closed, PostState.CLOSED, ""),
        (lambda post: closed(post, "too late"), PostState.CLOSED, "too late"),
        (lambda post: failed(post, "HTTP 403"), PostState.FAILED, "HTTP 403"),
        (lambda post: skipped(post, "paused"), PostState.SKIPPED, "paused"),
    ],
)
def test_what_has_become_of_a_post_is_nobodys_work_any_more(after, state, reason):
    post = after(claimed(failed_once(a_post(PostState.PENDING), "HTTP 503", DUE), "desk", DUE))
    assert (post.state, post.reason) == (state, reason)
    assert (post.claimed_by, post.claimed_until, post.tries, post.next_try_at) == (
        "",
        None,
        0,
        None,
    )


def test_a_sent_post_is_known_by_its_message_and_shows_no_answers():
    post = sent(a_post(PostState.PENDING), "77", DUE)
    assert (post.message_id, post.shown, post.shown_at) == ("77", 0, DUE)


def test_a_skipped_day_did_not_use_up_its_question():
    assert skipped(a_post(PostState.PENDING), "paused").question_id is None
    assert failed(a_post(PostState.PENDING), "HTTP 503").question_id == "a/b"


def test_markers_tell_messages_apart():
    post, other = a_post(), a_post(id=55)
    markers = {post.marker, post.results_marker, other.marker, other.results_marker}
    assert len(markers) == 4
    assert post.marker == "daily-5-20261123"


def test_so_many_failures_in_a_row_pause_a_plan_with_the_reason():
    plan = a_plan()
    for failure in range(1, MOST_FAILURES):
        plan = counted_failure(plan, "HTTP 403")
        assert (plan.failures, plan.schedule.paused, plan.pause_reason) == (failure, False, "")
    plan = counted_failure(plan, "the channel is gone")
    assert plan.schedule == Schedule("Europe/Berlin", time(9), paused=True)
    assert (plan.failures, plan.pause_reason) == (MOST_FAILURES, "the channel is gone")
