"""The repositories of what platforms delivered, and of where they are installed."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.core.ports import HandledEvent, HandledState
from bot.storage.engine import utc
from bot.storage.orm import HandledEventRow, InstallationRow


class SqlHandledEvents:
    """The events that were handled or are being handled."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> HandledEvent | None:
        """Return what is known of the event, None before it was seen."""
        row = self._session.get(HandledEventRow, key)
        return (
            None if row is None else HandledEvent(HandledState(row.state), utc(row.at), row.result)
        )

    def put(self, key: str, state: HandledState, at: datetime, result: str = "") -> None:
        """Keep how far the work is, in place of what was known."""
        self._session.merge(HandledEventRow(key=key, state=state.value, at=at, result=result))
        self._session.flush()

    def forget(self, key: str) -> None:
        """Forget the event, so that it is handled when it comes again."""
        self._session.execute(delete(HandledEventRow).where(HandledEventRow.key == key))

    def forget_before(self, at: datetime, *, dry_run: bool = False) -> int:
        """Forget all events from before this moment and return how many they are."""
        old = HandledEventRow.at < at
        count = self._session.scalar(select(func.count()).select_from(HandledEventRow).where(old))
        if not dry_run:
            self._session.execute(delete(HandledEventRow).where(old))
        return count or 0


class SqlInstallations:
    """What platforms need to act in the places that installed them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, platform: str, key: str) -> str | None:
        """Return the sealed text, None where the platform is not installed."""
        row = self._session.get(InstallationRow, (platform, key))
        return None if row is None else row.sealed

    def put(self, platform: str, key: str, sealed: str, at: datetime) -> None:
        """Keep the sealed text in place of an earlier one."""
        row = InstallationRow(platform=platform, key=key, sealed=sealed, installed_at=at)
        self._session.merge(row)
        self._session.flush()

    def delete(self, platform: str, key: str) -> None:
        """Forget it; nothing happens where there is none."""
        theirs = (InstallationRow.platform == platform, InstallationRow.key == key)
        self._session.execute(delete(InstallationRow).where(*theirs))

    def keys(self, platform: str) -> tuple[str, ...]:
        """Return the keys of all places where the platform is installed, in order."""
        of_platform = select(InstallationRow.key).where(InstallationRow.platform == platform)
        return tuple(self._session.scalars(of_platform.order_by(InstallationRow.key)))
