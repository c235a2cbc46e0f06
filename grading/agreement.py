"""Score an answer by reference answers alone, as public sets of graded answers need it."""

from collections.abc import Sequence
from typing import NamedTuple

from grading import gates
from grading.answer import Body, Encode, read_body
from grading.calibration import clip
from grading.entailment import Entailment, log_odds, shipped_entailment
from grading.fits import Fit
from grading.rubric import Statements, lay_out
from grading.signals import lexical_recall, token_recall
from grading.text import clean, content_stems, sentences, without, words

MOST_SENTENCES = 8
"""So many of a reference and of an answer are held against each other, the first ones."""


class AgreementSignals(NamedTuple):
    """How an answer compares with whole reference answers, the best reference counting.

    `statement_recall` is how likely the network finds each sentence of a reference said by one of
    the answer's, on average, in log-odds.
    """

    recall: float
    lexical_recall: float
    statement_recall: float


class References(NamedTuple):
    """Whole reference answers, laid out, and the stems of the question that they answer."""

    texts: Statements
    prompt_stems: frozenset[str]


def references_of(prompt: str, texts: Sequence[str], encode: Encode) -> References:
    """Embed reference answers, one at least, each with a word at least."""
    stems = frozenset(content_stems(prompt))
    cleaned = [clean(text) for text in texts]
    return References(lay_out(cleaned, encode(cleaned), stems), stems)


def score_by_references(
    references: References,
    answer: str,
    encode: Encode,
    fit: Fit,
    entailment: Entailment | None = None,
) -> float:
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
    signals = agreement_signals(references.texts, text, body, entailment or shipped_entailment())
    return clip(fit(signals._asdict()))


def agreement_signals(
    references: Statements, text: str, answer: Body, entailment: Entailment
) -> AgreementSignals:
    """Compare the answer with the whole reference answers."""
    recalls = token_recall(references, answer)
    nearest = references.texts[int(recalls.argmax())]
    return AgreementSignals(
        recall=float(recalls.max()),
        lexical_recall=float(lexical_recall(references, answer.stems).max()),
        statement_recall=statement_recall(nearest, text, entailment),
    )


def statement_recall(reference: str, answer: str, entailment: Entailment) -> float:
    """Return how likely each sentence of a reference is said by one of the answer's: log-odds.

    The mean over the reference of the best sentence of the answer, as token recall is of words.
    """
    asked, said = (
        [clean(span.text) for span in sentences(text)[:MOST_SENTENCES]]
        for text in (reference, answer)
    )
    judged = entailment.judge([(ours, theirs) for theirs in asked for ours in said])
    return float(log_odds(judged.same).reshape(len(asked), -1).max(axis=1).mean())
