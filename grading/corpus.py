"""The bank as vectors: rubrics by question, made when they are asked for, and an index to search.

What a question's answers are compared with is embedded at its first answer and then read from
disk. The index over all questions holds a few passages of each, whose vectors ship as well.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from cachetools import LRUCache

from grading.cache import VectorCache
from grading.encoder import Encoded, Encoder, Vectors
from grading.index import FaissIndex, VectorIndex
from grading.passages import Passage, passages_of, searchable_passages_of
from grading.premade import key_of, premade_vectors
from grading.rubric import Rubric, rubric_of
from grading.text import clean
from knowledge.bank import QuestionBank
from knowledge.question import Question

Progress = Callable[[int, int], None]
"""Called with the number of passages that are ready and the number of all passages."""

MOST_RUBRICS = 64
"""Rubrics kept in memory, some 2 MB each. One that was let go takes milliseconds to make anew."""

MOST_SEARCHABLE = 600
"""Questions beside the bank's whose few searchable vectors are kept in memory, 25 kB each: all that
one community may have, and some more."""

CHUNK = 256
"""Passages embedded, and kept on disk, together."""


class Corpus:
    """The rubrics of questions, and an index over the searchable passages of a bank."""

    def __init__(
        self, bank: QuestionBank, encoder: Encoder, cache_folder: Path | None = None
    ) -> None:
        self.bank = bank
        self.encoder = encoder
        self._cache = VectorCache(cache_folder)
        self._preparing = threading.Lock()
        # By the whole question: two communities may accept different wordings of the same one.
        self._rubrics: LRUCache[Question, Rubric] = LRUCache(MOST_RUBRICS)
        self._embedded: LRUCache[Question, Mapping[str, Encoded]] = LRUCache(MOST_RUBRICS)
        self._searchable: LRUCache[Question, Vectors] = LRUCache(MOST_SEARCHABLE)
        self._lending = threading.Lock()
        self._rows: tuple[Passage, ...] = ()
        self._index: VectorIndex | None = None

    def prepare(self, progress: Progress | None = None) -> None:
        """Read or embed what searches look through and index it, once.

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        with self._preparing:
            if self._index is not None:
                return
            rows = _searchable(self.bank)
            texts = [clean(passage.text) for passage in rows]
            known = premade_vectors(self.encoder.model_id)
            missing = [text for text in texts if key_of(text) not in known]
            found = dict(zip(missing, self._sentences(missing, progress), strict=True))
            vectors = [found[text] if text in found else known[key_of(text)] for text in texts]
            self._rows = rows
            self._index = FaissIndex(np.stack(vectors))

    def rubric(self, question: Question) -> Rubric:
        """Return the question's rubric; it need not be in the bank.

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        with self._lending:
            known = self._rubrics.get(question)
        if known is None:
            passages = passages_of(question)
            vectors = self._vectors_of(question)
            known = rubric_of(
                question,
                passages,
                [vectors[clean(passage.text)] for passage in passages],
            )
            with self._lending:
                self._rubrics[question] = known
        return known

    def searchable(self, question: Question) -> tuple[tuple[Passage, ...], Vectors]:
        """Return the searchable passages of any question, and their vectors [n, d].

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        passages = searchable_passages_of(question)
        with self._lending:
            vectors = self._searchable.get(question)
        if vectors is None:
            vectors = np.stack(self._sentences([clean(one.text) for one in passages]))
            with self._lending:
                self._searchable[question] = vectors
        return passages, vectors

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

    def _sentences(self, texts: Sequence[str], progress: Progress | None = None) -> list[Vectors]:
        """Return the sentence vectors of cleaned texts."""
        found: list[Vectors] = []
        for start in range(0, len(texts), CHUNK):
            encoded = self._cache.encode(self.encoder, texts[start : start + CHUNK])
            found += [one.sentence for one in encoded]
            if progress is not None:
                progress(len(found), len(texts))
        return found

    def _vectors_of(self, question: Question) -> Mapping[str, Encoded]:
        """Return the vectors of a question by cleaned text; two threads at once only repeat work.

        A question that differs from the bank's own in a few wordings embeds only those.
        """
        with self._lending:
            known = self._embedded.get(question)
        if known is None:
            own = self.bank.get(question.id) if question.id in self.bank else question
            known = {} if own == question else self._vectors_of(own)
            texts = dict.fromkeys(clean(passage.text) for passage in passages_of(question))
            new = [text for text in texts if text not in known]
            if new:
                encoded = self._cache.encode(self.encoder, new)
                known = {**known, **dict(zip(new, encoded, strict=True))}
            with self._lending:
                self._embedded[question] = known
        return known


def searchable_texts(bank: QuestionBank) -> list[str]:
    """Return the cleaned text of every searchable passage of a bank, in order."""
    return [clean(passage.text) for passage in _searchable(bank)]


def _searchable(bank: QuestionBank) -> tuple[Passage, ...]:
    return tuple(one for question in bank for one in searchable_passages_of(question))
