from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import UsageError
from bot.core.streaks.parsing import EVER, MONTHS, Span, span_of

TODAY = date(2026, 11, 26)
FEBRUARY = Span(date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "words", ["2024-02", "2024-2", "february 2024", " Feb  2024 ", "FEBR. 2024", "Feb, 2024"]
)
def test_a_month_is_named_in_many_ways(words: str):
    assert span_of(words, TODAY) == FEBRUARY


@pytest.mark.parametrize(("words", "year"), [("november", 2026), ("oct", 2026), ("Dec", 2025)])
def test_a_month_without_a_year_is_the_latest_that_has_begun(words: str, year: int):
    found = span_of(words, TODAY)

    assert found is not None
    assert found.first.year == found.last.year == year


def test_nothing_is_the_latest_days_and_all_is_all():
    assert span_of("  ", TODAY) is None
    assert span_of("All", TODAY) == EVER


@pytest.mark.parametrize("words", ["yesterday", "2026-13", "1999-01", "ma", "may 1999", "2026"])
def test_what_is_no_month_is_not_guessed(words: str):
    with pytest.raises(UsageError) as caught:
        span_of(words, TODAY)

    assert caught.value.words == words


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_month_has_its_days_and_no_others(year: int, month: int):
    found = span_of(f"{MONTHS[month - 1]} {year}", TODAY)

    assert found == span_of(f"{year}-{month:02}", TODAY)
    assert found is not None
    assert (found.first.day, found.first.month, found.last.month) == (1, month, month)
    assert 28 <= (found.last - found.first).days + 1 <= 31
    assert found.last.toordinal() + 1 == date(year + month // 12, month % 12 + 1, 1).toordinal()


@given(st.text(max_size=60))
def test_any_words_are_days_or_unclear(words: str):
    with suppress(UsageError):
        found = span_of(words, TODAY)
        assert found is None or found.first <= found.last
