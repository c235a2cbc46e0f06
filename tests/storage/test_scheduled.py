"""Copies are made when it is time, and only the newest are kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import scheduled
from bot.storage.migrate import check
from bot.storage.scheduled import ScheduledBackups
from tests.builders import NOON
from tests.fakes import FixedClock
from tests.storage import workers


@pytest.fixture(params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest) -> str:
    name = "database" if request.param == "sqlite" else "server_database"
    return str(request.getfixturevalue(name))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_copy_is_made_every_so_many_hours_and_the_newest_are_kept(
    source: str, folder: Path
) -> None:
    workers.answer_many(source, "Grace", 2)
    clock = FixedClock()
    backups = ScheduledBackups(source, folder, 6, 2, clock)
    made = []
    for _ in range(9):
        made.append(backups.run())
        clock.at += timedelta(hours=3)

    copies = [each for each in made if each]
    assert [each is not None for each in made] == [True, False] * 4 + [True]
    assert sorted(folder.iterdir()) == copies[-2:]
    assert all(check(each).ok for each in copies[-2:])


def test_other_files_are_left_alone_and_say_nothing(database: Path, folder: Path) -> None:
    folder.mkdir()
    others = [
        folder / f"coach-{NOON:%Y%m%dT%H%M%S}.000000Z-replaced.sqlite3",
        folder / "my-own-copy.sqlite3",
    ]
    for other in others:
        other.write_bytes(b"")

    made = ScheduledBackups(str(database), folder, 6, 1, FixedClock()).run()

    assert made
    assert set(folder.iterdir()) == {made, *others}


@pytest.mark.parametrize(("hours", "kept"), [(0, 7), (24, 0)])
def test_whoever_wants_none_gets_none(database: Path, folder: Path, hours: int, kept: int) -> None:
    assert ScheduledBackups(str(database), folder, hours, kept, FixedClock()).run() is None
    assert not folder.exists()


def test_a_clock_that_was_ahead_stops_no_copies(database: Path, folder: Path) -> None:
    clock = FixedClock()
    backups = ScheduledBackups(str(database), folder, 24, 7, clock)
    backups.run()
    clock.at -= timedelta(days=365)

    assert backups.run() is not None


def test_no_copy_fills_the_disk(
    source: str, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(scheduled, "ROOM", 1e12)

    assert ScheduledBackups(source, folder, 24, 7, FixedClock()).run() is None
    assert "nearly full" in caplog.text
    assert list(folder.iterdir()) == []
