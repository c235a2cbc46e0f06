"""Nearest passages by inner product. The only module that touches faiss."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from grading.encoder import Vectors

EXACT_UP_TO = 40_000
"""More vectors than that are searched approximately; 40,000 are some 3,000 questions.

CPU time of one core, in ms, for a search (400 hits) and for a poor answer of 20 statements:

    vectors              20,000   28,000   50,000   100,000
    search, exact             4        4        8        14
    answer, exact            31       51      151       271

Approximate searches take 3 to 4, but making their lists takes 9 s of each start at 28,000 vectors.
"""

LISTS_PER_ROOT = 4
"""Inverted lists for each square root of the number of vectors, as faiss's guide advises."""

TRAINING_PER_LIST = 64
"""Vectors that each list is trained on; faiss asks for 39 at least."""

RECALL_TARGET = 0.97
"""Share of the exact hits that an approximate index finds, measured at each build."""

CHECKED_TOPS = (10, 100)
"""Lengths of the lists of hits for which that is measured; longer ones look at more anyway."""

TRIALS = 200
TRIAL_NOISE = 0.5
"""Trial queries are stored vectors moved by noise of this length (cosine .89 to where they were):
what people write lies near passages and hardly ever on one."""

CHUNK = 65_536
"""Rows copied at a time: what is added need not fit in memory twice."""

SEED = 7


class IndexKind(StrEnum):
    """Whether every vector is looked at, or only those in the lists nearest to the query."""

    EXACT = "exact"
    APPROXIMATE = "approximate"


@dataclass(frozen=True)
class SearchHit:
    """A stored vector near a query: its row and the inner product (the cosine here)."""

    row: int
    score: float


class VectorIndex(Protocol):
    """Anything that finds the stored vectors nearest to queries."""

    @property
    def kind(self) -> IndexKind:
        """Return whether the search is exact."""
        ...

    def search(self, queries: Vectors, top_k: int) -> list[list[SearchHit]]:
        """Return for each query [d] the `top_k` nearest rows, the best first."""
        ...


class FaissIndex:
    """Search by inner product over vectors [n, d] of length 1.

    Exactly (faiss IndexFlatIP) up to `exact_up_to` vectors; above, in inverted lists (faiss
    IndexIVFFlat), of which as many are looked at as reach RECALL_TARGET. Scores are exact in both.
    The same vectors give the same index: training is seeded and vectors are added in order.
    """

    def __init__(self, vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> None:
        import faiss

        count, width = vectors.shape
        self._probes = 0
        self._lists = 0
        if count <= exact_up_to:
            self._index: Any = faiss.IndexFlatIP(width)
            _add(self._index, vectors)
            return
        self._lists = max(1, min(round(LISTS_PER_ROOT * math.sqrt(count)), count // 39))
        self._index = _trained(vectors, self._lists)
        _add(self._index, vectors)
        self._probes = self._enough_probes(vectors)

    @property
    def kind(self) -> IndexKind:
        """Return whether the search is exact."""
        return IndexKind.APPROXIMATE if self._lists else IndexKind.EXACT

    @property
    def nbytes(self) -> int:
        """Return the memory that vectors, row numbers and lists take, in bytes."""
        vectors = (self._index.ntotal + self._lists) * self._index.d * 4
        return int(vectors + (self._index.ntotal * 8 if self._lists else 0))

    def search(self, queries: Vectors, top_k: int) -> list[list[SearchHit]]:
        """Return for each query the nearest rows, the best first; fewer when fewer are stored."""
        scores, rows = self._nearest(queries, top_k, self._probes)
        return [
            [SearchHit(row, score) for row, score in zip(*pair, strict=True) if row >= 0]
            for pair in zip(rows.tolist(), scores.tolist(), strict=True)
        ]

    def _nearest(self, queries: Vectors, top_k: int, probes: int) -> Any:
        """Return scores and rows, both [queries, top_k]; row -1 where too few were looked at."""
        top_k = min(top_k, self._index.ntotal)
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        if not self._lists:
            return self._index.search(queries, top_k)
        import faiss

        # Long hit lists need more of the index: four times the lists that could just hold them.
        share = math.ceil(4 * top_k * self._lists / self._index.ntotal)
        probes = min(self._lists, max(probes, share))
        parameters = faiss.SearchParametersIVF()
        parameters.nprobe = probes
        return self._index.search(queries, top_k, params=parameters)

    def _enough_probes(self, vectors: Vectors) -> int:
        """Return the least power of two of lists to look at that reaches the recall aimed at."""
        queries = _trial_queries(vectors)
        probes = 1
        for top_k in CHECKED_TOPS:
            _, exact = self._nearest(queries, top_k, self._lists)
            while probes < self._lists:
                _, found = self._nearest(queries, top_k, probes)
                if _recall(found, exact) >= RECALL_TARGET:
                    break
                probes = min(2 * probes, self._lists)
        return probes


def _trained(vectors: Vectors, lists: int) -> Any:
    """Return an empty index whose lists are the clusters of a sample of the vectors."""
    import faiss

    width = vectors.shape[1]
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(width), width, lists, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = SEED
    index.train(_sample(vectors, TRAINING_PER_LIST * lists))
    return index


def _add(index: Any, vectors: Vectors) -> None:
    for start in range(0, len(vectors), CHUNK):
        index.add(np.ascontiguousarray(vectors[start : start + CHUNK], dtype=np.float32))


def _sample(vectors: Vectors, count: int) -> Vectors:
    """Return rows picked evenly at random, in their order: all of them when there are fewer."""
    count = min(count, len(vectors))
    rows = np.random.default_rng(SEED).choice(len(vectors), count, replace=False)
    return np.ascontiguousarray(vectors[np.sort(rows)], dtype=np.float32)


def _trial_queries(vectors: Vectors) -> Vectors:
    rows = _sample(vectors, TRIALS)
    noise = np.random.default_rng(SEED + 1).standard_normal(rows.shape, dtype=np.float32)
    moved = rows + TRIAL_NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def _recall(found: Any, exact: Any) -> float:
    """Return the share of the exact rows that were found, over all queries."""
    hits = [len(set(row) & set(truth)) for row, truth in zip(found, exact, strict=True)]
    return float(sum(hits) / exact.size)
