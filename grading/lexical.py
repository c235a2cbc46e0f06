"""Which questions share rare words with a text: BM25 (Robertson and Zaragoza 2009), by bm25s."""

import functools
from collections.abc import Mapping
from typing import Any

from grading.passages import Passage, PassageKind, passages_of, searchable_passages_of
from grading.text import content_stems
from knowledge.bank import QuestionBank
from knowledge.question import Question


class WordIndex:
    """The words of all questions of a bank, indexed at the first search."""

    def __init__(self, bank: QuestionBank) -> None:
        self._bank = bank

    def scores(self, text: str) -> Mapping[str, float]:
        """Return for each question's id how well the text's words fit: 0 not at all, 3 fairly."""
        ids = [question.id for question in self._bank]
        stems = list(dict.fromkeys(content_stems(text)))
        if not stems:
            return dict.fromkeys(ids, 0.0)
        return dict(zip(ids, map(float, self._index.get_scores(stems)), strict=True))

    @functools.cached_property
    def _index(self) -> Any:
        from bm25s import BM25

        index = BM25()
        index.index([_stems_of(question) for question in self._bank], show_progress=False)
        return index


def _stems_of(question: Question) -> list[str]:
    """Return the stems of everything that is right about a question, repeats included."""
    found = [*searchable_passages_of(question), *filter(_is_right, passages_of(question))]
    return [stem for passage in found for stem in content_stems(passage.text)]


def _is_right(passage: Passage) -> bool:
    return passage.kind in {PassageKind.RIGHT, PassageKind.REFERENCE}
