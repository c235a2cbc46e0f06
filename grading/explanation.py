"""Why a key point fired or did not: what an answer came nearest to, on each side of the point."""

from typing import NamedTuple

import numpy as np

from grading.answer import Answer, read_answer
from grading.corpus import Corpus
from grading.rubric import Floats, Rows, Rubric, RubricPoint
from grading.signals import similarity
from grading.text import words
from knowledge.question import Question


class Nearest(NamedTuple):
    """A wording of a point, the sentence of the answer that is nearest to it, and how near, -1..1.

    Sentences that turn the same words round count as less near.
    """

    wording: str
    sentence: str
    similarity: float


class Explanation(NamedTuple):
    """What an answer came nearest to at one point; `wrong` is None where no version is wrong."""

    point_id: str
    right: Nearest
    wrong: Nearest | None


def explain(corpus: Corpus, question: Question, answer: str) -> tuple[Explanation, ...]:
    """Return for each key point what the answer came nearest to; nothing for no answer at all.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    if not words(answer):
        return ()
    rubric = corpus.rubric(question)
    read = read_answer(answer, corpus.encoder.encode, rubric.prompt_stems)
    near = similarity(rubric, read)
    return tuple(_explained(point, near, rubric, read) for point in rubric.points)


def _explained(point: RubricPoint, near: Floats, rubric: Rubric, read: Answer) -> Explanation:
    return Explanation(
        point.id,
        _nearest(point.right, near, rubric, read),
        _nearest(point.wrong, near, rubric, read) if len(point.wrong) else None,
    )


def _nearest(rows: Rows, near: Floats, rubric: Rubric, read: Answer) -> Nearest:
    """Return the pair of a statement and one of these wordings that is most alike."""
    among = near[:, rows]
    sentence, column = np.unravel_index(int(among.argmax()), among.shape)
    wording = rubric.statements.texts[int(rows[column])]
    return Nearest(wording, read.statements[int(sentence)].text, float(among.max()))
