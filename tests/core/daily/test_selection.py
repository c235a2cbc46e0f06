"""Which question a channel gets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.daily.selection import TOPIC_RESTS, candidates_of, fitting_of, pick, unseen_of
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_plan
from tests.shipped import shipped

BANK = tuple(shipped())
TODAY = NOON.date()
DAY = timedelta(days=1)
CHANNEL = 7

subsets = st.lists(st.sampled_from(BANK), min_size=1, unique_by=lambda question: question.id)


@given(had=subsets, day=st.dates(), channel=st.integers(1, 10**6))
def test_what_the_channel_never_had_comes_first(had, day, channel):
    dates = {question.id: TODAY - n * DAY for n, question in enumerate(had)}
    unseen = unseen_of(BANK, dates)
    question = pick(BANK, dates, channel, day)
    assert question in (unseen or BANK)


@given(candidates=subsets, day=st.dates(), channel=st.integers(1, 10**6))
def test_the_same_day_of_the_same_channel_has_the_same_question_in_any_order(
    candidates, day, channel
):
    question = pick(candidates, {}, channel, day)
    assert pick(candidates[::-1], {}, channel, day) == question


def test_channels_and_days_differ():
    by_channel = {pick(BANK, {}, channel, TODAY).id for channel in range(30)}
    by_day = {pick(BANK, {}, CHANNEL, TODAY + n * DAY).id for n in range(30)}
    assert len(by_channel) > 10
    assert len(by_day) > 10


def test_a_topic_rests_while_another_one_has_something_new(bank: QuestionBank):
    had: dict[str, date] = {}
    topics = []
    for n in range(len(bank)):
        day = TODAY + n * DAY
        question = pick(tuple(bank), had, CHANNEL, day)
        fresh = {each.topic for each in unseen_of(tuple(bank), had)}
        rested = fresh - set(topics[-TOPIC_RESTS:])
        assert question.id not in had
        assert question.topic in (rested or fresh)
        had[question.id] = day
        topics.append(question.topic)
    assert had.keys() == {question.id for question in bank}


def test_only_the_latest_topics_rest(bank: QuestionBank):
    monitoring, *others = (bank.by_topic(topic.id) for topic in reversed(bank.topics))
    had = {monitoring[0].id: TODAY - 3 * DAY}
    had |= {questions[0].id: TODAY - n * DAY for n, questions in enumerate(others[:2], 1)}
    left = tuple(question for questions in (monitoring, *others[:2]) for question in questions)
    assert pick(left, had, CHANNEL, TODAY).topic == monitoring[0].topic


def test_when_all_were_had_the_one_had_longest_ago_comes_again():
    had = {question.id: TODAY - n * DAY for n, question in enumerate(BANK, 1)}
    seen = []
    for n in range(len(BANK)):
        question = pick(BANK, had, CHANNEL, TODAY + n * DAY)
        had[question.id] = TODAY + n * DAY
        seen.append(question)
    assert seen == list(reversed(BANK))


def test_questions_that_have_left_the_bank_do_not_matter():
    had = {"gone/question": TODAY - DAY} | {q.id: TODAY - 2 * DAY for q in BANK[1:]}
    assert pick(BANK, had, CHANNEL, TODAY) == BANK[0]


def test_without_candidates_there_is_nothing_to_pick():
    with pytest.raises(ValueError, match="no candidates"):
        pick((), {}, CHANNEL, TODAY)


def test_hosts_choose_topics_and_levels(bank: QuestionBank):
    plan = a_plan(topics=("monitoring", "deployment"), easiest=2, hardest=3)
    fitting = candidates_of(BANK, plan)
    assert {question.topic for question in fitting} == {"monitoring", "deployment"}
    assert {question.difficulty for question in fitting} == {2, 3}
    expected = [q for t in plan.topics for q in bank.by_topic(t) if q.difficulty in {2, 3}]
    assert sorted(q.id for q in fitting) == sorted(q.id for q in expected)
    assert candidates_of(BANK, a_plan()) == BANK


def test_another_question_is_better_than_none_where_nothing_fits():
    plan = a_plan(topics=("gone",))
    assert fitting_of(BANK, plan) == ()
    assert candidates_of(BANK, plan) == BANK
