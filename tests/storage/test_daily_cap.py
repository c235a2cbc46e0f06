"""What was spent today: counted across threads, programs and restarts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.daily_cap import DailyCap
from grading.errors import OpinionUnavailable
from grading.grade import OpinionOutcome
from tests.builders import NOON
from tests.fakes import FixedClock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "home" / "opinions.sqlite3"


def cap(file: Path, calls: int = 3, tokens: int = 100, clock: FixedClock | None = None) -> DailyCap:
    return DailyCap(file, calls, tokens, clock or FixedClock())


def test_so_many_calls_a_day(file: Path):
    capped = cap(file)

    assert [capped.take(1) is not None for _ in range(5)] == [True, True, True, False, False]


def test_so_many_tokens_a_day(file: Path):
    capped = cap(file)

    assert [capped.take(each) is not None for each in (60, 41, 40)] == [True, False, True]


def test_what_was_not_used_can_be_used_again(file: Path):
    capped = cap(file)
    day = capped.take(100)
    assert day == NOON.date().isoformat()
    assert capped.take(1) is None

    capped.give_back(day, 70)

    assert capped.take(71) is None
    assert capped.take(70) is not None


def test_a_restart_resets_nothing(file: Path):
    for _ in range(3):
        assert cap(file).take(1)

    assert cap(file).take(1) is None


def test_the_day_ends_at_midnight_in_utc(file: Path):
    clock = FixedClock(NOON.replace(hour=23, minute=59))
    capped = cap(file, calls=1, clock=clock)
    yesterday = capped.take(60)
    assert capped.take(1) is None

    clock.pass_by(timedelta(minutes=1))

    today = capped.take(100)
    assert (yesterday, today) == ("2026-11-23", "2026-11-24")
    capped.give_back(yesterday, 60)
    assert capped.take(1) is None


def test_many_at_once_take_no_more_than_there_is(file: Path):
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: cap(file, calls=10).take(1), range(40)))

    assert sum(day is not None for day in taken) == 10


@pytest.mark.parametrize("content", [b"a shopping list, not a database" * 50, None])
def test_a_file_that_cannot_be_used_lets_nothing_be_spent(file: Path, content: bytes | None):
    file.parent.mkdir(parents=True)
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)

    with pytest.raises(OpinionUnavailable) as raised:
        cap(file).take(1)

    assert raised.value.outcome is OpinionOutcome.FAILED
    assert "opinions.sqlite3" in raised.value.reason
