"""From verdicts on essential and bonus points to the score."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.calibration import Verdict, band_of, shipped_coefficients
from grading.grade import Band, PointStatus
from grading.rubric import RubricPoint
from grading.scoring import KEPT, MOST_BONUS, doubt, score_of_points
from knowledge.question import PointRole

NONE = np.array([], dtype=np.int64)
PENALTY = 0.5
FITTED = shipped_coefficients().model_copy(update={"penalty": PENALTY, "share": 1.0})
SAID = Verdict(PointStatus.COVERED, 1.0)
HALF = Verdict(PointStatus.PARTIAL, 0.5)
MISSED = Verdict(PointStatus.MISSED, 0.0)
OPPOSED = Verdict(PointStatus.CONTRADICTED, 0.0, 1.0)


def essential(weight=1.0):
    return RubricPoint("p", "a point", weight, NONE, NONE)


def bonus(weight=1.0):
    return replace(essential(weight), role=PointRole.BONUS)


def score(points, verdicts, enough=None, fitted=FITTED):
    return score_of_points(points, verdicts, fitted, enough)


def test_essential_points_make_the_score_by_weight_less_a_penalty():
    points = [essential(3), essential(2), essential(1)]

    assert score(points, [SAID, HALF, OPPOSED]) == pytest.approx(4 / 6 - PENALTY / 6)


@pytest.mark.parametrize("fitted", [FITTED, shipped_coefficients()], ids=["neutral", "shipped"])
def test_an_answer_to_all_that_was_asked_is_strong_without_a_bonus(fitted):
    assert band_of(score([essential(), bonus(5)], [SAID, MISSED], fitted=fitted)) is Band.STRONG


def test_what_the_earned_share_counts_for_is_fitted():
    fitted = FITTED.model_copy(update={"share": 0.9})

    assert score([essential(), essential()], [SAID, MISSED], fitted=fitted) == pytest.approx(0.45)


def test_bonus_points_add_a_tenth_at_most():
    points = [essential(), essential(), bonus(3), bonus(1)]

    assert score(points, [SAID, MISSED, SAID, SAID]) == pytest.approx(0.5 + MOST_BONUS)
    assert score(points, [SAID, MISSED, SAID, MISSED]) == pytest.approx(0.5 + MOST_BONUS * 0.75)
    assert score(points, [SAID] * 4) == 1


def test_some_of_many_points_are_enough_where_the_question_says_so():
    points = [essential() for _ in range(5)]

    assert score(points, [SAID] * 3 + [MISSED] * 2, enough=3) == 1
    assert score(points, [SAID] * 2 + [MISSED] * 3, enough=4) == pytest.approx(0.5)


def test_a_likely_contradiction_costs_before_it_is_called_one():
    doubtful = SAID._replace(opposed=0.6)

    lost = score([essential()], [SAID]) - score([essential()], [doubtful])

    assert lost == pytest.approx(PENALTY * doubt(0.6))


def test_contradictions_leave_a_quarter_of_what_was_earned():
    assert score([essential(1), essential(9)], [SAID, OPPOSED]) == pytest.approx(KEPT * 0.1)
    assert score([essential()], [OPPOSED]) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.5, 5), st.sampled_from(PointRole), st.floats(0, 1), st.floats(0, 1)),
        max_size=6,
    )
)
def test_any_verdicts_give_a_score_in_0_to_1(drawn):
    points = [replace(essential(weight), role=role) for weight, role, *_ in drawn]
    verdicts = [Verdict(PointStatus.COVERED, credit, opposed) for *_, credit, opposed in drawn]

    assert 0 <= score([*points, essential()], [*verdicts, HALF]) <= 1
