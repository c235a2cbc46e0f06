from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.interviews.rules import (
    LONGEST_ANSWER,
    MOST_QUESTIONS,
    Answered,
    follow_up,
    plan,
    report_card,
)
from bot.core.practice.ratings import Elo
from bot.core.practice.selection import difficulty_of
from grading.grade import PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import FollowUp, Question
from tests.core.samples import DRIFT, a_grade_of

COVERED, PARTIAL = PointStatus.COVERED, PointStatus.PARTIAL
CONTRADICTED = PointStatus.CONTRADICTED
FIRST, DETECT = "changed-relationship", "detect-with-labels"


@pytest.fixture
def drift(bank: QuestionBank) -> Question:
    """The question with a follow-up to each of two points, and one to none."""
    asks = (
        FollowUp(ask="And in general, why is it so?"),
        FollowUp(ask="How do you detect it?", point=DETECT),
        FollowUp(ask="What exactly has changed?", point=FIRST),
    )
    return bank.get(DRIFT).model_copy(update={"follow_ups": asks})


def all_covered(question: Question) -> dict[str, PointStatus]:
    return {point.id: COVERED for point in question.key_points}


def test_questions_rise_in_difficulty_and_are_spread_over_the_topics(bank: QuestionBank):
    chosen = plan(tuple(bank), 6, {}, {}, seed=1)

    levels = [difficulty_of(question, {}).value for question in chosen]
    assert levels == sorted(levels)
    assert len(levels) == 6
    assert levels[0] < levels[-1]
    assert set(Counter(question.topic for question in chosen).values()) == {1}


def test_the_same_seed_gives_the_same_interview_and_another_one_another(bank: QuestionBank):
    by_seed = {plan(tuple(bank), 5, {}, {}, seed=n) for n in range(12)}

    assert plan(tuple(bank), 5, {}, {}, 3) == plan(tuple(reversed(tuple(bank))), 5, {}, {}, 3)
    assert len(by_seed) > 6


def test_a_stronger_learner_gets_harder_questions(bank: QuestionBank):
    def mean(skill: float) -> float:
        skills = {topic.id: Elo(skill) for topic in bank.topics}
        chosen = plan(tuple(bank), 6, skills, {}, seed=1)
        return sum(question.difficulty for question in chosen) / len(chosen)

    assert mean(1250) < mean(1500) < mean(1800)


def test_difficulty_is_what_answers_showed_it_to_be(bank: QuestionBank):
    questions = bank.by_topic("monitoring")
    shown = {questions[0].id: Elo(2200)}

    assert plan(questions, len(questions), {}, shown, seed=1)[-1] == questions[0]


@settings(max_examples=60, deadline=None)
@given(data=st.data(), count=st.integers(-2, 50), seed=st.integers())
def test_a_plan_has_no_question_twice_and_as_many_as_there_can_be(
    bank: QuestionBank, data: st.DataObject, count: int, seed: int
):
    candidates = data.draw(st.lists(st.sampled_from(tuple(bank)), unique=True))
    ratings = data.draw(
        st.dictionaries(st.sampled_from([q.id for q in bank]), st.builds(Elo, st.floats(800, 2200)))
    )

    chosen = plan(candidates, count, {}, ratings, seed)

    values = [difficulty_of(question, ratings).value for question in chosen]
    assert len(chosen) == max(0, min(count, len(candidates), MOST_QUESTIONS))
    assert len({question.id for question in chosen}) == len(chosen)
    assert all(earlier <= later for earlier, later in pairwise(values))
    topics, available = Counter(q.topic for q in chosen), Counter(q.topic for q in candidates)
    most = max(topics.values(), default=0)
    assert all(topics[t] >= min(available[t], most - 1) for t in available)


def test_the_follow_up_digs_into_the_weightiest_missed_point(drift: Question):
    found = follow_up(drift, a_grade_of(drift))

    assert found is not None
    assert found.point == FIRST


def test_what_was_said_wrong_is_followed_up_before_what_was_missed(drift: Question):
    found = follow_up(drift, a_grade_of(drift, {DETECT: CONTRADICTED}))

    assert found is not None
    assert found.point == DETECT


def test_a_follow_up_is_asked_once(drift: Question):
    grade = a_grade_of(drift)
    asked: list[str] = []
    while (found := follow_up(drift, grade, asked)) is not None:
        asked.append(found.ask)

    assert asked == ["What exactly has changed?", "How do you detect it?"]


def test_nothing_is_followed_up_when_nothing_is_missing(drift: Question):
    assert follow_up(drift, a_grade_of(drift, all_covered(drift))) is None


def test_the_report_takes_the_mean_and_counts_what_was_skipped_as_nothing(bank: QuestionBank):
    lime, drift = bank.get("interpretability/lime"), bank.get(DRIFT)
    skew = bank.get("monitoring/training-serving-skew")

    report = report_card(
        [
            Answered(drift, a_grade_of(drift, score=0.9), 60),
            Answered(lime, a_grade_of(lime, score=0.6), 30),
            Answered(skew, None, 10),
        ]
    )

    assert report.overall == pytest.approx(0.5)
    assert (report.asked, report.skipped, report.seconds_active) == (3, 1, 100)
    assert [(t.topic, t.questions, t.score) for t in report.topics] == [
        ("monitoring", 2, 0.45),
        ("interpretability", 1, 0.6),
    ]


def test_an_interview_without_questions_has_no_score():
    report = report_card([])

    assert report.overall is None
    assert report.study == report.gaps == report.strengths == ()


def test_points_are_strengths_or_gaps_the_weightiest_gap_first(drift: Question):
    grade = a_grade_of(drift, {FIRST: COVERED, "not-data-drift": PARTIAL})

    report = report_card([Answered(drift, grade)])

    assert [point.point_id for point in report.strengths] == [FIRST]
    assert len(report.strengths) + len(report.gaps) == len(drift.key_points)
    assert report.gaps[-1].point_id == "not-data-drift"
    weights = [drift.point(point.point_id).weight for point in report.gaps]
    assert weights == sorted(weights, reverse=True)


def test_what_is_said_rightly_after_a_follow_up_counts_and_takes_nothing_back(drift: Question):
    answered = Answered(
        drift,
        a_grade_of(drift, {FIRST: COVERED}, score=0.3),
        follow_up=a_grade_of(drift, {DETECT: COVERED}, score=0.5),
        answers=("Something.",),
    )
    worse = replace(answered, follow_up=a_grade_of(drift, score=0.1))

    report = report_card([answered, worse])

    late = {point.point_id: point.after_follow_up for point in report.strengths[:2]}
    assert late == {FIRST: False, DETECT: True}
    assert report.overall == pytest.approx(0.4)
    assert [(row.score, row.at_first) for row in report.answers] == [(0.5, 0.3), (0.3, None)]
    assert report.answers[0].answers == ("Something.",)


def test_time_away_from_the_keyboard_is_not_active_time(drift: Question):
    grade = a_grade_of(drift)

    report = report_card([Answered(drift, grade, 86_400), Answered(drift, grade, -5)])

    assert report.seconds_active == LONGEST_ANSWER


def test_three_things_to_study_are_the_costliest_with_sources(bank: QuestionBank):
    questions = bank.by_topic("monitoring")[:4]
    perfect, *others = questions
    answers = [Answered(perfect, a_grade_of(perfect, all_covered(perfect), score=1.0))]
    answers += [Answered(question, a_grade_of(question, score=0.1)) for question in others]
    costs = {q.id: sum(point.weight for point in q.key_points) for q in others}

    study = report_card(answers).study

    assert [costs[each.question_id] for each in study] == sorted(costs.values(), reverse=True)
    assert all(each.sources and each.points for each in study)
    assert perfect.id not in {each.question_id for each in study}


def test_what_was_said_wrong_is_studied_before_what_was_left_out(drift: Question):
    grade = a_grade_of(drift, {DETECT: CONTRADICTED})

    report = report_card([Answered(drift, grade)])

    assert report.gaps[0].point_id == DETECT
    assert report.study[0].points[0] == drift.point(DETECT).statement
