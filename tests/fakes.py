"""Doubles: small, deterministic, handed in through constructor arguments."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import numpy as np

from bot.core.attempt import Ask, AskState, Attempt
from bot.core.learner import Learner, PlatformUser
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


@dataclass
class InMemoryDatabase:
    """What is committed: frozen values by id, oldest first."""

    learners: dict[int, Learner] = field(default_factory=dict)
    accounts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    asks: dict[int, Ask] = field(default_factory=dict)
    attempts: dict[int, Attempt] = field(default_factory=dict)

    def copy(self) -> "InMemoryDatabase":
        return InMemoryDatabase(
            dict(self.learners), dict(self.accounts), dict(self.asks), dict(self.attempts)
        )

    def unit_of_work(self) -> "InMemoryUnitOfWork":
        return InMemoryUnitOfWork(self)


class InMemoryUnitOfWork:
    """A transaction over an InMemoryDatabase; leaving it without `commit()` undoes it."""

    def __init__(self, database: InMemoryDatabase) -> None:
        self._database = database

    def __enter__(self) -> Self:
        self._work = self._database.copy()
        self.learners = InMemoryLearners(self._work)
        self.asks = InMemoryAsks(self._work)
        self.attempts = InMemoryAttempts(self._work)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del self._work

    def commit(self) -> None:
        vars(self._database).update(vars(self._work.copy()))


class InMemoryLearners:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def find(self, user: PlatformUser) -> Learner | None:
        learner_id = self._rows.accounts.get((user.platform, user.team, user.external_id))
        return None if learner_id is None else self._rows.learners[learner_id]

    def register(self, user: PlatformUser, at: datetime) -> Learner:
        learner = self.find(user)
        if learner is None:
            learner = Learner(len(self._rows.learners) + 1, user.display_name, at)
            account = (user.platform, user.team, user.external_id)
            self._rows.accounts[account] = learner.id
        elif user.display_name:
            learner = replace(learner, display_name=user.display_name)
        self._rows.learners[learner.id] = learner
        return learner


class InMemoryAsks:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def add(self, learner_id: int, question_id: str, at: datetime) -> Ask:
        ask = Ask(len(self._rows.asks) + 1, learner_id, question_id, at)
        self._rows.asks[ask.id] = ask
        return ask

    def latest(self, learner_id: int) -> Ask | None:
        theirs = [ask for ask in self._rows.asks.values() if ask.learner_id == learner_id]
        return theirs[-1] if theirs else None

    def asked(self, learner_id: int) -> tuple[str, ...]:
        asks = self._rows.asks.values()
        return tuple(ask.question_id for ask in asks if ask.learner_id == learner_id)

    def update(self, ask_id: int, state: AskState, hints: int) -> None:
        self._rows.asks[ask_id] = replace(self._rows.asks[ask_id], state=state, hints=hints)


class InMemoryAttempts:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def add(self, ask: Ask, answer: str, at: datetime) -> Attempt:
        attempt = Attempt(
            id=len(self._rows.attempts) + 1,
            ask_id=ask.id,
            learner_id=ask.learner_id,
            question_id=ask.question_id,
            answer=answer,
            submitted_at=at,
            hints_used=ask.hints,
            assisted=ask.state is AskState.REVEALED,
        )
        self._rows.attempts[attempt.id] = attempt
        return attempt

    def get(self, attempt_id: int) -> Attempt | None:
        return self._rows.attempts.get(attempt_id)

    def record_grade(self, attempt_id: int, grade: Grade, at: datetime) -> bool:
        attempt = self._rows.attempts[attempt_id]
        if not attempt.is_pending:
            return False
        self._rows.attempts[attempt_id] = replace(attempt, grade=grade, graded_at=at)
        return True

    def pending(self) -> tuple[Attempt, ...]:
        return tuple(a for a in self._rows.attempts.values() if a.is_pending)

    def of_learner(self, learner_id: int) -> tuple[Attempt, ...]:
        return tuple(a for a in self._rows.attempts.values() if a.learner_id == learner_id)


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
