"""The bank as vectors: every passage embedded, cached on disk and searchable.

Built at first use and once, because it needs the model. A question's rubric needs only that
question's passages, so an answer can be graded while the rest is still being prepared.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from cachetools import LRUCache

from grading.cache import VectorCache
from grading.encoder import Encoded, Encoder, Vectors
from grading.index import FaissIndex, VectorIndex
from grading.passages import Passage, PassageKind, passages_of
from grading.rubric import Rubric, authored_rubric
from grading.text import clean
from knowledge.bank import QuestionBank
from knowledge.question import Question

Progress = Callable[[int, int], None]
"""Called with the number of questions that are ready and the number of all questions."""

MOST_OTHERS = 64
"""Rubrics kept of questions that are not in the bank as they are, such as those with the wordings
that a community accepts: some 2 MB each. One that was let go takes milliseconds to make anew."""

MOST_STRANGERS = 600
"""Questions beside the bank's whose vectors are kept in memory, about 100 kB each: all that one
community may have, and some more. Those that went come back from the disk in milliseconds."""


class _Embedded(NamedTuple):
    """A question's passages with their vectors, and the vectors of its whole model answers."""

    passages: tuple[Passage, ...]
    vectors: list[Encoded]
    models: list[Encoded]

    def searchable(self) -> list[tuple[Passage, Encoded]]:
        """Return the passages that searches look through."""
        every = zip(self.passages, self.vectors, strict=True)
        return [(p, item) for p, item in every if p.kind is not PassageKind.OPPOSITE]


class Corpus:
    """Every passage of a bank with its vectors, an index over all of them, and the rubrics."""

    def __init__(
        self, bank: QuestionBank, encoder: Encoder, cache_folder: Path | None = None
    ) -> None:
        self.bank = bank
        self.encoder = encoder
        self._cache = VectorCache(cache_folder)
        self._preparing = threading.Lock()
        # By the whole question: two communities may accept different wordings of the same one.
        self._embedded: dict[Question, _Embedded] = {}
        self._rubrics: dict[Question, Rubric] = {}
        self._others: LRUCache[Question, Rubric] = LRUCache(MOST_OTHERS)
        self._strangers: LRUCache[Question, _Embedded] = LRUCache(MOST_STRANGERS)
        self._lending = threading.Lock()
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
        with self._preparing:
            if self._index is not None:
                return
            for done, question in enumerate(self.bank, start=1):
                self._embed(question)
                if progress is not None:
                    progress(done, len(self.bank))
            # Opposites say nothing about where a text belongs that their twins do not.
            found = [
                (passage, item.sentence)
                for question in self.bank
                for passage, item in self._embedded[question].searchable()
            ]
            self._rows = tuple(passage for passage, _ in found)
            self._index = FaissIndex(np.stack([vector for _, vector in found]))

    def rubric(self, question: Question) -> Rubric:
        """Return the question's rubric; a question that is not in the bank is embedded too.

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        if not self._is_shipped(question):
            return self._other_rubric(question)
        if question not in self._rubrics:
            self._rubrics[question] = _laid_out(question, self._embed(question))
        return self._rubrics[question]

    def searchable(self, question: Question) -> tuple[tuple[Passage, ...], Vectors]:
        """Return the passages of a question that searches look through, and their vectors [n, d].

        Raises:
            ModelUnavailable: something has to be embedded and the model cannot be loaded.
        """
        found = self._embed(question).searchable()
        passages = tuple(passage for passage, _ in found)
        return passages, np.stack([item.sentence for _, item in found])

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

    def _embed(self, question: Question) -> _Embedded:
        """Return the question's vectors; two threads at once only do the same work twice."""
        kept = self._embedded if self._is_shipped(question) else self._strangers
        with self._lending:
            one = kept.get(question)
        if one is None:
            texts = [clean(text) for text in _texts_of(question)]
            one = _arranged(question, self._cache.encode(self.encoder, texts))
            with self._lending:
                kept[question] = one
        return one

    def _is_shipped(self, question: Question) -> bool:
        return question.id in self.bank and self.bank.get(question.id) == question

    def _other_rubric(self, question: Question) -> Rubric:
        """Return the rubric of a question that the bank does not have, or not like this."""
        with self._lending:
            known = self._others.get(question)
        if known is not None:
            return known
        rubric = _laid_out(question, _arranged(question, self._vectors_of(question)))
        with self._lending:
            self._others[question] = rubric
        return rubric

    def _vectors_of(self, question: Question) -> Sequence[Encoded]:
        """Return the vectors of a variant: those of the bank's own question, and what is new."""
        texts = [clean(text) for text in _texts_of(question)]
        if question.id not in self.bank:
            stranger = self._embed(question)
            return (*stranger.vectors, *stranger.models)
        own = self.bank.get(question.id)
        embedded = self._embed(own)
        known = dict(
            zip(
                (clean(text) for text in _texts_of(own)),
                (*embedded.vectors, *embedded.models),
                strict=True,
            )
        )
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            known.update(zip(new, self._cache.encode(self.encoder, new), strict=True))
        return [known[text] for text in texts]


def _texts_of(question: Question) -> list[str]:
    """Return every text that is embedded of a question: its passages, then whole references."""
    passages = [passage.text for passage in passages_of(question)]
    return passages + list(question.reference_answers.texts)


def _arranged(question: Question, vectors: Sequence[Encoded]) -> _Embedded:
    """Return the vectors of `_texts_of(question)` with what they are of."""
    passages = passages_of(question)
    return _Embedded(passages, list(vectors[: len(passages)]), list(vectors[len(passages) :]))


def _laid_out(question: Question, one: _Embedded) -> Rubric:
    return authored_rubric(question, one.passages, one.vectors, one.models)
