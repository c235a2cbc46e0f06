"""Texts → vectors, by any sentence-transformers model.

With grading.forward, the only module of grading that touches sentence-transformers and torch.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from grading.bert import Bert
from grading.errors import ModelUnavailable
from grading.forward import Forward, LibraryForward, PackedForward
from grading.precision import Precision, resolved
from grading.shipped import (
    DEFAULT_MODEL,
    HEADS,
    shipped_folder,
    shipped_tokenizer,
    shipped_weights,
)
from grading.vectors import Encoded, Vectors

__all__ = ["DEFAULT_MODEL", "Encoded", "Encoder", "SentenceTransformerEncoder", "Vectors"]

PRECISION_MARK = "@"
"""Between a model's name and its precision in a model id."""

log = logging.getLogger(__name__)


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

    def __init__(self, model: str = DEFAULT_MODEL, precision: Precision = Precision.AUTO) -> None:
        self.name = model
        self.precision = resolved(precision)
        self._forward: Forward | None = None
        self._lock = threading.Lock()

    @property
    def model_id(self) -> str:
        """Return the model's name and, unless it is float32, the precision.

        A folder's name comes with a hash of where it lies.
        """
        name = self.name
        if Path(name).is_dir():
            place = str(Path(name).resolve())
            name = f"{Path(name).name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
        exact = self.precision is Precision.FLOAT32
        return name if exact else f"{name}{PRECISION_MARK}{self.precision}"

    @property
    def is_loaded(self) -> bool:
        """Whether the weights are in memory."""
        return self._forward is not None

    def load(self) -> Forward:
        """Bring the weights into memory, once, and return what computes with them.

        Raises:
            ModelUnavailable: the model or one of its libraries cannot be loaded.
        """
        with self._lock:
            if self._forward is None:
                self._forward = _load(self.name, self.precision)
            return self._forward

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Embed the texts; longer ones than the model's window are cut at its end.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        forward = self.load()
        with self._lock:
            return forward(texts)


def _load(name: str, precision: Precision) -> Forward:
    """Return what embeds with the model: read by hand if it is the shipped one."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from threadpoolctl import threadpool_limits

    try:
        forward = (
            _shipped(precision)
            if name == DEFAULT_MODEL
            else LibraryForward(library_model(name, precision))
        )
        # One pool of threads is enough: NumPy's would spin beside PyTorch's and double the time.
        threadpool_limits(1, user_api="blas")
    except Exception as error:
        raise ModelUnavailable(name, _first_line(error)) from error
    log.info("loaded the model %s", name)
    return forward


def _shipped(precision: Precision) -> Forward:
    bert = Bert(shipped_weights(precision.value), HEADS)
    return PackedForward(shipped_tokenizer(), bert)


def library_model(name: str, precision: Precision) -> Any:
    """Return a model as sentence-transformers loads it, the shipped one too."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(
        str(shipped_folder()) if name == DEFAULT_MODEL else name,
        device="cpu",
        model_kwargs={"use_safetensors": True, "dtype": precision.value},
        trust_remote_code=False,
    )
    return model.eval()


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0].rstrip(".")


def name_of(model_id: str) -> str:
    """Return the model's name without its precision."""
    return model_id.partition(PRECISION_MARK)[0]


def threads() -> int:
    """Return with how many threads a model computes, which decides the last bits of a vector."""
    import torch

    return int(torch.get_num_threads())


def compute_with(count: int) -> None:
    """Have models compute with so many threads, as on another machine."""
    import torch

    torch.set_num_threads(count)
