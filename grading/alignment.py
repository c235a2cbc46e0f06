"""A small network that compares two texts word by word, on token vectors that are there already.

Every token is set against what it is aligned with on the other side, the differences are pooled,
and a few numbers come out (decomposable attention, Parikh et al. 2016, with the comparison features
of ESIM, Chen et al. 2017). It is trained in PyTorch (tools.train.network) and runs in NumPy.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grading.vectors import Vectors

PAIRS_AT_ONCE = 64
"""Pairs compared in one pass, which bounds the memory."""

MASKED = np.float32(-1e4)
"""Similarity of what is only padding."""

Pair = tuple[Vectors, Vectors]
"""Token vectors [t, d] of two texts."""


class Alignment:
    """Compare pairs of texts with trained weights."""

    def __init__(self, weights: dict[str, Vectors]) -> None:
        self._weights = {name: values.astype(np.float32) for name, values in weights.items()}

    def logits(self, pairs: Sequence[Pair]) -> Vectors:
        """Return the network's outputs [n, k] for one pair or more."""
        starts = range(0, len(pairs), PAIRS_AT_ONCE)
        return np.concatenate([self._logits(pairs[at : at + PAIRS_AT_ONCE]) for at in starts])

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
        met_by_a = softmax(scaled, axis=2) @ small_b
        met_by_b = softmax(scaled, axis=1).transpose(0, 2, 1) @ small_a
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


def _padded(texts: Sequence[Vectors]) -> tuple[Vectors, NDArray[np.bool_]]:
    longest = max(map(len, texts))
    out = np.zeros((len(texts), longest, texts[0].shape[1]), dtype=np.float32)
    mask = np.zeros((len(texts), longest), dtype=bool)
    for row, tokens in enumerate(texts):
        out[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = True
    return out, mask


def softmax(values: Vectors, axis: int) -> Vectors:
    """Return values that sum to 1 along an axis."""
    odds = np.exp(values - values.max(axis=axis, keepdims=True))
    return np.asarray(odds / odds.sum(axis=axis, keepdims=True))
