"""Sentence vectors that ship with the package, so that a bank is searched without embedding it.

There are some of every searchable passage of the shipped bank, for the default model, in eight
bits a number. `python -m tools.embed_bank` makes the file; whatever is missing in it is embedded.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from grading.encoder import DEFAULT_MODEL, name_of
from grading.vectors import Vectors

FILE = Path(str(files("grading") / "passages.safetensors"))

STEPS = 127
"""The greatest whole number of a vector's values, by which all are scaled."""


def premade_vectors(model_id: str) -> Mapping[int, Vectors]:
    """Return the shipped unit vectors [d] by the key of their text; none for another model."""
    return _shipped() if name_of(model_id) == DEFAULT_MODEL else {}


def key_of(text: str) -> int:
    """Return the number by which a cleaned text is filed, in 63 bits."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1


def packed(texts: Sequence[str], vectors: Vectors) -> dict[str, Any]:
    """Return cleaned texts' unit vectors [n, d] as tensors to store."""
    scale = np.abs(vectors).max(axis=1, keepdims=True) / STEPS
    return {
        "keys": np.array([key_of(text) for text in texts], dtype=np.int64),
        "vectors": np.rint(vectors / scale).astype(np.int8),
    }


@cache
def _shipped() -> Mapping[int, Vectors]:
    from safetensors.numpy import load_file

    stored = load_file(FILE)
    vectors = stored["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return dict(zip(stored["keys"].tolist(), vectors, strict=True))
