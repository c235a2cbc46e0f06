"""The repositories of what platforms delivered, and of where they are installed."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.ports import HandledEvent, HandledEvents, HandledState, Installations, Programs
from bot.storage.engine import utc
from bot.storage.locks import Subject, hold
from bot.storage.orm import HandledEventRow, InstallationRow
from bot.storage.programs import others_of, program_of


class SqlPrograms(Programs):
    """The programs that work on the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    @override
    def mine(self) -> str:
        return program_of(self._session)

    @override
    def others(self) -> frozenset[str] | None:
        return others_of(self._session)


class SqlHandledEvents(HandledEvents):
    """The events that were handled or are being handled."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, key: str) -> HandledEvent | None:
        hold(self._session, Subject.EVENT, key)
        row = self._session.get(HandledEventRow, key)
        return None if row is None else _event(row)

    @override
    def put(self, key: str, state: HandledState, at: datetime, result: str = "") -> None:
        by = program_of(self._session) if state is HandledState.BEGUN else None
        row = HandledEventRow(key=key, state=state.value, at=at, result=result, begun_by=by)
        self._session.merge(row)
        self._session.flush()

    @override
    def begun(self, prefix: str) -> tuple[tuple[str, HandledEvent], ...]:
        rows = self._session.scalars(
            select(HandledEventRow)
            .where(HandledEventRow.state == HandledState.BEGUN.value)
            .where(HandledEventRow.key.startswith(prefix, autoescape=True))
            .order_by(HandledEventRow.at, HandledEventRow.key)
        )
        return tuple((row.key, _event(row)) for row in rows)

    @override
    def forget(self, key: str) -> None:
        self._session.execute(delete(HandledEventRow).where(HandledEventRow.key == key))

    @override
    def forget_before(self, at: datetime, most: int) -> int:
        old = select(HandledEventRow.key).where(HandledEventRow.at < at).limit(most)
        keys = self._session.scalars(old).all()
        self._session.execute(delete(HandledEventRow).where(HandledEventRow.key.in_(keys)))
        return len(keys)

    @override
    def count_before(self, at: datetime) -> int:
        old = select(func.count()).select_from(HandledEventRow).where(HandledEventRow.at < at)
        return self._session.scalar(old) or 0


class SqlInstallations(Installations):
    """What platforms need to act in the places that installed them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, platform: str, key: str) -> str | None:
        row = self._session.get(InstallationRow, (platform, key))
        return None if row is None else row.sealed

    @override
    def put(self, platform: str, key: str, sealed: str, at: datetime) -> None:
        row = InstallationRow(platform=platform, key=key, sealed=sealed, installed_at=at)
        self._session.merge(row)
        self._session.flush()

    @override
    def delete(self, platform: str, key: str) -> None:
        theirs = (InstallationRow.platform == platform, InstallationRow.key == key)
        self._session.execute(delete(InstallationRow).where(*theirs))

    @override
    def keys(self, platform: str) -> tuple[str, ...]:
        of_platform = select(InstallationRow.key).where(InstallationRow.platform == platform)
        return tuple(self._session.scalars(of_platform.order_by(InstallationRow.key)))


def _event(row: HandledEventRow) -> HandledEvent:
    return HandledEvent(HandledState(row.state), utc(row.at), row.result, row.begun_by)
