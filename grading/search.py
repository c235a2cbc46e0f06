"""Find questions from a person's own words: by name, by a misspelt name, by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process, utils

from grading.corpus import Corpus
from grading.passages import PassageKind
from grading.text import clean
from knowledge.bank import names_of
from knowledge.question import Question, fold

MISSPELT = 88.0
"""Names at least this alike (0..100) are taken for a typing mistake: 'vanishing gradiant' has 94,
'data drift' against 'data leak' 63."""

NEIGHBOURS = 100
"""Passages looked at for each question wanted: about as many as a question has."""

MAX_QUERY_CHARACTERS = 600

KIND_WEIGHT = {
    PassageKind.PROMPT: 1.0,
    PassageKind.NAME: 1.0,
    PassageKind.RIGHT: 0.95,
    PassageKind.REFERENCE: 0.9,
    PassageKind.WRONG: 0.8,
    PassageKind.MISCONCEPTION: 0.8,
}
"""What a passage's cosine counts for: a question is what it asks before what answers it."""


@dataclass(frozen=True)
class Found:
    """A question found by words, with how near it is: 1 for its own name, else a cosine."""

    question_id: str
    score: float
    matched: str


class QuestionSearch:
    """Search a bank by words; exact and misspelt names need no model."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._bank = corpus.bank
        self._names = {name: q.id for q in self._bank for name in names_of(q)}

    def find(self, words: str, top_k: int = 5) -> tuple[Found, ...]:
        """Return the questions nearest to the words, the best first.

        Raises:
            ModelUnavailable: the words are no question's name and the model cannot be loaded.
        """
        words = clean(words)[:MAX_QUERY_CHARACTERS]
        named = self._named(words)
        if named is not None and top_k == 1:
            return (named,)
        by_meaning = self._by_meaning(words, top_k) if words else []
        found = [f for f in by_meaning if named is None or f.question_id != named.question_id]
        return tuple(([named] if named else []) + found)[:top_k]

    def _named(self, words: str) -> Found | None:
        """Return the question with this name, allowing for a typing mistake."""
        question = self._bank.named(words)
        if question is not None:
            return Found(question.id, 1.0, words)
        match = process.extractOne(
            words,
            list(self._names),
            scorer=fuzz.ratio,
            processor=utils.default_process,
            score_cutoff=MISSPELT,
        )
        return Found(self._names[match[0]], match[1] / 100, match[0]) if match else None

    def _by_meaning(self, words: str, top_k: int) -> list[Found]:
        """Return each question's best passage for the words, the best question first."""
        query = self._corpus.encoder.encode([words])[0].sentence
        best: dict[str, Found] = {}
        for passage, cosine in self._corpus.nearest(query[np.newaxis], NEIGHBOURS * top_k)[0]:
            score = round(max(0.0, cosine) * KIND_WEIGHT[passage.kind], 4)
            if passage.question_id not in best or best[passage.question_id].score < score:
                best[passage.question_id] = Found(passage.question_id, score, passage.text)
        return sorted(best.values(), key=lambda found: (-found.score, found.question_id))


class WiderSearch:
    """A search over a bank and some more questions, few enough to compare words with each."""

    def __init__(self, search: QuestionSearch, corpus: Corpus, more: Sequence[Question]) -> None:
        self._search = search
        self._corpus = corpus
        self._more = tuple(more)
        self._names = {fold(name): q.id for q in self._more for name in names_of(q)}

    def find(self, words: str, top_k: int = 5) -> tuple[Found, ...]:
        """Return the questions nearest to the words, the best first.

        Raises:
            ModelUnavailable: the words are no question's name and the model cannot be loaded.
        """
        words = clean(words)[:MAX_QUERY_CHARACTERS]
        named = self._names.get(fold(words))
        if named is not None and top_k == 1:
            return (Found(named, 1.0, words),)
        found = {each.question_id: each for each in self._search.find(words, top_k)}
        found |= {each.question_id: each for each in self._by_meaning(words)}
        if named is not None:
            found[named] = Found(named, 1.0, words)
        ranked = sorted(found.values(), key=lambda each: (-each.score, each.question_id))
        return tuple(ranked)[:top_k]

    def _by_meaning(self, words: str) -> list[Found]:
        """Return the best passage of each further question."""
        if not words or not self._more:
            return []
        query = self._corpus.encoder.encode([words])[0].sentence
        found = []
        for question in self._more:
            passages, vectors = self._corpus.searchable(question)
            weights = np.array([KIND_WEIGHT[passage.kind] for passage in passages])
            scores = np.maximum(vectors @ query, 0) * weights
            best = int(scores.argmax())
            found.append(Found(question.id, round(float(scores[best]), 4), passages[best].text))
        return found
