"""The ledger of deletions: which accounts were deleted when, told by digests alone."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class DeletionRow(Base):
    """A deletion of the person behind an account, by the keyed digest of the account."""

    __tablename__ = "deletions"

    account: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)


class LedgerKeyRow(Base):
    """A key of this database's digests; more than one after an older copy came back."""

    __tablename__ = "ledger_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
