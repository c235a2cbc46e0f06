"""Agreement with people: the figures by which a grader is measured.

Pearson and Spearman correlation, root mean squared error on 0..1, quadratic weighted kappa on
five equal bins, and the correlation within a question averaged over questions, which a grader
cannot raise by knowing which questions are easy.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel

from benchmarks.agreement.rows import Row
from grading.rubric import Floats

BINS = 5


@dataclass(frozen=True)
class Prediction:
    """A row with the score that the grader gave."""

    row: Row
    predicted: float


class Figures(BaseModel):
    """How well predictions agree with people; None where a figure is undefined."""

    n: int
    pearson: float | None
    spearman: float | None
    rmse: float
    qwk: float | None


class Means(BaseModel):
    """The mean score by people and by the grader over some rows."""

    n: int
    score: float
    predicted: float


class Report(Figures):
    """All figures of one evaluation."""

    questions: int
    within_question_r: float | None
    by_split: dict[str, Figures]
    by_label: dict[str, Means]
    by_kind: dict[str, Means]
    seconds: float
    answers_per_second: float
    unmatched: int = 0
    baseline: Figures | None = None


def report(predictions: Sequence[Prediction], seconds: float, unmatched: int = 0) -> Report:
    """Compute every figure over the predictions, of which there is one at least."""
    human, machine = _columns(predictions)
    return Report(
        **figures(human, machine).model_dump(),
        questions=len({p.row.question_id for p in predictions}),
        within_question_r=_within_question(predictions),
        by_split={
            name: figures(*_columns(group)) for name, group in _grouped(predictions, "split")
        },
        by_label={name: _means(group) for name, group in _grouped(predictions, "label")},
        by_kind={name: _means(group) for name, group in _grouped(predictions, "kind")},
        seconds=round(seconds, 3),
        answers_per_second=round(len(predictions) / max(seconds, 1e-9), 2),
        unmatched=unmatched,
    )


def figures(human: Floats, machine: Floats) -> Figures:
    """Compute the agreement of two columns of scores [n] in 0..1, n ≥ 1."""
    return Figures(
        n=len(human),
        pearson=_correlation(human, machine),
        spearman=_correlation(_ranks(human), _ranks(machine)),
        rmse=round(float(np.sqrt(np.mean((human - machine) ** 2))), 4),
        qwk=_kappa(human, machine),
    )


def _columns(predictions: Sequence[Prediction]) -> tuple[Floats, Floats]:
    pairs = np.array([(p.row.score, p.predicted) for p in predictions], dtype=np.float64)
    return pairs[:, 0], pairs[:, 1]


def _grouped(predictions: Sequence[Prediction], field: str) -> list[tuple[str, list[Prediction]]]:
    groups: dict[str, list[Prediction]] = defaultdict(list)
    for prediction in predictions:
        name = getattr(prediction.row, field)
        if name:
            groups[name].append(prediction)
    return sorted(groups.items())


def _means(predictions: Sequence[Prediction]) -> Means:
    human, machine = _columns(predictions)
    return Means(
        n=len(human), score=round(float(human.mean()), 4), predicted=round(float(machine.mean()), 4)
    )


def _within_question(predictions: Sequence[Prediction]) -> float | None:
    each = [_correlation(*_columns(group)) for _, group in _grouped(predictions, "question_id")]
    defined = [r for r in each if r is not None]
    return round(float(np.mean(defined)), 4) if defined else None


def _correlation(a: Floats, b: Floats) -> float | None:
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:  # noqa: PLR2004 a line needs two points
        return None
    return round(float(np.corrcoef(a, b)[0, 1]), 4)


def _kappa(human: Floats, machine: Floats) -> float | None:
    from sklearn.metrics import cohen_kappa_score

    bins = [np.minimum((column * BINS).astype(int), BINS - 1) for column in (human, machine)]
    if len(np.unique(np.concatenate(bins))) == 1:
        return None
    kappa = cohen_kappa_score(*bins, labels=list(range(BINS)), weights="quadratic")
    return round(float(kappa), 4)


def _ranks(column: Floats) -> Floats:
    from scipy.stats import rankdata

    return np.asarray(rankdata(column), dtype=np.float64)
