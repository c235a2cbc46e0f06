"""From probability to credit to score to band, at the edges."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.calibration import (
    BOTH_HEARD,
    CONTRADICTED_FROM,
    COVERED_FROM,
    DOUBT_FROM,
    FULL_CREDIT_FROM,
    HEARD_FROM,
    NO_CREDIT_BELOW,
    PARTIAL_FROM,
    PROOF_FROM,
    SHOWN_FROM,
    UNSURE_FROM,
    Coefficients,
    band_of,
    judge_point,
    shipped_coefficients,
)
from grading.fits import Fit, SentenceFits
from grading.grade import Band, PointStatus
from grading.signals import PointSignals

NEUTRAL = PointSignals(*[0.0] * len(PointSignals._fields))
FREE = settings(max_examples=60, deadline=None)
NUMBERS = st.floats(-2, 2)


def certain(probability: float) -> Fit:
    """Return a fit that says this probability whatever the signals."""
    return Fit(intercept=math.log(probability / (1 - probability)), weights={})


def coefficients(covered=0.01, contradicted=0.01, share=1.0, penalty=0.5):
    return Coefficients(
        version="test",
        provenance={},
        sentences=SentenceFits(bears_out=certain(0.5), denies=certain(0.5)),
        covered=certain(covered),
        contradicted=(certain(0.99), certain(contradicted)),
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
def test_a_probability_becomes_a_status_and_a_credit(probability, status, credit):
    fitted = coefficients(covered=probability)

    verdict = judge_point(NEUTRAL, fitted)

    assert verdict.status is status
    assert verdict.credit == pytest.approx(credit, abs=1e-3)


@pytest.mark.parametrize(
    ("credit", "heard", "status"),
    [
        (COVERED_FROM - 0.01, HEARD_FROM, PointStatus.PARTIAL),
        (COVERED_FROM - 0.01, HEARD_FROM - 0.01, PointStatus.MISSED),
        (COVERED_FROM + 0.01, HEARD_FROM - 0.01, PointStatus.COVERED),
    ],
)
def test_nothing_is_half_made_without_a_sentence_that_may_show_it(credit, heard, status):
    fitted = coefficients(covered=probability_of(credit))

    verdict = judge_point(NEUTRAL._replace(said_alone=heard), fitted)

    assert verdict.status is status
    assert (verdict.credit > 0) == (status is not PointStatus.MISSED)


LIKELY, UNLIKELY = CONTRADICTED_FROM + 0.05, CONTRADICTED_FROM - 0.05


@pytest.mark.parametrize(
    ("covered", "contradicted", "proof", "opposed"),
    [
        (0.1, LIKELY, PROOF_FROM, True),
        (0.1, UNLIKELY, PROOF_FROM, False),
        (LIKELY + 0.05, LIKELY, PROOF_FROM, False),
        (0.1, LIKELY, PROOF_FROM - 0.01, False),
    ],
)
def test_contradiction_must_be_likely_likelier_than_coverage_and_proven_by_a_sentence(
    covered, contradicted, proof, opposed
):
    signals = NEUTRAL._replace(denied_alone=proof, said_alone=proof - 9)

    verdict = judge_point(signals, coefficients(covered, contradicted))

    assert (verdict.status is PointStatus.CONTRADICTED) is opposed
    assert not (opposed and (verdict.credit or verdict.unsure))


def test_nothing_is_contradicted_that_a_sentence_rather_bears_out():
    fitted = coefficients(0.1, 0.99)

    denied, borne_out = (
        judge_point(NEUTRAL._replace(denied_alone=2, said_alone=said), fitted)
        for said in (-0.1, 2.1)
    )

    assert denied.status is PointStatus.CONTRADICTED
    assert borne_out.status is not PointStatus.CONTRADICTED
    assert borne_out.opposed < 0.5


def test_what_one_sentence_bears_out_and_another_denies_is_asked_about():
    signals = NEUTRAL._replace(denied_alone=9, said_alone=SHOWN_FROM)

    verdict = judge_point(signals, coefficients(0.1, 0.99))

    assert verdict.status is not PointStatus.CONTRADICTED
    assert verdict.unsure
    assert verdict.opposed == BOTH_HEARD


@pytest.mark.parametrize(
    ("contradicted", "denied", "unsure"),
    [
        (UNSURE_FROM - 0.01, DOUBT_FROM, False),
        (UNSURE_FROM + 0.01, DOUBT_FROM, True),
        (UNSURE_FROM + 0.01, DOUBT_FROM - 0.01, False),
        (0.99, PROOF_FROM - 0.01, True),
    ],
)
def test_between_praise_and_verdict_the_grader_is_not_sure(contradicted, denied, unsure):
    signals = NEUTRAL._replace(denied_alone=denied, said_alone=denied - 9)

    assert judge_point(signals, coefficients(0.9, contradicted)).unsure is unsure


@FREE
@given(st.lists(NUMBERS, min_size=len(NEUTRAL), max_size=len(NEUTRAL)))
def test_any_signals_give_a_credit_in_0_to_1_that_fits_the_status(values):
    verdict = judge_point(PointSignals(*values), shipped_coefficients())

    assert 0 <= verdict.credit <= 1
    assert (verdict.credit > 0) == (verdict.status in {PointStatus.COVERED, PointStatus.PARTIAL})


@FREE
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_never_has_a_lower_band(one, other):
    order = list(Band)
    low, high = sorted([one, other])

    assert order.index(band_of(low)) <= order.index(band_of(high))


def test_shipped_coefficients_say_where_they_come_from():
    shipped = shipped_coefficients()

    assert shipped.version
    assert {"public", "answers", "model", "attribution"} <= shipped.provenance.keys()
    assert shipped.share > 0 <= shipped.penalty
