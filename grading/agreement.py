"""Score an answer by reference answers alone, as public sets of graded answers need it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from grading import gates
from grading.answer import Body, Encode, read_body
from grading.calibration import clip
from grading.fits import Fit
from grading.rubric import Floats, Statements, lay_out
from grading.signals import lexical_recall, token_recall
from grading.text import clean, content_stems, without, words


class AgreementSignals(NamedTuple):
    """How an answer compares with whole reference answers, the best reference counting."""

    recall: float
    precision: float
    lexical_recall: float


class References(NamedTuple):
    """Whole reference answers, laid out, and the stems of the question that they answer."""

    texts: Statements
    prompt_stems: frozenset[str]


def references_of(prompt: str, texts: Sequence[str], encode: Encode) -> References:
    """Embed reference answers, one at least, each with a word at least."""
    stems = frozenset(content_stems(prompt))
    cleaned = [clean(text) for text in texts]
    return References(lay_out(cleaned, encode(cleaned), stems), stems)


def score_by_references(references: References, answer: str, encode: Encode, fit: Fit) -> float:
    """Return how well an answer agrees with the references, in 0..1.

    A single word may be a whole right answer here, so only gates that cannot fire on one apply.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    if len(answer) > gates.MAX_CHARACTERS:
        return 0.0
    text = without(answer, gates.instructions(answer))
    if not words(text) or gates.is_dont_know(text, references.prompt_stems):
        return 0.0
    body = read_body(text, encode, references.prompt_stems)
    return clip(fit(agreement_signals(references.texts, body)._asdict()))


def agreement_signals(references: Statements, answer: Body) -> AgreementSignals:
    """Compare the answer with the whole reference answers."""
    return AgreementSignals(
        recall=float(token_recall(references, answer).max()),
        precision=float(token_precision(references, answer).max()),
        lexical_recall=float(lexical_recall(references, answer.stems).max()),
    )


def token_precision(references: Statements, answer: Body) -> Floats:
    """Return for each reference text [n] how much of the answer it matches, in -1..1."""
    matches = references.tokens @ answer.tokens.T
    best = np.maximum.reduceat(matches, references.starts, axis=0)
    return np.asarray(best @ answer.weights / answer.weights.sum())
