"""Vectors on disk: embed once, read ever after.

One safetensors file holds the vectors of one question, named by a hash of the model and of
every text. A changed text or model therefore never meets a stale vector, and a damaged file is
as good as none.
"""

import contextlib
import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from grading.encoder import Encoded, Encoder
from grading.passages import content_hash

log = logging.getLogger(__name__)

FORMAT = "2"
"""Part of every file's name; raised when the layout of the file changes."""


class VectorCache:
    """Keep encoded texts in a folder. Without a folder, every text is embedded anew."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def encode(self, encoder: Encoder, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of the texts, from disk where they are, embedded where not.

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        path = self._path(encoder, texts)
        was_there = path is not None and path.exists()
        stored = _read(path) if path is not None else None
        if stored is not None and len(stored) == len(texts):
            return stored
        if path is not None and was_there:
            log.warning("the vectors in %s cannot be read, and are made anew", path.name)
        encoded = [_rounded(item) for item in encoder.encode(texts)]
        if path is not None:
            # A cache that cannot be written (full disk, read-only home) costs time, not answers.
            with contextlib.suppress(OSError):
                _write(path, encoded)
        return encoded

    def _path(self, encoder: Encoder, texts: Sequence[str]) -> Path | None:
        if self._folder is None:
            return None
        return self._folder / f"{content_hash(f'{FORMAT}:{encoder.model_id}', texts)}.safetensors"


def damaged(folder: Path) -> tuple[int, int]:
    """Return how many files of a folder of vectors cannot be read, and how many there are."""
    files = sorted(folder.glob("*.safetensors"))
    return sum(_read(file) is None for file in files), len(files)


def _rounded(item: Encoded) -> Encoded:
    """Round token vectors to the half precision of the file: a grade never depends on the cache."""
    tokens = item.tokens.astype(np.float16).astype(np.float32)
    return Encoded(item.sentence, tokens, item.pieces, item.offsets)


def _read(path: Path) -> list[Encoded] | None:
    """Return what the file holds, or None when it is missing or damaged."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        ends = np.cumsum(tensors["counts"])
        pieces = tensors["pieces"].tobytes().decode().split("\n")
        return [
            Encoded(
                sentence,
                tensors["tokens"][end - count : end].astype(np.float32),
                tuple(pieces[end - count : end]),
                tensors["offsets"][end - count : end],
            )
            for sentence, count, end in zip(
                tensors["sentences"], tensors["counts"], ends, strict=True
            )
        ]
    except (OSError, SafetensorError, KeyError, ValueError):
        return None


def _write(path: Path, encoded: Sequence[Encoded]) -> None:
    """Write beside the target and rename, so that a crash leaves no half file."""
    from safetensors.numpy import save

    pieces = "\n".join(piece for item in encoded for piece in item.pieces)
    content = save(
        {
            "sentences": np.stack([item.sentence for item in encoded]),
            "tokens": np.concatenate([item.tokens for item in encoded]).astype(np.float16),
            "offsets": np.concatenate([item.offsets for item in encoded]),
            "counts": np.array([len(item.pieces) for item in encoded], dtype=np.int64),
            "pieces": np.frombuffer(pieces.encode(), dtype=np.uint8),
        }
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, path)  # noqa: PTH105 Path.replace cannot overwrite an open file's name
