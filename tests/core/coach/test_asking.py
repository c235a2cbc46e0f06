from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.accounts.model import LearnerSettings
from bot.core.errors import CoachError, GradingBusy, GradingUnavailable
from bot.core.plans.model import StudyPlan, day_of_plan
from bot.core.plans.today import weights_of
from bot.core.practice.ratings import Elo, expected, question_prior
from bot.core.practice.selection import EQUALLY_NEAR, TARGET_SCORE
from bot.core.questions.errors import UnknownTopic
from grading.errors import GraderBusy, ModelUnavailable
from grading.grade import Band
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT, Table, a_grade_of, text_of
from tests.fakes import FakeFinder, FakeGrader


def test_somebody_new_is_asked_what_most_people_can_answer(table: Table):
    reply = table.ask()

    chosen = table.bank.get(reply.question_id)
    assert abs(expected(Elo(), question_prior(chosen.difficulty)) - TARGET_SCORE) < EQUALLY_NEAR
    assert chosen.prompt in text_of(reply)
    assert "review" not in text_of(reply)


def test_after_strong_answers_harder_questions_come_than_after_weak_ones(bank: QuestionBank):
    levels = []
    for score in (0.0, 1.0):
        table = Table(bank, FakeGrader(a_grade_of(bank.get(DRIFT), score=score)))
        for _ in range(8):
            table.ask()
            table.answer()
        levels.append(bank.get(table.ask().question_id).difficulty)

    assert levels[0] < levels[1]


def test_what_is_due_comes_first_and_is_said_to_be_due(bank: QuestionBank):
    table = Table(bank, FakeGrader(a_grade_of(bank.get(DRIFT), score=0.1, band=Band.WEAK)))
    table.ask("drift")
    table.answer()
    table.clock.pass_by(timedelta(days=1))

    reply = table.ask()

    assert reply.question_id == DRIFT
    assert "Due for review." in text_of(reply)
    assert [ask.purpose for ask in table.database.asks.values()] == ["practice", "review"]


def test_what_is_due_waits_while_another_topic_is_asked_for(bank: QuestionBank):
    table = Table(bank, FakeGrader(a_grade_of(bank.get(DRIFT), score=0.1, band=Band.WEAK)))
    table.ask("drift")
    table.answer()
    table.clock.pass_by(timedelta(days=1))

    reply = table.ask("deployment")

    assert bank.get(reply.question_id).topic == "deployment"
    assert "Due" not in text_of(reply)


def test_a_review_of_a_question_that_has_gone_is_passed_over(bank: QuestionBank):
    table = Table(bank, FakeGrader(a_grade_of(bank.get(DRIFT), score=0.1, band=Band.WEAK)))
    table.ask("drift")
    table.answer()
    table.clock.pass_by(timedelta(days=1))
    table.bank = QuestionBank(bank.topics, [each for each in bank if each.id != DRIFT])

    reply = table.ask()

    assert reply.question_id != DRIFT
    assert "Due" not in text_of(reply)
    assert len(table.attempts) == 1


def test_the_days_reviews_end_with_the_daily_limit(bank: QuestionBank):
    table = Table(bank, FakeGrader(a_grade_of(bank.get(DRIFT), score=0.1, band=Band.WEAK)))
    for about in ("drift", "lime"):
        table.ask(about)
        table.answer()
    learner = table.database.learners[1]
    table.database.learners[1] = replace(learner, settings=LearnerSettings(reviews_a_day=1))
    table.clock.pass_by(timedelta(days=1))

    asked = []
    for _ in range(2):
        asked.append(text_of(table.ask()))
        table.answer()

    assert ["Due" in text for text in asked] == [True, False]


@pytest.mark.parametrize(
    "words", ["monitoring", "MONITORING", " Monitoring and drift ", "observability", "“monitoring”"]
)
def test_a_topic_is_known_by_its_id_title_or_alias(table: Table, words: str):
    reply = table.ask(words)

    assert table.bank.get(reply.question_id).topic == "monitoring"


@pytest.mark.parametrize(
    "words",
    ["drift", "Concept Drift", "concept-drift", DRIFT, '"model drift"', "  drift\n"],
)
def test_a_question_is_known_by_its_names(table: Table, words: str):
    reply = table.ask(words)

    assert reply.question_id == DRIFT
    assert table.finder.asked_for == []


def test_free_words_lead_to_the_nearest_question(bank: QuestionBank):
    table = Table(bank, finder=FakeFinder((DRIFT, 0.8), ("interpretability/lime", 0.5)))

    reply = table.ask("how do I notice that a model got worse")

    assert reply.question_id == DRIFT


def test_words_far_from_everything_are_refused_with_the_nearest_topics_and_questions(
    bank: QuestionBank,
):
    near = ((DRIFT, 0.3), ("monitoring/degrading-models", 0.29), ("interpretability/lime", 0.1))
    table = Table(bank, finder=FakeFinder(*near))

    with pytest.raises(UnknownTopic) as refused:
        table.ask("best pizza in town")

    assert refused.value.words == "best pizza in town"
    assert refused.value.topics == ("monitoring", "interpretability")
    assert refused.value.questions[0] == "concept-drift"
    assert table.database.asks == {}


def test_words_near_nothing_at_all_are_refused_without_suggestions(table: Table):
    with pytest.raises(UnknownTopic) as refused:
        table.ask("zzz")

    assert refused.value.topics == refused.value.questions == ()


def test_free_words_without_a_model_are_refused_and_nothing_is_asked(bank: QuestionBank):
    table = Table(bank, finder=FakeFinder(problem=ModelUnavailable("tiny", "no such file")))

    with pytest.raises(GradingUnavailable, match="no such file"):
        table.ask("how do I notice that a model got worse")

    assert table.database.asks == {}


def test_free_words_to_a_busy_model_are_told_so_and_nothing_is_asked(bank: QuestionBank):
    table = Table(bank, finder=FakeFinder(problem=GraderBusy(128)))

    with pytest.raises(GradingBusy):
        table.ask("how do I notice that a model got worse")

    assert table.database.asks == {}


def test_a_topic_is_asked_without_a_model(bank: QuestionBank):
    table = Table(bank, finder=FakeFinder(problem=ModelUnavailable("tiny", "no such file")))

    reply = table.ask("monitoring")

    assert reply.question_id is not None


def test_a_topic_that_has_no_questions_is_refused_with_a_sentence(bank: QuestionBank):
    emptied = [question for question in bank if question.topic != "deployment"]
    table = Table(QuestionBank(bank.topics, emptied))

    with pytest.raises(CoachError):
        table.ask("deployment")


def test_asking_again_gives_another_question(table: Table):
    first = table.ask("monitoring")

    second = table.ask("monitoring")

    assert second.question_id != first.question_id


def test_every_question_of_a_topic_comes_before_one_comes_again(table: Table):
    questions = table.bank.by_topic("monitoring")

    asked = []
    for _ in questions:
        asked.append(table.ask("monitoring").question_id)
        table.answer()

    assert sorted(asked) == sorted(question.id for question in questions)


def test_a_question_answered_before_is_asked_with_the_day_and_the_score(bank: QuestionBank):
    table = Table(bank, FakeGrader(a_grade_of(bank.get(DRIFT), score=0.45)))
    table.ask("drift")
    table.answer()
    table.clock.pass_by(timedelta(days=9))

    reply = table.ask("drift")

    assert "23 November 2026" in text_of(reply)
    assert "45 %" in text_of(reply)


def test_peeking_shows_what_would_be_asked_and_remembers_nothing(table: Table):
    peeked = table.coach.peek(table.user, "monitoring")

    assert table.database.learners == table.database.asks == {}
    assert table.ask("monitoring").question_id == peeked.id


def test_peeking_counts_what_was_answered(table: Table):
    table.ask("monitoring")
    table.answer()

    peeked = table.coach.peek(table.user, "monitoring")

    assert peeked.id == table.ask("monitoring").question_id


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=80))
def test_whatever_is_asked_gets_a_question_or_a_sentence(bank: QuestionBank, words: str):
    table = Table(bank)

    try:
        asked = table.ask(words).question_id
    except UnknownTopic as refused:
        asked = refused.words

    assert asked in bank or asked in words


def a_plan_for(table: Table, **days: int) -> StudyPlan:
    """A plan of the person at the table, begun today; `left` says in how many days it ends."""
    with table.database.unit_of_work() as uow:
        learner = uow.learners.register(table.user, table.clock.now())
        today = table.clock.now().date()
        plan = StudyPlan(learner.id, "mlops-engineer", 2, 5, today, today + timedelta(**days))
        uow.study_plans.put(plan)
        uow.commit()
    return plan


def test_a_new_question_comes_from_what_is_on_today(table: Table):
    plan = a_plan_for(table, days=20)
    weights = weights_of(plan, table.bank)

    for _ in range(3):
        asked = table.bank.get(table.ask().question_id or "")
        today = table.clock.now().date()
        assert asked.topic in day_of_plan(plan, weights, today).areas
        assert asked.difficulty >= plan.easiest
        table.clock.pass_by(timedelta(days=1))


def test_a_topic_that_is_named_goes_before_the_plan(table: Table):
    a_plan_for(table, days=20)

    asked = table.ask("interpretability").question_id or ""
    assert table.bank.get(asked).topic == "interpretability"
