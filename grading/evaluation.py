"""Agreement with people: grade rows that people have graded, and compare.

Figures are those of the field: Pearson and Spearman correlation, root mean squared error on
0..1, quadratic weighted kappa on five equal bins, and the correlation within a question averaged
over questions, which a grader cannot raise by knowing which questions are easy.
"""

import gzip
import json
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from grading.answer import texts_to_embed
from grading.corpus import Corpus
from grading.encoder import Encoded, Encoder
from grading.errors import InvalidRow
from grading.grader import Grader
from grading.rubric import Floats, Rubric, bare_rubric
from grading.search import QuestionSearch
from grading.text import clean, sentences, words
from knowledge.errors import UnknownQuestion

BINS = 5
SAME_QUESTION = 0.7
"""Similarity from which a row's question is taken for the bank's: rewordings of the bank's own
questions score above 0.75, neighbouring questions under 0.65."""

CHUNK = 128
"""Rows embedded together: fills batches, keeps memory small and the progress bar moving."""

Text = Annotated[str, StringConstraints(max_length=20_000)]
Advance = Callable[[int], None]


class RowPoint(BaseModel):
    """A row's key point: a plain text, or an object with `statement` (or `text`) and `weight`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    statement: Annotated[
        Text, Field(min_length=1, validation_alias=AliasChoices("statement", "text"))
    ]
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"statement": value} if isinstance(value, str) else value


class Row(BaseModel):
    """One human-graded answer; fields beside these are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    question_id: str
    question: Annotated[Text, Field(min_length=1)]
    reference_answers: tuple[Text, ...] = ()
    key_points: tuple[RowPoint, ...] = ()
    student_answer: Text
    score: Annotated[float, Field(ge=0, le=1)]
    split: str = ""
    label: str = ""
    kind: str = ""


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


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON-lines file, gzip-compressed if it ends in .gz.

    Raises:
        InvalidRow: a line is no JSON or lacks a field; names the line.
        OSError: the file cannot be read.
    """
    read = gzip.open if path.suffix == ".gz" else open
    line = 0
    try:
        with read(path, "rt", encoding="utf-8") as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield _row(text, line)
    except (UnicodeDecodeError, EOFError, zlib.error) as error:
        raise InvalidRow(line + 1, f"the file is damaged or not UTF-8 text: {error}") from error


def _row(text: str, line: int) -> Row:
    try:
        return Row.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        raise InvalidRow(line, f"not JSON: {error.msg}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise InvalidRow(line, f"field {field!r}: {first['msg']}") from error


class Marker:
    """Score rows with a grader: by their own references, or by the bank's own question."""

    def __init__(self, grader: Grader, corpus: Corpus, search: QuestionSearch) -> None:
        self._corpus = corpus
        self._search = search
        self.prefetching = Prefetching(corpus.encoder)
        self._grader = grader.reading_with(self.prefetching)
        self._rubrics: dict[tuple[str, ...], Rubric] = {}
        self._matches: dict[str, str | None] = {}

    def by_row(self, row: Row) -> float:
        """Grade by a rubric made from the row itself; rubrics are kept, rows share them."""
        key = (row.question_id, row.question, *row.reference_answers, repr(row.key_points))
        if key not in self._rubrics:
            self._rubrics[key] = rubric_of_row(row, self._corpus.encoder)
        return self._grader.grade_by(self._rubrics[key], row.student_answer).score

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


def rubric_of_row(row: Row, encoder: Encoder) -> Rubric:
    """Build a bare rubric from a row's references and key points, if it has any.

    Without key points, the sentences of the first reference stand for them, each weighted by its
    number of words.
    """
    references = [clean(text) for text in row.reference_answers if words(text)]
    points = [(clean(point.statement), point.weight) for point in row.key_points]
    if not points:
        spans = sentences(row.reference_answers[0]) if references else []
        points = [(clean(span.text), float(len(words(span.text)))) for span in spans]
    models = references or [" ".join(text for text, _ in points) or clean(row.question)]
    points = points or [(models[0], 1.0)]
    prompt, *vectors = encoder.encode([clean(row.question), *(p[0] for p in points), *models])
    return bare_rubric(
        row.question_id,
        (row.question, prompt),
        [(text, weight, v) for (text, weight), v in zip(points, vectors, strict=False)],
        list(zip(models, vectors[len(points) :], strict=True)),
    )


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
