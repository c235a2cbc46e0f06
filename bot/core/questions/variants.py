"""The questions as a community has them: with what its hosts accepted as wordings of key points."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from pydantic import ValidationError

from bot.core.unit_of_work import UnitOfWork
from knowledge.accepting import accepting
from knowledge.question import Question

Variant = Callable[[Question, int | None], Question]
"""A question as it is asked in a community; None is private practice."""

Wording = tuple[str, str]
"""The id of a key point, and a sentence that counts for it."""

MOST_KEPT: Final = 128
"""Variants kept at hand: making one anew takes a millisecond for each of its wordings."""


def as_it_is(question: Question, _community_id: int | None) -> Question:
    """Return the question itself, wherever it is asked."""
    return question


def variant_of(question: Question, wordings: tuple[Wording, ...]) -> Question:
    """Return the question with these wordings.

    Those that do not fit any more, because the question was edited since, are passed over.
    """
    for point_id, text in wordings:
        try:
            question = accepting(question, point_id, text)
        except (KeyError, ValidationError):
            continue
    return question


class Variants:
    """Questions with what communities accept, made once and kept while they are used."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], most: int = MOST_KEPT) -> None:
        self._unit_of_work = unit_of_work
        self._made = lru_cache(maxsize=most)(variant_of)

    def of(self, question: Question, community_id: int | None) -> Question:
        """Return the question as it is asked in a community."""
        if community_id is None:
            return question
        with self._unit_of_work() as uow:
            accepted = uow.accepted.of_question(community_id, question.id)
        if not accepted:
            return question
        return self._made(question, tuple((each.point_id, each.text) for each in accepted))
