"""The ledger of deletions, in the tables: noted with each deletion, applied to older copies."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.privacy.ports import Deletions
from bot.storage.engine import utc
from bot.storage.orm import DeletionRow, IdentityRow, LedgerKeyRow
from bot.storage.repositories.records import SqlRecords


class Deletion(NamedTuple):
    """That the person behind an account was deleted at a moment; `account` is a digest."""

    account: str
    at: datetime


class SqlDeletions(Deletions):
    """Which accounts were deleted."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def note(self, learner_id: int, at: datetime) -> None:
        theirs = select(IdentityRow).where(IdentityRow.learner_id == learner_id)
        key = self.ensure_key()
        self.add(Deletion(_digest(key, each), at) for each in self._session.scalars(theirs))

    def ensure_key(self) -> str:
        """Return the key of this database, made when it is first asked for."""
        key = min(self.keys(), default=None)
        if key is None:
            key = secrets.token_hex(32)
            self.add_keys({key})
        return key

    def keys(self) -> frozenset[str]:
        """Return all keys with which accounts were digested here."""
        return frozenset(self._session.scalars(select(LedgerKeyRow.key)))

    def add_keys(self, keys: Iterable[str]) -> None:
        """Keep the keys of another ledger beside those that are here."""
        self._session.add_all(LedgerKeyRow(key=key) for key in set(keys) - self.keys())
        self._session.flush()

    def every(self) -> frozenset[Deletion]:
        """Return the whole ledger."""
        rows = self._session.execute(select(DeletionRow.account, DeletionRow.at))
        return frozenset(Deletion(account, utc(at)) for account, at in rows)

    def add(self, deletions: Iterable[Deletion]) -> None:
        """Keep what another ledger knows."""
        new = set(deletions) - self.every()
        self._session.add_all(DeletionRow(account=each.account, at=each.at) for each in new)
        self._session.flush()

    def apply(self, deletions: Collection[Deletion]) -> int:
        """Delete again who is back from before these deletions; return how many people that is.

        The ledger that this database had already was applied before it was copied.
        """
        gone = {each.account for each in set(deletions) - self.every()}
        keys = self.keys()
        back = {
            each.learner_id
            for each in self._session.scalars(select(IdentityRow))
            if any(_digest(key, each) in gone for key in keys)
        }
        for learner_id in back:
            SqlRecords(self._session).delete(learner_id)
        self.add(deletions)
        return len(back)


def _digest(key: str, row: IdentityRow) -> str:
    account = "\0".join((row.platform, row.team, row.external_id))
    return hmac.new(bytes.fromhex(key), account.encode(), hashlib.sha256).hexdigest()
