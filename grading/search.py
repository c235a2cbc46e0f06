"""Find questions from a person's own words: by name, also misspelt, and by meaning and words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process, utils

from grading.corpus import Corpus
from grading.lexical import WordIndex
from grading.text import clean
from knowledge.bank import names_of
from knowledge.question import Question, fold

MISSPELT = 88.0
"""Names at least this alike (0..100) are taken for a typing mistake: 'vanishing gradiant' has 94,
'data drift' against 'data leak' 63."""

HITS = 400
"""Passages looked at: the nearest of some 6,000."""

BEST = 3
"""A question is as near as its so many nearest passages on average."""

LEXICAL_WEIGHT = 0.03
"""What a point of BM25 counts beside a cosine. Of 400 hard everyday phrasings by people who had not
written the questions, 69 % find theirs first and 86 % among three by meaning alone, with this
weight 76 % and 90 % (`python -m benchmarks.phrasings`)."""

MAX_QUERY_CHARACTERS = 600


@dataclass(frozen=True)
class Found:
    """A question found by words, with how near it is: 1 for its own name, else about a cosine."""

    question_id: str
    score: float
    matched: str


class QuestionSearch:
    """Search a bank by words; exact and misspelt names need no model."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._bank = corpus.bank
        self._names = {name: q.id for q in self._bank for name in names_of(q)}
        self._words = WordIndex(corpus.bank)

    def find(self, words: str, top_k: int = 5) -> tuple[Found, ...]:
        """Return the questions nearest to the words, the best first.

        Raises:
            ModelUnavailable: the words are no question's name and the model cannot be loaded.
        """
        words = clean(words)[:MAX_QUERY_CHARACTERS]
        named = self._named(words)
        if named is not None and top_k == 1:
            return (named,)
        by_meaning = self._by_meaning(words) if words else []
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

    def _by_meaning(self, words: str) -> list[Found]:
        """Return the questions whose passages are nearest to the words, the best one first."""
        query = self._corpus.encoder.encode([words])[0].sentence
        hits = self._corpus.nearest(query[np.newaxis], HITS)[0]
        lexical = self._words.scores(words)
        cosines: dict[str, list[float]] = defaultdict(list)
        matched: dict[str, str] = {}
        for passage, cosine in hits:
            cosines[passage.question_id].append(cosine)
            matched.setdefault(passage.question_id, passage.text)
        last = hits[-1][1]
        found = [
            Found(
                question_id,
                _score([*values, *[last] * BEST][:BEST], lexical[question_id]),
                matched[question_id],
            )
            for question_id, values in cosines.items()
        ]
        return sorted(found, key=lambda each: (-each.score, each.question_id))


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
        """Return the best passage of each further question; they have few, so it counts alone."""
        if not words or not self._more:
            return []
        query = self._corpus.encoder.encode([words])[0].sentence
        found = []
        for question in self._more:
            passages, vectors = self._corpus.searchable(question)
            cosines = vectors @ query
            best = int(cosines.argmax())
            found.append(Found(question.id, _score([cosines[best]], 0.0), passages[best].text))
        return found


def _score(cosines: Sequence[float], lexical: float) -> float:
    return round(max(0.0, float(np.mean(cosines)) + LEXICAL_WEIGHT * lexical), 4)
