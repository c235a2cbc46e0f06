"""Grader.grade(question, answer) → Grade: the only place where a reading becomes a grade.

First the gates look at what kind of text the answer is; then every key point is judged by the
signals, and the sentence that speaks for or against it is kept as evidence. Sentences that
address the grader are taken out before anything is compared.
"""

import functools
from collections.abc import Sequence

import numpy as np

from grading import gates
from grading.agreement import References, score_by_references
from grading.borrowed import Borrowed
from grading.calibration import Coefficients, Verdict, band_of, shipped_coefficients
from grading.corpus import Corpus
from grading.encoder import Encoder
from grading.entailment import shipped_entailment
from grading.flags import (
    WORTHLESS,
    flags_of_reading,
    flags_of_shape,
    makes_a_point,
    says_anything,
)
from grading.grade import Flag, Grade, GraderId, OpinionOutcome, PointResult, PointStatus
from grading.reading import Reading, misconceptions, read
from grading.revision import reconsider
from grading.rubric import Rubric
from grading.second_opinion import SecondOpinion
from grading.signals import lexical_recall
from grading.text import content_stems, without
from grading.topic import closest_question
from knowledge.bank import QuestionBank
from knowledge.question import Question

TERMS_WORTH = 0.2
MOST_FOR_TERMS = 0.09
"""A list of terms makes no point, but whoever lists the right ones knows more than nothing: people
gave such sample answers .07 on average. So the share of the key points' own terms that are there
counts a fifth, and stays under the lowest band."""


class Grader:
    """Grade answers to the bank's questions, and to any rubric, with evidence."""

    def __init__(
        self,
        corpus: Corpus,
        coefficients: Coefficients | None = None,
        encoder: Encoder | None = None,
        second_opinion: SecondOpinion | None = None,
    ) -> None:
        self._corpus = corpus
        self._coefficients = coefficients or shipped_coefficients()
        self._encoder = encoder or corpus.encoder
        self._second_opinion = second_opinion

    @property
    def bank(self) -> QuestionBank:
        """The questions that answers are told apart by; others can be graded too."""
        return self._corpus.bank

    def reading_with(self, encoder: Encoder) -> "Grader":
        """Return the same grader with another way to the same vectors, such as a cache."""
        return Grader(self._corpus, self._coefficients, encoder, self._second_opinion)

    def warm_up(self, question: Question) -> None:
        """Load the model and lay out the question's rubric, so that grading itself is quick.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        self._corpus.rubric(question)
        self._encoder.encode([question.prompt])
        self._borrowed.owner(question.prompt, but=question.id)
        if self._second_opinion is not None:
            self._second_opinion.load()

    @property
    def identity(self) -> GraderId:
        """Name the version and the models that every grade carries."""
        second = self._second_opinion
        return GraderId(
            version=self._coefficients.version,
            model=self._encoder.model_id,
            second_opinion=None if second is None else second.model_id,
        )

    def grade(self, question: Question, answer: str, others: Sequence[str] = ()) -> Grade:
        """Grade an answer to a question; the same answer always gets the same grade.

        Near copies of a reference answer are flagged, and of `others`, which are other learners'
        answers to the question; the flag changes no score.

        Raises:
            ModelUnavailable: the model cannot be loaded; nothing was graded.
        """
        rubric = self._corpus.rubric(question)
        if len(answer) > gates.MAX_CHARACTERS:
            return self._nothing(rubric, {Flag.TOO_LONG})
        text, flags = answer, set[Flag]()
        to_the_grader = gates.instructions(answer, rubric.vocabulary)
        if to_the_grader:
            text, flags = without(answer, to_the_grader), {Flag.INSTRUCTION_TO_GRADER}
            if not says_anything(text, rubric):
                return self._nothing(rubric, flags)
        flags |= flags_of_shape(text, rubric)
        if Flag.ECHO in flags and not gates.repeats(text, question.prompt):
            flags -= {Flag.ECHO} if makes_a_point(self._read(rubric, text)) else set()
        if flags & WORTHLESS:
            score = _for_terms(rubric, text) if flags == {Flag.KEYWORD_LIST} else 0.0
            return self._nothing(rubric, flags, score=score)
        owner = self._borrowed.owner(text, rubric.question_id)
        if owner is not None:
            return self._nothing(rubric, flags | {Flag.OFF_TOPIC}, owner)
        if gates.is_copied(text, question.reference_answers.texts) or gates.is_copied_answer(
            text, others
        ):
            flags.add(Flag.COPIED_REFERENCE)
        reading = self._read(rubric, text)
        closest = closest_question(self._corpus, rubric, reading)
        flags |= flags_of_reading(rubric, reading, closest)
        if flags & WORTHLESS:
            return self._nothing(rubric, flags, closest)
        reading, opinion = self._reconsidered(rubric, reading)
        return Grade(
            question_id=rubric.question_id,
            score=round(reading.score, 4),
            band=band_of(round(reading.score, 4)),
            points=_points(rubric, reading.verdicts, reading.evidence),
            misconceptions=misconceptions(rubric, reading),
            flags=_ordered(flags),
            closest_question=closest,
            grader=self.identity,
            second_opinion=opinion,
        )

    def score_by_references(self, references: References, answer: str) -> float:
        """Return how well an answer agrees with reference answers alone, in 0..1.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        fit = self._coefficients.agreement
        return score_by_references(references, answer, self._encoder.encode, fit)

    @functools.cached_property
    def _borrowed(self) -> Borrowed:
        return Borrowed(self._corpus.bank)

    def _read(self, rubric: Rubric, text: str) -> Reading:
        return read(rubric, text, self._encoder.encode, self._coefficients, shipped_entailment())

    def _reconsidered(
        self, rubric: Rubric, reading: Reading
    ) -> tuple[Reading, OpinionOutcome | None]:
        if self._second_opinion is None:
            return reading, None
        return reconsider(rubric, reading, self._second_opinion, self._coefficients)

    def _nothing(
        self, rubric: Rubric, flags: set[Flag], closest: str | None = None, score: float = 0.0
    ) -> Grade:
        missed = [Verdict(PointStatus.MISSED, 0.0)] * len(rubric.points)
        return Grade(
            question_id=rubric.question_id,
            score=score,
            band=band_of(score),
            points=_points(rubric, missed, [None] * len(missed)),
            flags=_ordered(flags),
            closest_question=None if closest == rubric.question_id else closest,
            grader=self.identity,
        )


def _for_terms(rubric: Rubric, text: str) -> float:
    """Return what a list of terms is worth: the weighted share of the key points' own terms."""
    shares = lexical_recall(rubric.statements, frozenset(content_stems(text)))
    weights = [point.weight for point in rubric.points]
    known = np.average([shares[point.right].max() for point in rubric.points], weights=weights)
    return round(min(MOST_FOR_TERMS, TERMS_WORTH * float(known)), 4)


def _points(
    rubric: Rubric, verdicts: Sequence[Verdict], evidence: Sequence[str | None]
) -> tuple[PointResult, ...]:
    return tuple(
        PointResult(
            id=point.id,
            text=point.text,
            role=point.role,
            weight=point.weight,
            status=verdict.status,
            credit=verdict.credit,
            opposed=round(verdict.opposed, 4),
            unsure=verdict.unsure,
            evidence=said,
        )
        for point, verdict, said in zip(rubric.points, verdicts, evidence, strict=True)
    )


def _ordered(flags: set[Flag]) -> tuple[Flag, ...]:
    return tuple(flag for flag in Flag if flag in flags)
