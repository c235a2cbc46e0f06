"""Does one statement say the same as another, the opposite, or something else?

Similar vectors cannot tell a statement from its denial, so a small network compares the two word
by word: every token is set against what it is aligned with on the other side, the differences
are pooled, and three classes come out (decomposable attention, Parikh et al. 2016, with the
comparison features of ESIM, Chen et al. 2017). It works on the token vectors that the encoder
has already computed. `python -m grading.training.entailment` trains it.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grading.encoder import DEFAULT_MODEL, Vectors, name_of

WEIGHTS = Path(str(files("grading") / "entailment.safetensors"))

log = logging.getLogger(__name__)

PAIRS_AT_ONCE = 64
"""Pairs compared in one pass, which bounds the memory."""

MASKED = np.float32(-1e4)
"""Similarity of what is only padding."""


class Judgement(NamedTuple):
    """Probabilities [n] that a pair says the same, the opposite, or neither; they sum to 1."""

    same: Vectors
    opposite: Vectors
    other: Vectors


Pair = tuple[Vectors, Vectors]
"""Token vectors [t, d] of two statements."""


class Entailment:
    """Judge pairs of statements by their token vectors."""

    def __init__(self, weights: dict[str, Vectors]) -> None:
        self._weights = weights

    def judge(self, pairs: Sequence[Pair]) -> Judgement:
        """Judge pairs [n] of statements; n may be 0."""
        if not pairs:
            return Judgement(*np.empty((3, 0), dtype=np.float32))
        parts = [
            self._logits(pairs[start : start + PAIRS_AT_ONCE])
            for start in range(0, len(pairs), PAIRS_AT_ONCE)
        ]
        return Judgement(*_softmax(np.concatenate(parts), axis=1).T)

    def _logits(self, pairs: Sequence[Pair]) -> Vectors:
        weights = self._weights
        a, mask_a = _padded([one for one, _ in pairs])
        b, mask_b = _padded([two for _, two in pairs])
        small_a = a @ weights["project"] + weights["project_bias"]
        small_b = b @ weights["project"] + weights["project_bias"]
        both = mask_a[:, :, None] & mask_b[:, None]
        cosine = np.where(both, a @ b.transpose(0, 2, 1), np.float32(-1))
        covered = (cosine.max(axis=1) * mask_b).sum(axis=1) / mask_b.sum(axis=1)
        scaled = np.where(both, cosine * weights["temperature"], MASKED)
        met_by_a = _softmax(scaled, axis=2) @ small_b
        met_by_b = _softmax(scaled, axis=1).transpose(0, 2, 1) @ small_a
        features = [
            self._compared(small_a, met_by_a, mask_a),
            self._compared(small_b, met_by_b, mask_b),
            covered[:, None].astype(np.float32),
        ]
        hidden = np.concatenate(features, axis=1) @ weights["hidden"] + weights["hidden_bias"]
        return np.asarray(np.maximum(hidden, 0) @ weights["classes"] + weights["classes_bias"])

    def _compared(self, own: Vectors, met: Vectors, mask: NDArray[np.bool_]) -> Vectors:
        """Compare each token with what it met; return mean and maximum over the tokens."""
        features = np.concatenate([own, met, own - met, own * met], axis=2)
        weights = self._weights
        values = np.maximum(features @ weights["compare"] + weights["compare_bias"], 0)
        values = values * mask[..., None]
        mean = values.sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.concatenate([mean, values.max(axis=1)], axis=1)


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

    return Entailment({name: w.astype(np.float32) for name, w in load_file(WEIGHTS).items()})


def _padded(texts: Sequence[Vectors]) -> tuple[Vectors, NDArray[np.bool_]]:
    longest = max(map(len, texts))
    out = np.zeros((len(texts), longest, texts[0].shape[1]), dtype=np.float32)
    mask = np.zeros((len(texts), longest), dtype=bool)
    for row, tokens in enumerate(texts):
        out[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = True
    return out, mask


def _softmax(values: Vectors, axis: int) -> Vectors:
    odds = np.exp(values - values.max(axis=axis, keepdims=True))
    return np.asarray(odds / odds.sum(axis=axis, keepdims=True))
