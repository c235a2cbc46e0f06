import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from bot.core.practice.ratings import (
    CENTRE,
    HIGHEST,
    LEAST_DEVIATION,
    LOWEST,
    NEW_DEVIATION,
    Elo,
    difficulty,
    expected,
    question_prior,
    topic_prior,
    update,
)

values = st.floats(LOWEST, HIGHEST)
deviations = st.floats(LEAST_DEVIATION, NEW_DEVIATION)
ratings = st.builds(Elo, values, deviations)
shares = st.floats(0, 1)


def test_equals_are_expected_to_earn_half():
    assert expected(Elo(), Elo()) == 0.5


@given(learner=ratings, question=ratings)
def test_expectations_of_both_sides_add_up_to_one(learner: Elo, question: Elo):
    assert expected(learner, question) + expected(question, learner) == pytest.approx(1)


@given(learner=ratings, question=ratings, low=shares, high=shares)
def test_a_better_score_never_lowers_the_learner_or_raises_the_question(
    learner: Elo, question: Elo, low: float, high: float
):
    low, high = sorted((low, high))

    worse, better = update(learner, question, low), update(learner, question, high)

    assert worse[0].value <= better[0].value
    assert worse[1].value >= better[1].value


@given(a=st.floats(900, 2100), b=st.floats(900, 2100), deviation=deviations, score=shares)
def test_what_one_side_wins_the_other_loses_when_both_are_equally_certain(
    a: float, b: float, deviation: float, score: float
):
    learner, question = Elo(a, deviation), Elo(b, deviation)

    after, question_after = update(learner, question, score)

    assert after.value - a == pytest.approx(b - question_after.value, abs=1e-6)


@given(learner=ratings, question=ratings, score=shares)
def test_ratings_stay_bounded_and_grow_more_certain(learner: Elo, question: Elo, score: float):
    for before, after in zip((learner, question), update(learner, question, score), strict=True):
        assert LOWEST <= after.value <= HIGHEST
        assert LEAST_DEVIATION <= after.deviation <= before.deviation


@given(learner=ratings, question=ratings)
def test_scoring_above_expectation_between_equals_raises_the_learner(learner: Elo, question: Elo):
    even = replace(question, value=learner.value)

    assert update(learner, even, 0.9)[0].value >= learner.value
    assert update(learner, even, 0.1)[0].value <= learner.value


def test_the_less_certain_side_moves_further():
    newcomer, known = Elo(CENTRE, 350), Elo(CENTRE, 70)

    after, question_after = update(newcomer, known, 1.0)

    assert after.value - CENTRE > 3 * (CENTRE - question_after.value)


@pytest.mark.parametrize("score", [-0.01, 1.01, float("nan")])
def test_a_score_outside_its_range_is_refused(score: float):
    with pytest.raises(ValueError, match=r"a score is in 0\.\.1"):
        update(Elo(), Elo(), score)


def test_authored_difficulties_are_starting_points_in_order():
    priors = [question_prior(level) for level in range(1, 6)]

    assert priors == sorted(priors, key=lambda prior: prior.value)
    assert [round(expected(Elo(), prior), 2) for prior in priors] == [0.85, 0.7, 0.5, 0.3, 0.15]


def test_a_new_topic_starts_from_what_is_known_of_the_others():
    assert topic_prior() == Elo()
    strong = topic_prior([Elo(1800, 80), Elo(1700, 80)])

    assert 1650 < strong.value < 1750
    assert strong.deviation < NEW_DEVIATION


@given(ratings)
def test_an_estimate_lies_within_its_limits_and_narrows_with_certainty(elo: Elo):
    wide, narrow = difficulty(replace(elo, deviation=350)), difficulty(replace(elo, deviation=60))

    assert 0 <= wide.low <= narrow.low <= narrow.share <= narrow.high <= wide.high <= 1
    assert narrow.settled
    assert not wide.settled


def test_a_harder_question_has_the_higher_difficulty():
    assert difficulty(question_prior(5)).share > difficulty(question_prior(2)).share
    assert difficulty(Elo(CENTRE)).share == 0.5


def test_ratings_find_the_true_order_of_simulated_questions_and_learners():
    """Authors are of no help here: every question starts at the centre."""
    lots = random.Random(4)  # noqa: S311 a simulation, no secret
    true_questions = {q: lots.gauss(CENTRE, 200) for q in range(40)}
    true_learners = {name: lots.gauss(CENTRE, 200) for name in range(120)}
    questions = {q: Elo() for q in true_questions}
    learners = {name: Elo() for name in true_learners}
    games = [(name, q) for name in learners for q in lots.sample(sorted(questions), 20)]
    lots.shuffle(games)
    for name, q in games:
        chance = expected(Elo(true_learners[name]), Elo(true_questions[q]))
        score = min(max(lots.gauss(chance, 0.25), 0), 1)
        learners[name], questions[q] = update(learners[name], questions[q], score)

    of_questions = spearmanr([true_questions[q] for q in questions], _values(questions)).statistic
    of_learners = spearmanr([true_learners[n] for n in learners], _values(learners)).statistic

    assert of_questions > 0.93
    assert of_learners > 0.85
    assert all(elo.deviation < 120 for elo in (*questions.values(), *learners.values()))


def _values(ratings: dict[int, Elo]) -> list[float]:
    return [elo.value for elo in ratings.values()]
