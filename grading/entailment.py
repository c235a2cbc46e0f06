"""Does a statement say the same as another, the opposite, or neither?

Similar vectors cannot tell a statement from its denial, so both are read together, word against
word, by the shipped model with weights of its own: a cross-encoder (Reimers and Gurevych 2019,
Nogueira and Cho 2019). Only what training changed is kept, in eight bits a number.
`python -m tools.train` makes the file.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from grading.bert import Bert, Text, Weights
from grading.precision import Precision, resolved
from grading.shipped import HEADS, shipped_tokenizer, shipped_weights
from grading.vectors import Vectors

WEIGHTS = Path(str(files("grading") / "entailment.safetensors"))

MAX_PIECES = 256
"""Word pieces of a pair; the longer text is cut first."""

Pair = tuple[str, str]
"""What somebody says, and the statement that it is held against."""

LEAST_PROBABILITY = 0.02
"""Probabilities are taken to lie this far from 0 and 1, so that none counts without bound."""


class Judgement(NamedTuple):
    """Probabilities [n] that a pair says the same, the opposite, or neither; they sum to 1."""

    same: Vectors
    opposite: Vectors
    neither: Vectors


class Entailment:
    """Judge pairs of statements; safe to share between threads, one pass at a time."""

    def __init__(self, bert: Bert, tokenizer: Any, head: Mapping[str, Any]) -> None:
        self._bert = bert
        self._tokenizer = tokenizer
        self._head = head
        self._lock = threading.Lock()

    def judge(self, pairs: Sequence[Pair]) -> Judgement:
        """Judge pairs [n] of statements; n may be 0, and equal pairs are read once."""
        unique = list(dict.fromkeys(pairs))
        if not unique:
            return Judgement(*np.empty((3, 0), dtype=np.float32))
        with self._lock:
            read = [Text(one.ids, one.type_ids) for one in self._tokenizer.encode_batch(unique)]
            rows = dict(zip(unique, self._probabilities(read), strict=True))
        return Judgement(*np.stack([rows[pair] for pair in pairs]).T)

    def _probabilities(self, texts: Sequence[Text]) -> Vectors:
        """Return the three probabilities of each pair [n, 3]."""
        import torch
        from torch.nn import functional

        head = self._head
        with torch.inference_mode():
            features = torch.stack(
                [
                    _compared(vectors, torch.tensor(text.segments))
                    for text, vectors in zip(texts, self._bert.read(texts), strict=True)
                ]
            )
            hidden = functional.linear(features, head["hidden.weight"], head["hidden.bias"]).relu()
            logits = functional.linear(hidden, head["classes.weight"], head["classes.bias"])
            probabilities: Vectors = logits.softmax(-1).numpy()
        return probabilities


def _compared(vectors: Any, segments: Any) -> Any:
    """Return both texts' mean vectors, how far they differ and what they share [4d]."""
    import torch

    ours, theirs = vectors[segments == 0].mean(0), vectors[segments == 1].mean(0)
    return torch.cat([ours, theirs, (ours - theirs).abs(), ours * theirs])


def log_odds(probabilities: Vectors) -> NDArray[np.float64]:
    """Return the log-odds of probabilities, bounded on both sides."""
    held = np.clip(probabilities.astype(np.float64), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    return np.asarray(np.log(held / (1 - held)))


def merged(base: Weights, learnt: Mapping[str, Any]) -> dict[str, Any]:
    """Return the base's weights with what training changed.

    The change of a tensor `name` stands in `learnt` as whole numbers in -127..127 by that name, and
    what each of its rows is multiplied by as `name.scale`.
    """
    weights = dict(base)
    for name, tensor in base.items():
        if name in learnt:
            change = learnt[name].float() * learnt[f"{name}.scale"].float()[..., None]
            weights[name] = (tensor.float() + change).to(tensor.dtype)
    return weights


@cache
def shipped_entailment(precision: Precision = Precision.AUTO) -> Entailment:
    """Return the network that ships with the package; one copy of it a process."""
    from safetensors.torch import load_file

    exact = shipped_weights(Precision.FLOAT32.value)
    learnt = load_file(WEIGHTS)
    wanted = shipped_weights(resolved(precision).value)
    dtype = next(iter(wanted.values())).dtype
    weights = {
        name: tensor.to(dtype) if name in learnt else wanted[name]
        for name, tensor in merged(exact, learnt).items()
    }
    tokenizer = shipped_tokenizer()
    tokenizer.enable_truncation(MAX_PIECES, strategy="longest_first")
    head = {
        name.removeprefix("head."): tensor.float()
        for name, tensor in learnt.items()
        if name.startswith("head.")
    }
    return Entailment(Bert(weights, HEADS), tokenizer, head)


def fingerprint() -> str:
    """Return eight hexadecimal digits that change with the shipped weights."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:8]
