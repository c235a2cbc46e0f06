"""The system's clock behind the core's port."""

from datetime import UTC, datetime


class SystemClock:
    """Tell the current time."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)
