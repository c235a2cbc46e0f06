"""What is known of a person: explained, handed out, deleted."""

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.core.accounts.model import ALPHABET, PlatformUser
from bot.core.ports import Clock
from bot.core.privacy import words
from bot.core.privacy.errors import NotConfirmed
from bot.core.privacy.model import Terms
from bot.core.privacy.ports import Traces
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork

EXPORT_FORMAT = "interview-coach-export"

EXPORT_VERSION = 1
"""Raised when a field of the export changes its meaning or goes; new ones may come without."""

CODE_LENGTH = 4
"""Short enough to type: it guards against a slip, not against a stranger."""

CODE_VALID = timedelta(minutes=10)
"""Long enough to read what will go, too short to be typed by mistake later."""


@dataclass(frozen=True)
class Document:
    """A text file for a learner, with a name for it."""

    content: bytes
    file_name: str


class Privacy:
    """Explain what is stored, export it, and delete it when asked twice."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        terms: Terms,
        traces: Traces,
        outside: str | None = None,
    ) -> None:
        """Wire it; `outside` says in words to whom sentences of answers are sent, if to anybody."""
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._terms = terms
        self._traces = traces
        self._outside = outside

    def explain(self) -> Reply:
        """Say what is stored, why, for how long, and whom else an answer reaches."""
        return words.privacy(self._terms, self._outside)

    def export(self, user: PlatformUser) -> Document:
        """Return everything that is known of the learner as sorted JSON in UTF-8."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            tables = uow.records.export(learner.id) if learner else {}
        document = {
            "format": EXPORT_FORMAT,
            "version": EXPORT_VERSION,
            "exported_at": now.isoformat(),
            "tables": tables,
        }
        text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        return Document(text.encode(), f"{EXPORT_FORMAT}-{now:%Y%m%d-%H%M%S}.json")

    def request_deletion(self, user: PlatformUser) -> Reply:
        """Give a code that confirms the deletion; an earlier one ends. Nothing is deleted yet."""
        now = self._clock.now()
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return words.nothing_stored()
            uow.deletion_codes.put(learner.id, _digest(code), now + CODE_VALID)
            uow.commit()
        return words.confirm_deletion(code, CODE_VALID)

    def delete(self, user: PlatformUser, code: str) -> Reply:
        """Delete everything that is known of the learner, in one transaction.

        Raises:
            NotConfirmed: the code is not the learner's own of the last ten minutes.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return words.nothing_stored()
            now = self._clock.now()
            if not uow.deletion_codes.take(learner.id, _digest(code), now):
                raise NotConfirmed
            uow.deletions.note(learner.id, now)
            uow.records.delete(learner.id)
            uow.commit()
        self._traces.erase(user)
        return words.deleted(self._terms)


def _digest(code: str) -> str:
    """Return what is stored of a code; case, spaces and hyphens do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
