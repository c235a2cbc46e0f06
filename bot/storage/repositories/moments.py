"""Moments as the core's values hold them."""

from datetime import UTC, datetime


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC."""
    # A row written in this transaction still holds the datetime it was given, in any zone.
    return moment.astimezone(UTC)
