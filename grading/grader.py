"""Grader.grade(question, answer) → Grade: the only place where signals become a score.

First the gates look at what kind of text the answer is; then every key point is judged by the
signals, and the sentence that speaks for or against it is kept as evidence. Sentences that
address the grader are taken out before anything is compared.
"""

import functools
from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from grading import gates
from grading.agreement import References, score_by_references
from grading.answer import Answer, Encode, read_answer
from grading.borrowed import Borrowed
from grading.calibration import (
    Coefficients,
    Fit,
    Verdict,
    band_of,
    judge_point,
    shipped_coefficients,
)
from grading.corpus import Corpus
from grading.encoder import Encoder
from grading.entailment import shipped_entailment
from grading.errors import OpinionUnavailable
from grading.grade import (
    Flag,
    Grade,
    GraderId,
    MisconceptionHit,
    OpinionOutcome,
    PointResult,
    PointStatus,
)
from grading.passages import PassageKind
from grading.revision import revise
from grading.rubric import Rubric, RubricPoint
from grading.scoring import score_of_points
from grading.second_opinion import SecondOpinion
from grading.signals import (
    Comparison,
    PointSignals,
    Proof,
    compare,
    lexical_recall,
    signals_of_points,
    similarity,
    statement_margins,
)
from grading.text import clean, content_stems, without, words
from knowledge.question import Question

WORTHLESS = frozenset(
    {
        Flag.DONT_KNOW,
        Flag.ECHO,
        Flag.KEYWORD_LIST,
        Flag.NOT_ENGLISH,
        Flag.OFF_TOPIC,
        Flag.TOO_LONG,
        Flag.TOO_SHORT,
    }
)
"""An answer with one of these flags makes no point and earns nothing, or hardly anything."""

MISCONCEPTION_FROM = 0.65
MISCONCEPTION_LEAD = 0.05
"""A statement holds a misconception when it is this similar to it and that much nearer to it than
to anything right; a right sentence about the same matter is often as similar, but not nearer."""

OFF_TOPIC_SCORE_BELOW = 0.6
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

BESIDE_THE_POINT_BELOW = 0.25
"""A sentence that is less similar than this to everything right and wrong about the question is
read away, so that filler raises no score: of 1,215 sentences of honest sample answers 30 are, most
of them openings and comparisons; of sentences about the weather and the like, nine in ten."""

NEIGHBOURS = 300
"""Passages looked at for each statement: enough that the right question is among them whatever
single statement it is."""

TERMS_WORTH = 0.2
MOST_FOR_TERMS = 0.09
"""A list of terms makes no point, but whoever lists the right ones knows more than nothing: people
gave such sample answers .07 on average. So the share of the key points' own terms that are there
counts a fifth, and stays under the lowest band."""

TOO_SHORT_STEMS = 3
"""Fewer content words cannot make a point, unless they did."""

NEVER = Fit(intercept=-inf, weights={})
"""A probability of 0 whatever the signals."""

ADMITTED_BELOW = 0.1
"""Somebody who admits not to know and does not even reach the lowest band did not know."""


class _Reading(NamedTuple):
    """An answer compared with a rubric, and what came of it for each point.

    `evidence` is the learner's statement behind each verdict, None for a missed point.
    """

    answer: Answer
    comparison: Comparison
    signals: list[PointSignals]
    verdicts: list[Verdict]
    evidence: list[str | None]
    score: float


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
            if not _says_anything(text, rubric):
                return self._nothing(rubric, flags)
        flags |= _flags_of_shape(text, rubric)
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
        closest = self._closest(rubric, reading)
        flags |= _flags_of_reading(rubric, reading, closest)
        if flags & WORTHLESS:
            return self._nothing(rubric, flags, closest)
        reading, opinion = self._reconsidered(rubric, reading)
        return Grade(
            question_id=rubric.question_id,
            score=round(reading.score, 4),
            band=band_of(round(reading.score, 4)),
            points=tuple(
                _point_result(point, verdict, evidence)
                for point, verdict, evidence in zip(
                    rubric.points, reading.verdicts, reading.evidence, strict=True
                )
            ),
            misconceptions=_misconceptions(rubric, reading),
            flags=_ordered(flags),
            closest_question=closest,
            grader=self.identity,
            second_opinion=opinion,
        )

    @functools.cached_property
    def _borrowed(self) -> Borrowed:
        return Borrowed(self._corpus.bank)

    def _read(self, rubric: Rubric, text: str) -> _Reading:
        answer = read_to_the_point(rubric, text, self._encoder.encode)
        comparison = compare(rubric, answer)
        signals, proofs = signals_of_points(rubric, answer, comparison, shipped_entailment())
        verdicts = [judge_point(of_point, self._coefficients) for of_point in signals]
        evidence = [
            _evidence(verdict, proof, answer)
            for verdict, proof in zip(verdicts, proofs, strict=True)
        ]
        score = self._score(rubric, verdicts)
        return _Reading(answer, comparison, signals, verdicts, evidence, score)

    def score_by_references(self, references: References, answer: str) -> float:
        """Return how well an answer agrees with reference answers alone, in 0..1.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        fit = self._coefficients.agreement
        return score_by_references(references, answer, self._encoder.encode, fit)

    def _reconsidered(
        self, rubric: Rubric, reading: _Reading
    ) -> tuple[_Reading, OpinionOutcome | None]:
        """Return the reading after the second opinion, if there is one, on what is unsure.

        And what came of asking: None when there was nobody to ask or nothing to ask about.
        """
        judged = zip(reading.verdicts, reading.evidence, strict=True)
        asked = [
            (row, text)
            for row, (verdict, text) in enumerate(judged)
            if verdict.unsure and text is not None
        ]
        if self._second_opinion is None or not asked:
            return reading, None
        try:
            inferences = self._second_opinion.judge(
                [(clean(text), rubric.points[row].text) for row, text in asked]
            )
        except OpinionUnavailable as none:
            return reading, none.outcome
        verdicts, evidence = list(reading.verdicts), list(reading.evidence)
        for (row, text), inference in zip(asked, inferences, strict=True):
            unopposed = self._unopposed(reading.signals[row])
            verdicts[row] = revise(verdicts[row], unopposed, inference)
            gone = verdicts[row].status is PointStatus.MISSED and not verdicts[row].unsure
            evidence[row] = None if gone else text
        score = self._score(rubric, verdicts)
        revised = reading._replace(verdicts=verdicts, evidence=evidence, score=score)
        return revised, OpinionOutcome.ANSWERED

    def _score(self, rubric: Rubric, verdicts: Sequence[Verdict]) -> float:
        return score_of_points(rubric.points, verdicts, self._coefficients, rubric.enough)

    def _unopposed(self, signals: PointSignals) -> Verdict:
        """Return the verdict on a point if nothing could count as contradicted."""
        never = self._coefficients.model_copy(update={"contradicted": (NEVER,)})
        return judge_point(signals, never)

    def _closest(self, rubric: Rubric, reading: _Reading) -> str | None:
        """Return the other question that a poor answer would rather answer, if it leads clearly.

        The rubric's own id when no question of the bank is near at all; None when the answer
        belongs where it was given.
        """
        if reading.score >= OFF_TOPIC_SCORE_BELOW:
            return None
        if reading.comparison.similarity[:, rubric.right].max() >= ON_TOPIC_FROM:
            return None
        sentences = reading.answer.vectors
        nearest: dict[str, list[float]] = {}
        for row, hits in enumerate(self._corpus.nearest(sentences, NEIGHBOURS)):
            for passage, cosine in hits:
                if passage.kind in {PassageKind.RIGHT, PassageKind.REFERENCE, PassageKind.WRONG}:
                    row_best = nearest.setdefault(passage.question_id, [0.0] * len(sentences))
                    row_best[row] = max(row_best[row], cosine)
        own = float(
            reading.comparison.similarity[:, np.r_[rubric.right, rubric.wrong]].max(axis=1).mean()
        )
        others = {q: float(np.mean(v)) for q, v in nearest.items() if q != rubric.question_id}
        if not others:
            return None
        closest = max(others, key=lambda q: (others[q], q))
        if max(own, others[closest]) < UNRELATED_BELOW:
            return rubric.question_id
        lead = others[closest] - own
        far = own < OFF_TOPIC_NEAR_BELOW
        elsewhere = lead > (OFF_TOPIC_LEAD if far else OFF_TOPIC_CLEAR_LEAD)
        return closest if elsewhere else None

    def _nothing(
        self, rubric: Rubric, flags: set[Flag], closest: str | None = None, score: float = 0.0
    ) -> Grade:
        return Grade(
            question_id=rubric.question_id,
            score=score,
            band=band_of(score),
            points=tuple(
                PointResult(
                    id=p.id,
                    text=p.text,
                    role=p.role,
                    weight=p.weight,
                    status=PointStatus.MISSED,
                    credit=0.0,
                )
                for p in rubric.points
            ),
            flags=_ordered(flags),
            closest_question=None if closest == rubric.question_id else closest,
            grader=self.identity,
        )


def _flags_of_shape(answer: str, rubric: Rubric) -> set[Flag]:
    """Return what can be told without comparing anything: the first gate that fires."""
    stems = frozenset(content_stems(answer))
    checks: tuple[tuple[Flag, Callable[[], bool]], ...] = (
        (Flag.TOO_SHORT, lambda: not words(answer)),
        (
            Flag.DONT_KNOW,
            lambda: gates.is_dont_know(answer, rubric.prompt_stems, rubric.vocabulary),
        ),
        (Flag.ECHO, lambda: gates.is_echo(stems, rubric.prompt_stems)),
        (Flag.KEYWORD_LIST, lambda: gates.is_keyword_list(answer)),
        (Flag.NOT_ENGLISH, lambda: gates.is_not_english(answer)),
    )
    return next(({flag} for flag, fires in checks if fires()), set())


def _flags_of_reading(rubric: Rubric, reading: _Reading, closest: str | None) -> set[Flag]:
    """Return what can be told only after comparing: brevity, honesty and topic of a poor answer."""
    earned = any(verdict.credit for verdict in reading.verdicts)
    flags = {
        Flag.TOO_SHORT: not earned and len(reading.answer.body.stems) < TOO_SHORT_STEMS,
        Flag.DONT_KNOW: reading.score < ADMITTED_BELOW
        and gates.says_dont_know(reading.answer.text, rubric.vocabulary),
        Flag.OFF_TOPIC: closest is not None,
    }
    return {flag for flag, raised in flags.items() if raised}


def read_to_the_point(rubric: Rubric, text: str, encode: Encode) -> Answer:
    """Embed an answer without the sentences that speak of nothing in the rubric."""
    answer = read_answer(text, encode, rubric.prompt_stems)
    return answer.without(_beside_the_point(rubric, answer))


def _beside_the_point(rubric: Rubric, answer: Answer) -> list[int]:
    """Return the sentences that speak of nothing in the rubric, unless that is all there is."""
    nearest = similarity(rubric, answer)[:, np.r_[rubric.right, rubric.wrong]].max(axis=1)
    far = nearest[: answer.sentences] < BESIDE_THE_POINT_BELOW
    if far.all():
        return []
    return [int(row) for row in np.flatnonzero(far)]


def _for_terms(rubric: Rubric, text: str) -> float:
    """Return what a list of terms is worth: the weighted share of the key points' own terms."""
    shares = lexical_recall(rubric.statements, frozenset(content_stems(text)))
    weights = [point.weight for point in rubric.points]
    known = np.average([shares[point.right].max() for point in rubric.points], weights=weights)
    return round(min(MOST_FOR_TERMS, TERMS_WORTH * float(known)), 4)


def _says_anything(text: str, rubric: Rubric) -> bool:
    stems = frozenset(content_stems(text)) - rubric.prompt_stems
    return len(stems) >= TOO_SHORT_STEMS


def _point_result(point: RubricPoint, verdict: Verdict, evidence: str | None) -> PointResult:
    return PointResult(
        id=point.id,
        text=point.text,
        role=point.role,
        weight=point.weight,
        status=verdict.status,
        credit=verdict.credit,
        opposed=round(verdict.opposed, 4),
        unsure=verdict.unsure,
        evidence=evidence,
    )


def _evidence(verdict: Verdict, proof: Proof, answer: Answer) -> str | None:
    """Return the sentence that speaks most for the point, or against it where it is not made."""
    if verdict.status in {PointStatus.COVERED, PointStatus.PARTIAL}:
        return answer.statements[proof.support].text
    if verdict.status is PointStatus.CONTRADICTED or verdict.unsure:
        return answer.statements[proof.objection].text
    return None


def _misconceptions(rubric: Rubric, reading: _Reading) -> tuple[MisconceptionHit, ...]:
    margins = statement_margins(rubric, reading.comparison)
    hits = []
    for row, correction in rubric.misconceptions:
        similar = reading.comparison.similarity[:, row]
        best = int(similar.argmax())
        if similar[best] >= MISCONCEPTION_FROM and margins[best] <= -MISCONCEPTION_LEAD:
            hits.append(
                MisconceptionHit(
                    text=rubric.statements.texts[row],
                    correction=correction,
                    evidence=reading.answer.statements[best].text,
                )
            )
    return tuple(hits)


def _ordered(flags: set[Flag]) -> tuple[Flag, ...]:
    return tuple(flag for flag in Flag if flag in flags)
