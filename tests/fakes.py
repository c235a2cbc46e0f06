"""Doubles: small, deterministic, handed in through constructor arguments."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from grading.encoder import Encoded, Vectors
from grading.grade import Band, Grade
from grading.search import Found
from knowledge.question import Question
from tests.builders import NOON, a_grade


class FixedClock:
    """Tell the time that the test chose; it passes only when the test says so."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time


class FakeGrader:
    """Give prepared outcomes in turn, the last one for ever: a grade, or an error to raise.

    Without any, every answer is good (0.7), with no word about its points.
    `meanwhile` is called while an answer is being graded: what another process does then.
    """

    def __init__(
        self, *outcomes: Grade | Exception, meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        self.outcomes = outcomes
        self.meanwhile = meanwhile
        self.graded: list[tuple[str, str]] = []

    def grade(self, question: Question, answer: str) -> Grade:
        outcomes = self.outcomes or (_good(question),)
        outcome = outcomes[min(len(self.graded), len(outcomes) - 1)]
        self.graded.append((question.id, answer))
        self.meanwhile()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def _good(question: Question) -> Grade:
    grade = a_grade(question.id, score=0.7, band=Band.GOOD)
    return grade.model_copy(update={"points": (), "misconceptions": ()})


class FakeFinder:
    """Find what was prepared, whatever the words; or raise what was prepared."""

    def __init__(self, *found: tuple[str, float], problem: Exception | None = None) -> None:
        self._found = found
        self._problem = problem
        self.asked_for: list[str] = []

    def find(self, words: str, top_k: int = 5) -> tuple[Found, ...]:
        self.asked_for.append(words)
        if self._problem is not None:
            raise self._problem
        return tuple(Found(question, score, words) for question, score in self._found[:top_k])


class WordEncoder:
    """Give every word a fixed random direction; a text is the mean of its words.

    `asked` lists every text that was embedded, so that a test can tell what was not.
    """

    def __init__(self, model_id: str = "words") -> None:
        self.model_id = model_id
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        self.asked += texts
        return [_of_words(text) for text in texts]


def _of_words(text: str) -> Encoded:
    found = list(re.finditer(r"\S+", text))
    pieces = tuple(match.group().casefold() for match in found) or ("[UNK]",)
    offsets = np.array([match.span() for match in found] or [(0, 0)], dtype=np.int32)
    tokens = np.stack([_direction(piece) for piece in pieces])
    total = tokens.sum(axis=0)
    return Encoded(total / np.linalg.norm(total), tokens, pieces, offsets)


def _direction(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
    vector = np.random.default_rng(seed).standard_normal(16)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@dataclass
class Registrar:
    """A platform that knows who has left; `refused` is what it says instead."""

    gone: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    refused: Exception | None = None

    def is_member(self, community: str, person: str) -> bool:
        assert community
        self.asked.append(person)
        if self.refused is not None:
            raise self.refused
        return person not in self.gone
