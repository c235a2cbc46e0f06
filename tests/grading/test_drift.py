"""Whether there is drift: found where it is, and not where chance alone is."""

from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import pytest
from scipy.stats import ks_2samp

from grading.drift import (
    ALPHA,
    AT_A_TIME,
    DIRECTIONS,
    SCORE_EDGES,
    Period,
    Shift,
    Verdict,
    compare,
    holm,
    kolmogorov_smirnov,
    psi,
)
from grading.encoder import Encoded

DIMENSIONS = 24


def scores(seed: int, size: int, mean: float = 0.6) -> tuple[float, ...]:
    drawn = np.random.default_rng(seed).normal(mean, 0.2, size)
    return tuple(float(round(each, 2)) for each in np.clip(drawn, 0, 1))


@dataclass
class Dice:
    """An encoder by chance: a text in capitals is put in another way."""

    model_id: str = "dice"
    largest: int = 0
    seen: set[str] = field(default_factory=set)

    def encode(self, texts: list[str]) -> list[Encoded]:
        self.largest = max(self.largest, len(texts))
        self.seen.update(texts)
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Encoded:
        drawn = np.random.default_rng(crc32(text.encode())).standard_normal(DIMENSIONS)
        drawn[:4] += 6 * text.isupper() + 9 * text.startswith("topic")
        unit = (drawn / np.linalg.norm(drawn)).astype(np.float32)
        return Encoded(unit, unit[None, :], (text,), np.zeros((1, 2), np.int32))


def texts(word: str, size: int, about: str = "topic") -> tuple[tuple[str, str], ...]:
    return tuple((f"{word} {number}", f"{about} {number % 5}") for number in range(size))


def test_the_index_is_that_of_the_textbook():
    before, now = np.array([0.05] * 500 + [0.95] * 500), np.array([0.05] * 250 + [0.95] * 750)
    told = (0.25 - 0.5) * np.log(0.25 / 0.5) + (0.75 - 0.5) * np.log(0.75 / 0.5)

    assert psi(before, now, SCORE_EDGES) == pytest.approx(told, abs=0.01)
    assert psi(before, before, SCORE_EDGES) == 0
    assert psi(before, now, SCORE_EDGES) == pytest.approx(psi(now, before, SCORE_EDGES))


def test_a_bin_that_was_empty_gives_a_large_index_and_no_infinite_one():
    assert 1 < psi(np.full(200, 0.05), np.full(200, 0.95), SCORE_EDGES) < 20


def test_a_value_on_an_edge_belongs_to_the_bin_that_begins_there():
    on, above = np.array([0.1, 1.0]), np.array([0.15, 0.95])

    assert psi(on, above, SCORE_EDGES) == 0


def test_the_test_is_that_of_scipy():
    before, now = np.array(scores(1, 300)), np.array(scores(2, 200, 0.5))
    known = ks_2samp(before, now, method="asymp")

    assert kolmogorov_smirnov(before, now) == pytest.approx((known.statistic, known.pvalue))


@pytest.mark.parametrize(
    ("given", "adjusted"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.5], [0.5]),
        ([0.9, 0.9], [1.0, 1.0]),
        ([], []),
    ],
)
def test_p_values_are_adjusted_by_holm(given: list[float], adjusted: list[float]):
    assert holm(given) == pytest.approx(adjusted)


def test_one_report_in_twenty_at_most_raises_an_alarm_without_drift():
    alarms = 0
    for seed in range(100):
        found = compare(Period(scores(2 * seed, 150)), Period(scores(2 * seed + 1, 150)))
        alarms += any(each.verdict is not Verdict.STEADY for each in found)

    assert alarms <= 100 * ALPHA + 3


def test_scores_that_fell_are_found():
    (shift,) = compare(Period(scores(1, 300)), Period(scores(2, 300, 0.4)))

    assert (shift.what, shift.verdict) == ("scores", Verdict.LARGE)
    assert shift.adjusted == shift.p < 0.001


def test_answers_put_in_another_way_are_found_and_scores_stay():
    before = Period(scores(1, 150), texts("words", 150))
    same, other = (Period(scores(2, 150), texts(word, 150)) for word in ("terms", "CAPITALS"))

    steady, moved = compare(before, same, Dice()), compare(before, other, Dice())

    assert len(steady) == len(moved) == 1 + DIRECTIONS
    assert {each.verdict for each in steady} == {Verdict.STEADY}
    assert moved[0].verdict is Verdict.STEADY
    assert Verdict.LARGE in {each.verdict for each in moved[1:]}


def test_texts_are_embedded_a_few_at_a_time_and_a_reference_once():
    dice = Dice()
    compare(Period(scores(1, 50), texts("a", 50)), Period(scores(2, 50), texts("b", 50)), dice)

    assert dice.largest <= AT_A_TIME
    assert len(dice.seen) == 105


@pytest.mark.parametrize(
    ("moved", "adjusted", "verdict"),
    [
        (9.0, 0.05, Verdict.STEADY),
        (0.05, 0.01, Verdict.SLIGHT),
        (0.1, 0.01, Verdict.MODERATE),
        (0.25, 0.01, Verdict.LARGE),
    ],
)
def test_what_no_test_finds_is_not_talked_about(moved: float, adjusted: float, verdict: Verdict):
    assert Shift("scores", moved, 0.3, 0.001, adjusted).verdict is verdict
