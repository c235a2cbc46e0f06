"""The model by itself, as the yardstick: in 32 bits, or as the grader runs it."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grading.encoder import SentenceTransformerEncoder, library_model
from grading.precision import Precision


class BareModel:
    """The sentence-transformers model behind an encoder, with nothing around it."""

    def __init__(self, encoder: SentenceTransformerEncoder) -> None:
        self._model: Any = library_model(encoder.name, encoder.precision)

    @classmethod
    def plain(cls, encoder: SentenceTransformerEncoder) -> "BareModel":
        """Return the same model in 32 bits."""
        return cls(SentenceTransformerEncoder(encoder.name, Precision.FLOAT32))

    def forward(self, text: str) -> Callable[[], object]:
        """Return one forward pass over the whole text, its tokens ready.

        Whole up to the model's positions, also where sentence-transformers would cut earlier.
        """
        import torch

        features = self._model.tokenizer(
            [text],
            truncation=True,
            max_length=self._model[0].auto_model.config.max_position_embeddings,
            return_tensors="pt",
        )

        def run() -> object:
            with torch.inference_mode():
                return self._model.forward(dict(features))

        return run

    def naive(self, text: str, reference: str) -> Callable[[], object]:
        """Return what a simple bot does: embed the answer, compare it with a stored reference."""
        stored = self._embed(reference)
        return lambda: float(self._embed(text) @ stored)

    def _embed(self, text: str) -> Any:
        vector = self._model.encode(text, show_progress_bar=False)
        return vector / np.linalg.norm(vector)
