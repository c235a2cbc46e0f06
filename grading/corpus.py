"""The bank as vectors: every passage embedded, cached on disk and searchable.

Built at first use and once, because it needs the model; a lock makes that safe for many threads.
Rubrics are laid out per question on demand, which is cheap, and kept.
"""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from grading.cache import VectorCache
from grading.encoder import Encoded, Encoder, Vectors
from grading.index import FaissIndex, VectorIndex
from grading.passages import Passage, passages_of
from grading.rubric import Rubric, authored_rubric
from grading.text import clean
from knowledge.bank import QuestionBank
from knowledge.question import Question

Progress = Callable[[int, int], None]
"""Called with the number of questions that are ready and the number of all questions."""


class Corpus:
    """Every passage of a bank with its vectors, an index over all of them, and the rubrics."""

    def __init__(
        self, bank: QuestionBank, encoder: Encoder, cache_folder: Path | None = None
    ) -> None:
        self.bank = bank
        self.encoder = encoder
        self._cache = VectorCache(cache_folder)
        self._lock = threading.RLock()
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._vectors: dict[str, list[Encoded]] = {}
        self._rubrics: dict[str, Rubric] = {}
        self._rows: tuple[Passage, ...] = ()
        self._index: VectorIndex | None = None

    @property
    def is_ready(self) -> bool:
        """Whether everything is embedded and indexed."""
        return self._index is not None

    def prepare(self, progress: Progress | None = None) -> None:
        """Embed or read every passage and index them, once.

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        with self._lock:
            if self._index is not None:
                return
            vectors: list[Vectors] = []
            rows: list[Passage] = []
            for done, question in enumerate(self.bank, start=1):
                passages = self._embed(question)
                rows += passages
                vectors += [item.sentence for item in self._vectors[question.id][: len(passages)]]
                if progress is not None:
                    progress(done, len(self.bank))
            self._rows = tuple(rows)
            self._index = FaissIndex(np.stack(vectors))

    def rubric(self, question: Question) -> Rubric:
        """Return the question's rubric; a question that is not in the bank is embedded too.

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        with self._lock:
            if question.id not in self._rubrics:
                passages = self._embed(question)
                vectors = self._vectors[question.id]
                self._rubrics[question.id] = authored_rubric(
                    question, passages, vectors[: len(passages)], vectors[len(passages) :]
                )
            return self._rubrics[question.id]

    def nearest(self, vectors: Vectors, top_k: int) -> list[list[tuple[Passage, float]]]:
        """Return for each vector [n, d] the nearest passages of the bank with their cosines.

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        self.prepare()
        assert self._index is not None  # noqa: S101 prepare() sets it or raises
        return [
            [(self._rows[hit.row], hit.score) for hit in hits]
            for hits in self._index.search(vectors, top_k)
        ]

    def _embed(self, question: Question) -> tuple[Passage, ...]:
        """Have the vectors of a question's passages, followed by those of its model answers."""
        if question.id not in self._passages:
            passages = passages_of(question)
            texts = [passage.text for passage in passages] + list(question.reference_answers.texts)
            self._vectors[question.id] = self._cache.encode(self.encoder, [clean(t) for t in texts])
            self._passages[question.id] = passages
        return self._passages[question.id]
