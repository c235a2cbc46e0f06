"""Figures of the benchmark from scores: how far a system agrees with the readers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import spearmanr

from benchmarks.answers.loading import Answer, Pair, covered, opposed

AGREED = 0.5
"""Mean mark from which a point counts as covered, or as contradicted, for the readers."""

CONCISE = "strong_concise"
WRONG = ("subtly_wrong", "swapped_direction")
RIGHT = (CONCISE, "strong_long", "plain_words", "right_with_hedges", "rejects_misconception")
"""Kinds in which a point that is called contradicted is a right answer called wrong."""

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Scored:
    """A system's score of an answer in 0..1, and each point's status by id, if it gives one."""

    score: float
    points: Mapping[str, str]


def of_answers(answers: Sequence[Answer], scored: Sequence[Scored]) -> Figures:
    """Return rank correlation, RMSE on 0..1, and mean scores by kind."""
    human = np.array([one.score for one in answers])
    machine = np.array([one.score for one in scored])
    kinds = np.array([one.kind for one in answers])
    means = {kind: float(machine[kinds == kind].mean()) for kind in sorted(set(kinds))}
    concise = machine[kinds == CONCISE]
    return {
        "Spearman": float(spearmanr(human, machine)[0]),
        "RMSE": float(np.sqrt(np.mean((human - machine) ** 2))),
        "concise right, median": float(np.median(concise)),
        "concise right, share from .60": float(np.mean(concise >= 0.6)),  # noqa: PLR2004 'good'
        **{f"mean, {kind.replace('_', ' ')}": mean for kind, mean in means.items()},
    }


def of_points(answers: Sequence[Answer], scored: Sequence[Scored]) -> Figures:
    """Return precision and recall of what is called covered and contradicted.

    A point counts for recall when both readers agree on it.
    """
    marked = list(_marked(answers, scored))
    called = [wrong >= AGREED for status, _, wrong, _ in marked if status == "contradicted"]
    credited = [said >= AGREED for status, said, _, _ in marked if status == "covered"]
    return {
        "contradicted, precision": _mean(called),
        "contradicted, recall": _mean([s == "contradicted" for s, _, w, _ in marked if w == 1]),
        "right answers' points called contradicted": float(
            sum(s == "contradicted" and kind in RIGHT for s, _, _, kind in marked)
        ),
        "covered, precision": _mean(credited),
        "covered, recall": _mean([s == "covered" for s, c, _, _ in marked if c == 1]),
    }


def _marked(
    answers: Sequence[Answer], scored: Sequence[Scored]
) -> Iterator[tuple[str, float, float, str]]:
    """Yield each marked point: the system's status, the readers' two marks, the answer's kind."""
    for answer, one in zip(answers, scored, strict=True):
        for point, status in one.points.items():
            said, wrong = answer.share(point, covered), answer.share(point, opposed)
            if said is not None and wrong is not None:
                yield status, said, wrong, answer.kind


def of_pairs(pairs: Sequence[Pair], scored: Sequence[tuple[float, float]]) -> Figures:
    """Return the share of pairs ordered right, overall and by kind; a tie counts half."""
    right = np.array([(b > w) + 0.5 * (b == w) for b, w in scored])
    kinds = np.array([one.kind for one in pairs])
    return {
        "pairs ordered right": float(right.mean()),
        **{
            f"pairs, {kind.replace('_', ' ')}": float(right[kinds == kind].mean())
            for kind in sorted(set(kinds))
        },
    }


def of_readers(answers: Sequence[Answer]) -> Figures:
    """Return how far two readers agree with each other, where there are two."""
    both = [one.readers for one in answers if len(one.readers) > 1]
    if not both:
        return {}
    first, second = (np.array([readers[n].score for readers in both]) for n in (0, 1))
    marks = [
        (one.points[point], other.points.get(point)) for one, other in both for point in one.points
    ]
    return {
        "Spearman": float(spearmanr(first, second)[0]),
        "RMSE": float(np.sqrt(np.mean((first - second) ** 2))),
        "same mark of a point": _mean([one == other for one, other in marks]),
    }


def _mean(values: Sequence[bool]) -> float | None:
    return float(np.mean(values)) if values else None
