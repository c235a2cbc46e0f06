"""Time the index on synthetic passages that are clustered as those of real questions are."""

import os
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.speed.report import IndexFigures, SkippedIndex
from grading.encoder import Vectors
from grading.index import FaissIndex

PASSAGES_PER_QUESTION = 100
QUESTIONS_PER_TOPIC = 10
TOPIC_SHARE = 0.7
QUESTION_SHARE = 1.1
"""How much a question takes of its topic and a passage of its question, beside noise of length 1.
Two passages of a question then have a cosine of .55, two of a topic .18, others 0."""

QUERY_NOISE = 0.5
"""Queries are passages moved by noise of this length, as a learner's words lie near a passage."""

QUERIES = 200
TOP_K = 10
CHUNK = 50_000
SPARE_BYTES = 500_000_000
"""Memory left free beside the vectors and their copy in the index."""


def measure_index(passages: int, width: int) -> IndexFigures | SkippedIndex:
    """Build an index over synthetic passages, search it, and compare with an exact search."""
    reason = _too_large(passages, width)
    if reason is not None:
        return SkippedIndex(passages=passages, skipped=reason)
    vectors = clustered(passages, width)
    queries = _moved(vectors)
    started = time.perf_counter()
    index = FaissIndex(vectors)
    build_s = time.perf_counter() - started
    found, taken = [], []
    for query in queries:
        started = time.perf_counter()
        (hits,) = index.search(query[np.newaxis], TOP_K)
        taken.append((time.perf_counter() - started) * 1000)
        found.append({hit.row for hit in hits})
    exact = _nearest(vectors, queries)
    recall = np.mean(
        [len(rows & set(truth)) / TOP_K for rows, truth in zip(found, exact, strict=True)]
    )
    return IndexFigures(
        passages=passages,
        kind=index.kind.value,
        build_s=round(build_s, 6),
        search_ms_p50=round(float(np.median(taken)), 4),
        recall_at_10=round(float(recall), 4),
        mb=round(index.nbytes / 1e6, 2),
    )


def clustered(passages: int, width: int) -> Vectors:
    """Return vectors [passages, width] of length 1: passages around questions around topics."""
    generator = np.random.default_rng(1)
    questions = max(1, passages // PASSAGES_PER_QUESTION)
    topics = _unit(_noise(generator, max(1, questions // QUESTIONS_PER_TOPIC), width))
    of_topic = topics[np.arange(questions) % len(topics)]
    centres = _unit(TOPIC_SHARE * of_topic + _unit(_noise(generator, questions, width)))
    vectors = np.empty((passages, width), dtype=np.float32)
    for start in range(0, passages, CHUNK):
        rows = np.arange(start, min(start + CHUNK, passages))
        own = _unit(_noise(generator, len(rows), width))
        vectors[rows] = _unit(QUESTION_SHARE * centres[rows % questions] + own)
    return vectors


def _moved(vectors: Vectors) -> Vectors:
    generator = np.random.default_rng(2)
    rows = generator.integers(len(vectors), size=QUERIES)
    return _unit(vectors[rows] + QUERY_NOISE * _unit(_noise(generator, QUERIES, vectors.shape[1])))


def _nearest(vectors: Vectors, queries: Vectors) -> Iterator[list[int]]:
    """Return the TOP_K nearest rows of each query, by products of a chunk at a time."""
    scores = np.empty((len(queries), 0), dtype=np.float32)
    rows = np.empty((len(queries), 0), dtype=np.int64)
    for start in range(0, len(vectors), CHUNK):
        part = queries @ vectors[start : start + CHUNK].T
        scores = np.concatenate([scores, part], axis=1)
        here = np.broadcast_to(np.arange(start, start + part.shape[1]), part.shape)
        rows = np.concatenate([rows, here], axis=1)
        best = np.argsort(-scores, axis=1)[:, :TOP_K]
        scores = np.take_along_axis(scores, best, axis=1)
        rows = np.take_along_axis(rows, best, axis=1)
    return iter(rows.tolist())


def _noise(generator: np.random.Generator, count: int, width: int) -> Vectors:
    return generator.standard_normal((count, width), dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _too_large(passages: int, width: int) -> str | None:
    """Return why an index of this size cannot be measured here, or None when it can."""
    needed = 2 * passages * width * 4 + SPARE_BYTES
    free = _free_memory()
    if free is None or needed <= free:
        return None
    return f"needs {needed / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free"


def _free_memory() -> int | None:
    """Return the memory that is free, in bytes; None where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:  # noqa: PTH123 no path of ours
            fields = dict(line.split(":", 1) for line in file)
        return int(fields["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None
