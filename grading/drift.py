"""Whether answers of one period differ from those of another: scores, and vectors of answers.

Scores are compared by the population stability index over ten bins and by the two-sample
Kolmogorov-Smirnov test. The vectors are reduced first, as Rabanser, Günnemann and Lipton advise
("Failing Loudly", NeurIPS 2019): each answer's vector less that of its question's reference answer,
so that other questions alone are no drift, is projected on a few fixed random directions, and each
projection is tested. All tests of a report are one family: their p-values are adjusted by Holm's
method (1979), so that one in twenty reports without drift raises an alarm, not one in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grading.encoder import Encoder

Floats = NDArray[np.float64]

SCORE_EDGES: Final = tuple(round(0.1 * step, 1) for step in range(1, 10))
"""Ten bins of equal width, of which the last holds 1.0."""

QUANTILES: Final = 10
"""Bins of a projection, bounded by the deciles of the baseline."""

DIRECTIONS: Final = 8
SEED: Final = 17

ALPHA: Final = 0.05

SMALL, LARGE = 0.1, 0.25
"""Where a PSI begins to matter, and to matter much: the custom of credit scoring (Siddiqi, "Credit
Risk Scorecards", 2006). It says how large a shift is, and the test whether there is one."""

EMPTY: Final = 0.5
"""Added to each bin, so that an empty one gives no infinite index."""

AT_A_TIME: Final = 4
"""Texts embedded in one call: a grade waits for no more of them than for a short answer."""


class Verdict(StrEnum):
    """What is to be made of a shift."""

    STEADY = "steady"
    SLIGHT = "slight"
    MODERATE = "moderate"
    LARGE = "large"


@dataclass(frozen=True)
class Period:
    """Answers of a time: scores from 0 to 1, and texts with their reference answers."""

    scores: tuple[float, ...]
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Shift:
    """How far something moved.

    Attributes:
        what: `scores`, or `answers 1` and so on for the projections of vectors.
        psi: the population stability index, 0 for none.
        ks: the largest distance of the cumulated shares, from 0 to 1.
        p: the chance of such a distance without any drift.
        adjusted: the same with regard to all tests of the report.
    """

    what: str
    psi: float
    ks: float
    p: float
    adjusted: float

    @property
    def verdict(self) -> Verdict:
        """What is to be made of it: without a significant test nothing, however large."""
        if self.adjusted >= ALPHA:
            return Verdict.STEADY
        if self.psi < SMALL:
            return Verdict.SLIGHT
        return Verdict.MODERATE if self.psi < LARGE else Verdict.LARGE


def compare(before: Period, now: Period, encoder: Encoder | None = None) -> tuple[Shift, ...]:
    """Return how far scores moved and, with an encoder, the vectors of answers.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    old, new = np.asarray(before.scores), np.asarray(now.scores)
    found = [("scores", psi(old, new, SCORE_EDGES), *kolmogorov_smirnov(old, new))]
    if encoder is not None:
        sides = (_projected(each.texts, encoder) for each in (before, now))
        pairs = zip(*(side.T for side in sides), strict=True)
        for number, (old, new) in enumerate(pairs, start=1):
            inner = np.linspace(0, 1, QUANTILES + 1)[1:-1]
            edges = tuple(float(edge) for edge in np.unique(np.quantile(old, inner)))
            moved = psi(old, new, edges), *kolmogorov_smirnov(old, new)
            found.append((f"answers {number}", *moved))
    adjusted = holm([p for *_, p in found])
    return tuple(Shift(*each, better) for each, better in zip(found, adjusted, strict=True))


def psi(before: Floats, now: Floats, edges: Sequence[float]) -> float:
    """Return the population stability index over the bins between the edges.

    It is the sum over all bins of (q - p) ln(q / p), where p and q are the shares before and now:
    the symmetric divergence of Jeffreys (1946), named so in credit scoring. A value belongs to the
    bin that begins at it.
    """
    shares = []
    for values in (before, now):
        counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
        shares.append((counts + EMPTY) / (counts + EMPTY).sum())
    p, q = shares
    return float(((q - p) * np.log(q / p)).sum())


def kolmogorov_smirnov(before: Floats, now: Floats) -> tuple[float, float]:
    """Return the statistic of the two-sample test and its p-value, by its limiting distribution.

    Kolmogorov (1933) and Smirnov (1939), as scipy computes it. Scores are rounded, and where values
    are equal the test is conservative (Noether, "Elements of Nonparametric Statistics", 1967): it
    finds less than there is, never more.
    """
    from scipy.stats import ks_2samp

    found = ks_2samp(before, now, method="asymp")
    return float(found.statistic), float(found.pvalue)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted for being several (Holm, Scandinavian Journal of Statistics 1979).

    The k-th smallest of n is multiplied by n - k + 1, and none is smaller than one before it.
    """
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, p_values[place] * (len(p_values) - rank)))
        adjusted[place] = largest
    return tuple(adjusted)


def _projected(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Floats:
    """Return of each answer's vector, less that of its reference answer, a few projections."""
    answers = _vectors([answer for answer, _ in texts], encoder)
    references = sorted({reference for _, reference in texts})
    known = dict(zip(references, _vectors(references, encoder), strict=True))
    differences = np.stack(
        [mine - known[text] for mine, (_, text) in zip(answers, texts, strict=True)]
    )
    random = np.random.default_rng(SEED).standard_normal((differences.shape[1], DIRECTIONS))
    return np.asarray(differences @ (random / np.linalg.norm(random, axis=0)), dtype=np.float64)


def _vectors(texts: Sequence[str], encoder: Encoder) -> list[Floats]:
    found: list[Floats] = []
    for start in range(0, len(texts), AT_A_TIME):
        for encoded in encoder.encode(texts[start : start + AT_A_TIME]):
            found.append(np.asarray(encoded.sentence, dtype=np.float64))  # noqa: PERF401 clearer so
    return found
