"""Whether a sentence sounds like what a question knows as wrong, for people who judge sentences."""

import numpy as np

from grading.corpus import Corpus
from grading.text import clean
from knowledge.question import Question

ALIKE_FROM = 0.55
"""A sentence that is less similar to every wrong statement is about something else. With it, 43 %
of the shipped wrong statements and 32 % of the right ones are nearer to another wrong one than to
the point: so this is a reason to look twice, and never a verdict."""


def resembled_wrong(corpus: Corpus, question: Question, point_id: str, text: str) -> str | None:
    """Return the wrong statement that a text is nearer to than to the point, or None.

    Raises:
        ModelUnavailable: something has to be embedded and the model cannot be loaded.
        KeyError: the question has no such point.
    """
    point = question.point(point_id)
    rubric = corpus.rubric(question)
    right = next(each.right for each in rubric.points if each.id == point.id)
    vector = corpus.encoder.encode([clean(text)])[0].sentence
    cosines = rubric.statements.sentences @ vector
    nearest = int(rubric.wrong[np.argmax(cosines[rubric.wrong])])
    if cosines[nearest] < max(ALIKE_FROM, float(cosines[right].max())):
        return None
    return rubric.statements.texts[nearest]
