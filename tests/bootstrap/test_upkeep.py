"""The database file is looked after while people are served."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap.storage import Storage, Upkeep, storage_of
from bot.settings import Settings
from bot.storage.ledger import read_ledger
from tests.builders import NOON, a_user


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate({"home": tmp_path / "home"})


@pytest.fixture
def storage(settings: Settings) -> Storage:
    return storage_of(settings)


def beating(storage: Storage) -> None:
    with storage.unit_of_work() as uow:
        uow.heartbeats.note("service", NOON)
        uow.commit()


def test_a_sign_of_life_is_noted_and_nothing_is_missing_then(
    settings: Settings, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    upkeep = Upkeep(settings, storage)
    upkeep.begin()
    upkeep.beat(lambda: beating(storage))

    Upkeep(settings, storage).begin()

    assert settings.last_seen.read_text() == NOON.isoformat()
    assert caplog.text == ""
    assert upkeep.end()


def test_what_is_missing_is_said_at_the_start(
    settings: Settings, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    Upkeep(settings, storage).beat(lambda: beating(storage))
    settings.last_seen.write_text((NOON + timedelta(hours=1)).isoformat())

    Upkeep(settings, storage).begin()

    assert f"from {NOON.isoformat()} to 2026-11-23T13:00:00+00:00" in caplog.text


def test_who_was_deleted_by_another_program_is_noted_here_within_a_minute(
    tmp_path: Path, server_database: str
) -> None:
    places = [
        Settings.model_validate({"home": tmp_path / name, "database": server_database})
        for name in ("here", "there")
    ]
    here, there = (storage_of(each) for each in places)
    places[0].home.mkdir()
    upkeep = Upkeep(places[0], here)
    upkeep.begin()
    with there.unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        uow.deletions.note(learner.id, NOON)
        uow.records.delete(learner.id)
        uow.commit()

    upkeep.beat(lambda: beating(here))

    assert len(read_ledger(places[0].ledger)) == 1
    for each in (here, there):
        each.engine().dispose()


def test_a_file_that_can_be_written_no_more_ends_the_program_as_a_signal_to_stop_does(
    settings: Settings, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    upkeep = Upkeep(settings, storage)
    upkeep.beat(lambda: beating(storage))
    shared = settings.database_file.with_name("coach.sqlite3-shm")
    whole = shared.read_bytes()
    os.truncate(shared, 0)

    upkeep.beat(lambda: beating(storage))

    assert told == [signal.SIGTERM]
    assert "cut short" in caplog.text
    assert not upkeep.end()
    shared.write_bytes(whole)
    signal.signal(signal.SIGTERM, before)
