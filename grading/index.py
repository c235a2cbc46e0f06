"""Nearest passages by inner product. The only module that touches faiss."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from grading.encoder import Vectors


@dataclass(frozen=True)
class SearchHit:
    """A stored vector near a query: its row and the inner product (the cosine here)."""

    row: int
    score: float


class VectorIndex(Protocol):
    """Anything that finds the stored vectors nearest to queries."""

    def search(self, queries: Vectors, top_k: int) -> list[list[SearchHit]]:
        """Return for each query [d] the `top_k` nearest rows, the best first."""
        ...


class FaissIndex:
    """Search exactly by inner product (faiss IndexFlatIP) over vectors [n, d] of length 1."""

    def __init__(self, vectors: Vectors) -> None:
        import faiss

        self._index: Any = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def search(self, queries: Vectors, top_k: int) -> list[list[SearchHit]]:
        """Return for each query the nearest rows, the best first; fewer when fewer are stored."""
        top_k = min(top_k, self._index.ntotal)
        scores, rows = self._index.search(np.ascontiguousarray(queries, dtype=np.float32), top_k)
        return [
            [SearchHit(int(row), float(score)) for row, score in zip(*pair, strict=True)]
            for pair in zip(rows, scores, strict=True)
        ]
