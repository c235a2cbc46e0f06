"""The system's clock behind the core's port."""

from datetime import UTC, datetime


class StoppedClock:
    """Tell one time for ever: what would happen then."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time in UTC."""
        return self._at


class SystemClock:
    """Tell the current time."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)
