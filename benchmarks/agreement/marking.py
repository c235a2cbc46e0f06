"""Grade many rows: by rubrics made from the rows themselves, or by the bank's own questions."""

import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from benchmarks.agreement.evaluation import Figures, Prediction, figures
from benchmarks.agreement.rows import Row
from grading.agreement import References, references_of
from grading.answer import texts_to_embed
from grading.corpus import Corpus
from grading.encoder import Encoded, Encoder
from grading.grader import Grader
from grading.search import QuestionSearch
from grading.text import clean, words
from knowledge.errors import UnknownQuestion

SAME_QUESTION = 0.7
"""Similarity from which a row's question is taken for the bank's: rewordings of the bank's own
questions score above 0.75, neighbouring questions under 0.65."""

CHUNK = 128
"""Rows embedded together: fills batches, keeps memory small and the progress bar moving."""

Advance = Callable[[int], None]


class Prefetching:
    """An encoder that remembers: chunks are embedded in large batches, then read one by one."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Encoded] = {}

    @property
    def model_id(self) -> str:
        """Return the model of the encoder behind this one."""
        return self._encoder.model_id

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text, embedding only those not seen since `forget`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return [self._known[text] for text in texts]

    def prefetch(self, answers: Iterable[str]) -> None:
        """Embed every statement of these answers at once."""
        self.encode([text for answer in answers for text in texts_to_embed(answer)])

    def forget(self) -> None:
        """Free the memory."""
        self._known.clear()


class Marker:
    """Score rows with a grader: by their own references, or by the bank's own question."""

    def __init__(self, grader: Grader, corpus: Corpus, search: QuestionSearch) -> None:
        self._corpus = corpus
        self._search = search
        self.prefetching = Prefetching(corpus.encoder)
        self._grader = grader.reading_with(self.prefetching)
        self._references: dict[tuple[str, ...], References] = {}
        self._matches: dict[str, str | None] = {}

    def by_row(self, row: Row) -> float:
        """Score by the row's own references, which are kept: rows share them."""
        key = (row.question, *row.reference_answers, repr(row.key_points))
        if key not in self._references:
            self._references[key] = references_of_row(row, self._corpus.encoder)
        return self._grader.score_by_references(self._references[key], row.student_answer)

    def by_bank(self, row: Row) -> float:
        """Grade as an answer to the bank's question that the row's question text finds."""
        question_id = self.question_of(row)
        if question_id is None:
            raise UnknownQuestion(row.question)
        question = self._corpus.bank.get(question_id)
        return self._grader.grade(question, row.student_answer).score

    def question_of(self, row: Row) -> str | None:
        """Return the id of the bank's question that asks what the row asks, if one does."""
        if row.question not in self._matches:
            found = self._search.find(row.question, top_k=1)
            same = bool(found) and found[0].score >= SAME_QUESTION
            self._matches[row.question] = found[0].question_id if same else None
        return self._matches[row.question]


def references_of_row(row: Row, encoder: Encoder) -> References:
    """Embed a row's references; without any, its key points, or else its question."""
    texts = [text for text in row.reference_answers if words(text)]
    texts = texts or [" ".join(p.statement for p in row.key_points if words(p.statement))]
    return references_of(row.question, [texts[0] or row.question, *texts[1:]], encoder.encode)


def evaluate(
    rows: Sequence[Row],
    score: Callable[[Row], float],
    prefetching: Prefetching,
    advance: Advance = lambda _: None,
) -> tuple[list[Prediction], float]:
    """Score every row; return the predictions and the seconds it took.

    Args:
        rows: what to grade.
        score: grades one row with the encoder that prefetches.
        prefetching: the encoder behind `score`.
        advance: told the number of rows done, chunk by chunk.
    """
    started = time.perf_counter()
    predictions = []
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        prefetching.prefetch(row.student_answer for row in chunk)
        predictions += [Prediction(row, score(row)) for row in chunk]
        prefetching.forget()
        advance(len(chunk))
    return predictions, time.perf_counter() - started


def cosine_baseline(rows: Sequence[Row], encoder: Encoder) -> Figures:
    """Score by the cosine of whole texts, the best reference counting: what most bots do."""
    machine = []
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        texts = {clean(t) for row in chunk for t in (row.student_answer, *row.reference_answers)}
        ordered = sorted(texts)
        known = dict(zip(ordered, encoder.encode(ordered), strict=True))
        for row in chunk:
            answer = known[clean(row.student_answer)].sentence
            references = [known[clean(text)].sentence for text in row.reference_answers]
            machine.append(max((float(answer @ one) for one in references), default=0.0))
    return figures(np.array([row.score for row in rows]), np.clip(np.array(machine), 0, 1))
