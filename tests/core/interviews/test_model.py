"""The steps of an interview, and what people order: pure."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import Request
from bot.core.interviews.model import (
    Interview,
    InterviewState,
    ended,
    followed_up,
    noted,
    passed_over,
    paused,
    resumed,
    shown,
)
from bot.core.interviews.parsing import LONGEST_TYPED, Order, ordered, read_interview
from bot.core.interviews.rules import LONGEST_ANSWER, MOST_QUESTIONS
from bot.core.limits import OutOfRange
from bot.core.questions.errors import UnknownTopic
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_user


def parse_order(typed: str, bank: QuestionBank) -> Order:
    request = Request(a_user(), None, read_interview(typed))
    return ordered(request.text("topics"), request.number("questions"), bank)


NEW = Interview(1, 1, ("a", "b", "c"), NOON)


def after(minutes: float):
    return NOON + timedelta(minutes=minutes)


def test_an_answer_takes_it_on_and_a_follow_up_stays_with_its_question():
    answered = noted(shown(NEW, NOON), after(2))
    dug = followed_up(answered, "Why?")

    assert (answered.position, answered.shown_at, answered.active_seconds) == (1, None, 120)
    assert (dug.question_id, dug.position, dug.follow_ups) == ("a", 1, ("Why?",))
    assert noted(shown(dug, after(2)), after(3)).question_id == "b"


def test_a_pause_stops_the_clock():
    waiting = paused(shown(NEW, NOON), after(1))
    again = shown(resumed(waiting), after(100))

    assert waiting.state is InterviewState.PAUSED
    assert noted(again, after(101)).active_seconds == 120


def test_what_is_shown_twice_is_timed_from_the_first_time():
    assert shown(shown(NEW, NOON), after(5)).shown_at == NOON


@pytest.mark.parametrize(("minutes", "seconds"), [(-30, 0), (60 * 24, LONGEST_ANSWER)])
def test_a_clock_set_back_and_a_long_absence_are_bounded(minutes: float, seconds: float):
    assert noted(shown(NEW, NOON), after(minutes)).active_seconds == seconds


def test_it_is_finished_when_all_was_asked_and_abandoned_before():
    through = replace(NEW, position=3)

    assert through.is_through
    assert ended(through, NOON).state is InterviewState.FINISHED
    assert ended(NEW, NOON).state is InterviewState.ABANDONED
    assert ended(followed_up(through, "Why?"), NOON).state is InterviewState.ABANDONED


@pytest.mark.parametrize(
    ("bank", "asked"), [("abc", "a"), ("bc", "b"), ("c", "c"), ("", None), ("ab", "a")]
)
def test_what_has_gone_is_passed_over(bank: str, asked: str | None):
    left = passed_over(NEW, set(bank))

    assert (None if left.is_through else left.question_id) == asked


def test_a_follow_up_to_what_has_gone_goes_with_it():
    dug = shown(followed_up(replace(NEW, position=1), "Why?"), NOON)

    left = passed_over(dug, {"b", "c"})

    assert (left.question_id, left.following, left.shown_at) == ("b", False, None)


@pytest.mark.parametrize(
    ("typed", "topics", "questions"),
    [
        ("", (), 5),
        ("3", (), 3),
        ("monitoring", ("monitoring",), 5),
        ("Monitoring and drift 4", ("monitoring",), 4),
        ("2 questions on transfer learning", ("transfer-learning",), 2),
        ("deployment, monitoring; 20", ("deployment", "monitoring"), 20),
        ("deep learning and Transfer Learning", ("deep-learning", "transfer-learning"), 5),
        ("monitoring observability 1", ("monitoring",), 1),
    ],
)
def test_topics_and_a_number_are_understood(
    bank: QuestionBank, typed: str, topics: tuple[str, ...], questions: int
):
    assert parse_order(typed, bank) == Order(topics, questions)


@pytest.mark.parametrize("number", ["0", "21", "-3", "9" * 90])
def test_a_number_out_of_range_is_refused_with_both_ends(bank: QuestionBank, number: str):
    with pytest.raises(OutOfRange) as refused:
        parse_order(f"monitoring {number}", bank)

    assert (refused.value.limits.least, refused.value.limits.most) == (1, MOST_QUESTIONS)
    assert refused.value.value == int(number)


def test_an_unknown_topic_is_refused_with_all_that_there_are(bank: QuestionBank):
    with pytest.raises(UnknownTopic) as refused:
        parse_order("monitoring pizza 3", bank)

    assert refused.value.words == "pizza"
    assert refused.value.topics == tuple(topic.id for topic in bank.topics)


@given(typed=st.text(max_size=2 * LONGEST_TYPED))
def test_whatever_is_ordered_is_understood_or_refused(bank: QuestionBank, typed: str):
    try:
        order = parse_order(typed, bank)
    except (OutOfRange, UnknownTopic):
        return
    assert 1 <= order.questions <= MOST_QUESTIONS
    assert set(order.topics) <= {topic.id for topic in bank.topics}
