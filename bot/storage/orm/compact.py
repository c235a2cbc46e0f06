"""What stands in millions of rows and in their indexes, as small whole numbers."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import Dialect, Integer, SmallInteger
from sqlalchemy.types import TypeDecorator

FIRST_DAY: Final = date(1970, 1, 1)

PERIODS: Final = ("day", "week", "month", "season", "all_time")
"""Each stands in the tables as its place here; a new one comes at the end."""


class DayNumber(TypeDecorator[date]):
    """A day, as the number of days since the first of 1970."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> int | None:
        """Return the number of the day."""
        return None if value is None else (value - FIRST_DAY).days

    def process_result_value(self, value: int | None, _dialect: Dialect) -> date | None:
        """Return the day."""
        return None if value is None else FIRST_DAY + timedelta(days=value)


class PeriodNumber(TypeDecorator[str]):
    """A period by its name, as its place in the list of all."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> int | None:
        """Return the place of the period."""
        return None if value is None else PERIODS.index(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> str | None:
        """Return the name of the period."""
        return None if value is None else PERIODS[value]
