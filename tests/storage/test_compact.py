"""What stands in millions of rows is small, and comes back as it was."""

from datetime import date

import pytest
from sqlalchemy.dialects import sqlite

from bot.core.calendar.periods import Period
from bot.storage.orm.compact import PERIODS, DayNumber, PeriodNumber

DIALECT = sqlite.dialect()


@pytest.mark.parametrize("day", [date.min, date(1970, 1, 1), date(2026, 12, 1), date.max])
def test_a_day_comes_back(day: date) -> None:
    kept = DayNumber().process_bind_param(day, DIALECT)

    assert DayNumber().process_result_value(kept, DIALECT) == day


def test_every_period_has_a_number_that_never_changes() -> None:
    assert list(PERIODS) == ["day", "week", "month", "season", "all_time"]
    assert set(PERIODS) == {period.value for period in Period}
    kind = PeriodNumber()
    kept = {name: kind.process_bind_param(name, DIALECT) for name in PERIODS}
    assert {kind.process_result_value(number, DIALECT) for number in kept.values()} == set(PERIODS)
    assert max(kept.values(), key=lambda number: number or 0) == 4


def test_no_day_and_no_period_stay_none() -> None:
    for kind in (DayNumber(), PeriodNumber()):
        assert kind.process_bind_param(None, DIALECT) is None
        assert kind.process_result_value(None, DIALECT) is None
