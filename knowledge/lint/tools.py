"""Tools that nobody looks after any more, where a text recommends them."""

import re
from collections.abc import Iterator

from knowledge.lint.finding import Check, Finding, Sentence, finding, statements_of, wordings_of
from knowledge.question import Question

RETIRED = {
    "auto-sklearn": "AutoGluon or FLAML",
    "Caffe": "PyTorch",
    "Chainer": "PyTorch",
    "CNTK": "PyTorch",
    "Horovod": "PyTorch's DDP or FSDP",
    "Hyperopt": "Optuna",
    "MXNet": "PyTorch or JAX",
    "OpenAI Gym": "Gymnasium",
    "pandas-profiling": "ydata-profiling",
    "scikit-optimize": "Optuna or BoTorch",
    "skopt": "Optuna or BoTorch",
    "Spearmint": "BoTorch or Ax",
    "TensorFlow Addons": "Keras",
    "Theano": "JAX or PyTorch",
    "TorchServe": "Triton, LitServe or vLLM",
}
"""What is archived or has had no release for years, and what is used instead."""

_NAMED = {
    name: re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE) for name in RETIRED
}
_AS_PAST = re.compile(
    r"\b(?:no longer|un?maintained|not maintained|archived|deprecated|retired|replaced|successor"
    r"|superseded|older|formerly|once|historical(?:ly)?|used to|instead of|rather than)\b",
    re.IGNORECASE,
)
"""Words by which a sentence says that a tool is a thing of the past."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z*])")


def retired_tools(question: Question) -> Iterator[Finding]:
    """Find right sentences that name a retired tool as one to use."""
    for where in _recommending(question):
        for sentence in _SENTENCE_END.split(" ".join(where.text.split())):
            if _AS_PAST.search(sentence):
                continue
            for name, pattern in _NAMED.items():
                if pattern.search(sentence):
                    problem = f"{name} is no longer maintained: {sentence!r}"
                    remedy = f"Name {RETIRED[name]}, or say that it is retired"
                    place = Sentence(where.field, sentence)
                    yield finding(Check.RETIRED_TOOL, question, place, problem, remedy)


def _recommending(question: Question) -> Iterator[Sentence]:
    """Yield what the question holds to be right."""
    yield from statements_of(question)
    yield from wordings_of(question)
    for name in ("short", "full", "plain"):
        text = getattr(question.reference_answers, name)
        if text:
            yield Sentence(f"reference_answers.{name}", text)
    for row, misconception in enumerate(question.misconceptions, 1):
        yield Sentence(f"misconceptions[{row}].correction", misconception.correction)
    yield Sentence("explanation", question.explanation)
