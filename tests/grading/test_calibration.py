"""From probability to credit to score to band, at the edges."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.calibration import (
    CONTRADICTED_FROM,
    CONTRADICTED_LEAD,
    COVERED_FROM,
    FULL_CREDIT_FROM,
    NO_CREDIT_BELOW,
    PARTIAL_FROM,
    Coefficients,
    Fit,
    Verdict,
    band_of,
    judge_point,
    score_of_agreement,
    score_of_points,
    shipped_coefficients,
)
from grading.grade import Band, PointStatus
from grading.signals import ModelSignals, PointSignals

NEUTRAL = PointSignals(*[0.0] * len(PointSignals._fields))
FREE = settings(max_examples=60, deadline=None)
NUMBERS = st.floats(-2, 2)


def certain(probability: float) -> Fit:
    """Return a fit that says this probability whatever the signals."""
    return Fit(intercept=math.log(probability / (1 - probability)), weights={})


def coefficients(covered=0.01, contradicted=0.01, stated=0.01, share=1.0, penalty=0.5):
    return Coefficients(
        version="test",
        provenance={},
        covered=certain(covered),
        contradicted=certain(contradicted),
        stated=certain(stated),
        agreement=Fit(intercept=0.1, weights={"recall": 0.5}),
        share=share,
        penalty=penalty,
    )


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0.0, Band.NONE),
        (0.0999, Band.NONE),
        (0.1, Band.WEAK),
        (0.3499, Band.WEAK),
        (0.35, Band.PARTIAL),
        (0.5999, Band.PARTIAL),
        (0.6, Band.GOOD),
        (0.8499, Band.GOOD),
        (0.85, Band.STRONG),
        (1.0, Band.STRONG),
    ],
)
def test_a_band_begins_exactly_at_its_lowest_score(score, band):
    assert band_of(score) is band


def probability_of(credit: float) -> float:
    """Return the probability that earns this credit."""
    return NO_CREDIT_BELOW + credit * (FULL_CREDIT_FROM - NO_CREDIT_BELOW)


@pytest.mark.parametrize(
    ("probability", "status", "credit"),
    [
        (NO_CREDIT_BELOW / 2, PointStatus.MISSED, 0.0),
        (probability_of(PARTIAL_FROM - 0.01), PointStatus.MISSED, 0.0),
        (probability_of(PARTIAL_FROM + 0.01), PointStatus.PARTIAL, PARTIAL_FROM + 0.01),
        (probability_of(COVERED_FROM - 0.01), PointStatus.PARTIAL, COVERED_FROM - 0.01),
        (probability_of(COVERED_FROM + 0.01), PointStatus.COVERED, COVERED_FROM + 0.01),
        (FULL_CREDIT_FROM + 0.01, PointStatus.COVERED, 1.0),
        (0.999, PointStatus.COVERED, 1.0),
    ],
)
@pytest.mark.parametrize("authored", [True, False])
def test_a_probability_becomes_a_status_and_a_credit(probability, status, credit, authored):
    fitted = coefficients(covered=probability, stated=probability)

    verdict = judge_point(NEUTRAL, fitted, authored=authored)

    assert verdict.status is status
    assert verdict.credit == pytest.approx(credit, abs=1e-3)


LIKELY, UNLIKELY = CONTRADICTED_FROM + 0.05, CONTRADICTED_FROM - 0.05


@pytest.mark.parametrize(
    ("covered", "contradicted", "lead", "opposed"),
    [
        (0.1, LIKELY, 0.0, True),
        (0.1, UNLIKELY, 0.0, False),
        (LIKELY + 0.05, LIKELY, 0.0, False),
        (0.1, LIKELY, CONTRADICTED_LEAD, True),
        (0.1, LIKELY, CONTRADICTED_LEAD - 0.01, False),
    ],
)
def test_contradiction_must_be_likely_likelier_than_coverage_and_about_this_point(
    covered, contradicted, lead, opposed
):
    signals = NEUTRAL._replace(wrong_lead=lead)

    verdict = judge_point(signals, coefficients(covered, contradicted), authored=True)

    assert (verdict.status is PointStatus.CONTRADICTED) is opposed
    assert not (opposed and verdict.credit)


def test_a_bare_rubric_knows_no_contradiction():
    verdict = judge_point(NEUTRAL, coefficients(contradicted=0.99), authored=False)

    assert verdict.status is PointStatus.MISSED


def test_the_score_is_the_weighted_share_of_credit_less_a_penalty():
    verdicts = [
        Verdict(PointStatus.COVERED, 1.0),
        Verdict(PointStatus.PARTIAL, 0.5),
        Verdict(PointStatus.CONTRADICTED, 0.0, 1.0),
    ]

    score = score_of_points([3, 2, 1], verdicts, coefficients(share=0.9, penalty=0.6))

    assert score == pytest.approx(0.9 * 4 / 6 - 0.6 * 1 / 6)


def test_a_likely_contradiction_costs_before_it_is_called_one():
    sure = Verdict(PointStatus.COVERED, 1.0, 0.0)
    doubtful = Verdict(PointStatus.COVERED, 1.0, 0.6)

    scores = [score_of_points([1], [one], coefficients(penalty=0.5)) for one in (sure, doubtful)]

    assert scores[0] - scores[1] == pytest.approx(0.5 * 0.5)


def test_contradictions_take_back_three_quarters_of_what_was_earned_at_most():
    verdicts = [Verdict(PointStatus.COVERED, 1.0), Verdict(PointStatus.CONTRADICTED, 0.0, 1.0)]

    assert score_of_points([1, 9], verdicts, coefficients(penalty=1.0)) == pytest.approx(0.025)


def test_contradictions_alone_never_push_the_score_below_zero():
    assert score_of_points([1], [Verdict(PointStatus.CONTRADICTED, 0, 1)], coefficients()) == 0


def test_full_credit_earns_a_strong_score_with_the_shipped_coefficients():
    verdicts = [Verdict(PointStatus.COVERED, 1.0)] * 3

    assert band_of(score_of_points([1, 2, 3], verdicts, shipped_coefficients())) is Band.STRONG


@FREE
@given(st.lists(NUMBERS, min_size=len(NEUTRAL), max_size=len(NEUTRAL)), st.booleans())
def test_any_signals_give_a_credit_in_0_to_1_that_fits_the_status(values, authored):
    verdict = judge_point(PointSignals(*values), shipped_coefficients(), authored=authored)

    assert 0 <= verdict.credit <= 1
    assert (verdict.credit > 0) == (verdict.status in {PointStatus.COVERED, PointStatus.PARTIAL})


@FREE
@given(
    st.lists(
        st.tuples(
            st.floats(0.5, 5), st.sampled_from(PointStatus), st.floats(0, 1), st.floats(0, 1)
        ),
        min_size=1,
        max_size=7,
    )
)
def test_any_verdicts_give_a_score_in_0_to_1(points):
    weights = [weight for weight, *_ in points]
    verdicts = [Verdict(*verdict) for _, *verdict in points]

    assert 0 <= score_of_points(weights, verdicts, shipped_coefficients()) <= 1


@FREE
@given(NUMBERS, NUMBERS, NUMBERS)
def test_any_agreement_gives_a_score_in_0_to_1(recall, precision, lexical):
    signals = ModelSignals(recall, precision, lexical)

    assert 0 <= score_of_agreement(signals, shipped_coefficients()) <= 1


@FREE
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_never_has_a_lower_band(one, other):
    order = list(Band)
    low, high = sorted([one, other])

    assert order.index(band_of(low)) <= order.index(band_of(high))


def test_shipped_coefficients_say_where_they_come_from():
    shipped = shipped_coefficients()

    assert shipped.version
    assert {"public", "bank", "model", "attribution"} <= shipped.provenance.keys()
    assert shipped.share > 0 <= shipped.penalty
