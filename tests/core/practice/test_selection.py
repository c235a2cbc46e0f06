from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.practice.ratings import Elo, expected
from bot.core.practice.selection import NO_REPEAT_WITHIN, Asked, Known, Why, choose, difficulty_of
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.builders import NOON

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
NOBODY = Known(learner_id=1, today=TODAY)


def having(*ids: str, on: date = YESTERDAY) -> Known:
    """A learner who was asked these questions and answered them."""
    return replace(NOBODY, answered=frozenset(ids), asked=tuple(Asked(each, on) for each in ids))


def ids_of(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def test_reviews_come_first_the_most_pressing_before_the_others(bank: QuestionBank):
    first, second = bank.by_topic("monitoring")[:2]
    known = replace(having(first.id, second.id), due=(second.id, first.id))

    assert choose(tuple(bank), known) == (second, Why.DUE)


def test_a_review_comes_back_although_it_was_asked_yesterday(bank: QuestionBank):
    question = bank.by_topic("monitoring")[0]

    assert choose(tuple(bank), replace(having(question.id), due=(question.id,))).why is Why.DUE


def test_a_review_that_was_asked_today_is_not_asked_again_today(bank: QuestionBank):
    question = bank.by_topic("monitoring")[0]
    known = replace(having(question.id, on=TODAY), due=(question.id,))

    assert choose(tuple(bank), known).question != question


def test_a_review_outside_the_topic_that_was_asked_for_waits(bank: QuestionBank):
    lime = bank.get("interpretability/lime")
    known = replace(having(lime.id), due=(lime.id,))

    assert choose(bank.by_topic("monitoring"), known).question.topic == "monitoring"


def test_unseen_questions_come_before_skipped_ones_and_these_before_answered_ones(
    bank: QuestionBank,
):
    skipped, answered, *unseen = bank.by_topic("monitoring")
    known = replace(having(skipped.id, answered.id), answered=frozenset({answered.id}))
    known = replace(known, asked=(*known.asked, *(Asked("t/q", TODAY) for _ in range(10))))

    assert choose((answered, skipped, unseen[0]), known) == (unseen[0], Why.UNSEEN)
    assert choose((answered, skipped), known) == (skipped, Why.SKIPPED)
    assert choose((answered,), known) == (answered, Why.WEAK)


def test_every_question_of_a_topic_comes_before_one_comes_again(bank: QuestionBank):
    candidates, known = bank.by_topic("monitoring"), NOBODY
    for _ in candidates:
        chosen, why = choose(candidates, known)
        assert why is Why.UNSEEN
        known = replace(known, asked=(*known.asked, Asked(chosen.id, TODAY)))

    assert choose(candidates, known) == (bank.get(known.asked[0].question_id), Why.SKIPPED)


def test_once_all_is_answered_the_weakest_topic_comes(bank: QuestionBank):
    everything = [q.id for q in bank if q.topic != "deployment"]
    everything = [*ids_of(bank.by_topic("deployment")), *everything]
    skill = {topic.id: Elo(1600) for topic in bank.topics} | {"deployment": Elo(1300)}

    chosen, why = choose(tuple(bank), replace(having(*everything), skill=skill))

    assert (chosen.topic, why) == ("deployment", Why.WEAK)


@pytest.mark.parametrize(("skill", "end"), [(1100, min), (2000, max)])
def test_difficulty_follows_the_learner(
    bank: QuestionBank, skill: float, end: Callable[[list[int]], int]
):
    known = replace(NOBODY, skill={topic.id: Elo(skill) for topic in bank.topics})

    level = choose(tuple(bank), known).question.difficulty

    assert level == end([question.difficulty for question in bank])


def test_a_question_that_turned_out_harder_is_rated_by_how_it_was_answered(bank: QuestionBank):
    question = bank.by_topic("monitoring")[0]

    assert difficulty_of(question, {question.id: Elo(1900)}).value == 1900
    assert difficulty_of(question, {}).value == 1500 + (question.difficulty - 3) * 150


def test_the_same_learner_gets_the_same_question_all_day_in_any_order(bank: QuestionBank):
    forwards, backwards = tuple(bank), tuple(reversed(tuple(bank)))

    assert choose(forwards, NOBODY) == choose(backwards, NOBODY) == choose(forwards, NOBODY)


def test_learners_and_days_differ(bank: QuestionBank):
    by_learner = {choose(tuple(bank), replace(NOBODY, learner_id=n)).question.id for n in range(30)}
    days = [replace(NOBODY, today=TODAY + timedelta(days=n)) for n in range(30)]
    by_day = {choose(tuple(bank), day).question.id for day in days}

    assert len(by_learner) > 2
    assert len(by_day) > 2


def test_the_only_candidate_is_asked_again(bank: QuestionBank):
    only = bank.by_topic("monitoring")[0]

    assert choose((only,), having(only.id)).question == only


def test_nothing_to_choose_from_is_refused():
    with pytest.raises(ValueError, match="no candidates"):
        choose((), NOBODY)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_what_is_not_due_is_not_repeated_within_the_window(bank: QuestionBank, data: st.DataObject):
    candidates = data.draw(st.lists(st.sampled_from(tuple(bank)), min_size=1, unique=True))
    history = data.draw(st.lists(st.sampled_from([q.id for q in bank]), max_size=60))
    answered = data.draw(st.sets(st.sampled_from([q.id for q in bank])))
    known = replace(
        NOBODY,
        asked=tuple(Asked(each, YESTERDAY) for each in history),
        answered=frozenset(answered),
    )

    chosen, why = choose(candidates, known)

    window = min(NO_REPEAT_WITHIN, len(candidates) // 2)
    assert chosen in candidates
    assert window == 0 or chosen.id not in history[-window:]
    assert (why is Why.WEAK) == (chosen.id in answered)


def test_a_year_of_practice_visits_everything_and_the_weak_topic_most(bank: QuestionBank):
    skill = {topic.id: Elo(1550, 80) for topic in bank.topics} | {"monitoring": Elo(1350, 80)}
    known, seen = replace(NOBODY, skill=skill), Counter[str]()
    for number in range(365):
        today = TODAY + timedelta(days=number)
        chosen = choose(tuple(bank), replace(known, today=today)).question
        seen[chosen.topic] += 1
        known = replace(
            known,
            answered=known.answered | {chosen.id},
            asked=(*known.asked, Asked(chosen.id, today)),
        )

    assert known.answered == {question.id for question in bank}
    assert seen.most_common(1)[0][0] == "monitoring"


def test_what_is_chosen_first_is_near_the_target(bank: QuestionBank):
    chosen = choose(tuple(bank), NOBODY).question

    assert abs(expected(Elo(), difficulty_of(chosen, {})) - 0.75) < 0.15
