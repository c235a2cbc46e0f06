"""Whether a poor answer rather answers another question of the bank, or none at all."""

import numpy as np

from grading.calibration import lowest_of
from grading.corpus import Corpus
from grading.grade import Band
from grading.passages import PassageKind
from grading.reading import Reading
from grading.rubric import Rubric

OFF_TOPIC_SCORE_BELOW = lowest_of(Band.GOOD)
OFF_TOPIC_NEAR_BELOW = 0.45
OFF_TOPIC_LEAD = 0.07
OFF_TOPIC_CLEAR_LEAD = 0.13
ON_TOPIC_FROM = 0.65
UNRELATED_BELOW = 0.25
"""An answer under the band 'good' is off topic when its statements are nearer (mean cosine) to
another question than to this one: by a lead where they lie far from this one, by a clear lead
wherever they lie; or when they are near to nothing at all. A statement that is this near to one of
the question's own points keeps the answer where it was given. On the graded sample
answers that catches 32 of 33 that belong elsewhere and none that is partial, good or strong."""

NEIGHBOURS = 300
"""Passages looked at for each statement: enough that the right question is among them whatever
single statement it is."""

ANSWERED_BY = frozenset({PassageKind.RIGHT, PassageKind.REFERENCE, PassageKind.WRONG})
"""What an answer to a question resembles, and not the question itself."""


def closest_question(corpus: Corpus, rubric: Rubric, reading: Reading) -> str | None:
    """Return the other question that a poor answer would rather answer, if it leads clearly.

    The rubric's own id when no question of the bank is near at all; None when the answer
    belongs where it was given.
    """
    similar = reading.comparison.similarity
    if reading.score >= OFF_TOPIC_SCORE_BELOW or similar[:, rubric.right].max() >= ON_TOPIC_FROM:
        return None
    others = _nearness(corpus, reading)
    others.pop(rubric.question_id, None)
    if not others:
        return None
    own = float(similar[:, np.r_[rubric.right, rubric.wrong]].max(axis=1).mean())
    closest = max(others, key=lambda q: (others[q], q))
    if max(own, others[closest]) < UNRELATED_BELOW:
        return rubric.question_id
    far = own < OFF_TOPIC_NEAR_BELOW
    lead = OFF_TOPIC_LEAD if far else OFF_TOPIC_CLEAR_LEAD
    return closest if others[closest] - own > lead else None


def _nearness(corpus: Corpus, reading: Reading) -> dict[str, float]:
    """Return how near the statements are to each question around them, as a mean cosine."""
    statements = reading.answer.vectors
    nearest: dict[str, list[float]] = {}
    for row, hits in enumerate(corpus.nearest(statements, NEIGHBOURS)):
        for passage, cosine in hits:
            if passage.kind in ANSWERED_BY:
                best = nearest.setdefault(passage.question_id, [0.0] * len(statements))
                best[row] = max(best[row], cosine)
    return {question_id: float(np.mean(best)) for question_id, best in nearest.items()}
