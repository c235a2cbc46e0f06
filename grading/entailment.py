"""Does one statement say the same as another, the opposite, or something else?

Similar vectors cannot tell a statement from its denial, so a small network compares the two word
by word (grading.alignment) and tells three relations apart. `python -m tools.train` trains it.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np

from grading.alignment import Alignment, Pair, softmax
from grading.encoder import DEFAULT_MODEL, name_of
from grading.vectors import Vectors

WEIGHTS = Path(str(files("grading") / "entailment.safetensors"))

log = logging.getLogger(__name__)


class Judgement(NamedTuple):
    """Probabilities [n] that a pair says the same, the opposite, or neither; they sum to 1."""

    same: Vectors
    opposite: Vectors
    other: Vectors


class Entailment:
    """Judge pairs of statements by their token vectors."""

    def __init__(self, weights: dict[str, Vectors]) -> None:
        self._alignment = Alignment(weights)

    def judge(self, pairs: Sequence[Pair]) -> Judgement:
        """Judge pairs [n] of statements; n may be 0."""
        if not pairs:
            return Judgement(*np.empty((3, 0), dtype=np.float32))
        return Judgement(*softmax(self._alignment.logits(pairs), axis=1).T)


def entailment_for(model_id: str) -> Entailment | None:
    """Return the network for a model's vectors: there is one for the default model, or None."""
    if name_of(model_id) == DEFAULT_MODEL:
        return _shipped()
    log.warning(
        "there is no entailment network for %s: contradictions are seen less well", model_id
    )
    return None


def fingerprint() -> str:
    """Return eight hexadecimal digits that change with the shipped weights."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:8]


@cache
def _shipped() -> Entailment:
    from safetensors.numpy import load_file

    return Entailment(load_file(WEIGHTS))
