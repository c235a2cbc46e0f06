"""What happens to a database under the running program, or between two, is noticed and said."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.core.errors import DatabaseReadOnly
from bot.storage.engine import SHARED_BYTES, make_engine
from bot.storage.last_seen import LastSeen, Missing, write_log_back
from tests.builders import NOON, a_user
from tests.databases import units_of
from tests.storage import workers

A_MINUTE = timedelta(minutes=1)


def beat(engine: Engine, minutes: int) -> None:
    with units_of(engine)() as uow:
        uow.heartbeats.note("service", NOON + minutes * A_MINUTE)
        uow.commit()


def test_a_log_that_is_there_brings_everything_back(database: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    killed.mkdir()
    engine = make_engine(database)
    seen = LastSeen(tmp_path / "last-seen", lambda: engine)
    for minute in range(3):
        write_log_back(engine)
        beat(engine, minute)
        seen.note()
    for file in (database, database.with_name(f"{database.name}-wal")):
        shutil.copy(file, killed)
    engine.dispose()

    again = make_engine(killed / database.name)
    assert LastSeen(tmp_path / "last-seen", lambda: again).missing() is None
    again.dispose()


def test_a_file_without_its_log_is_older_than_it_was(database: Path, tmp_path: Path) -> None:
    engine = make_engine(database)
    seen = LastSeen(tmp_path / "last-seen", lambda: engine)
    for minute in range(3):
        write_log_back(engine)
        beat(engine, minute)
        seen.note()
    alone = Path(shutil.copy(database, tmp_path / "alone.sqlite3"))
    engine.dispose()

    older = make_engine(alone)
    found = LastSeen(tmp_path / "last-seen", lambda: older).missing()
    older.dispose()

    assert found == Missing(NOON + A_MINUTE, NOON + 2 * A_MINUTE)


@pytest.mark.parametrize("written", [None, "", "yesterday"])
def test_without_a_note_nothing_is_known_to_be_missing(
    engine: Engine, tmp_path: Path, written: str | None
) -> None:
    file = tmp_path / "last-seen"
    if written is not None:
        file.write_text(written)
    beat(engine, 0)

    assert LastSeen(file, lambda: engine).missing() is None


def test_a_server_notes_it_too(every_engine: Engine, tmp_path: Path) -> None:
    seen = LastSeen(tmp_path / "last-seen", lambda: every_engine)
    write_log_back(every_engine)
    beat(every_engine, 0)
    seen.note()
    beat(every_engine, 1)

    assert seen.missing() is None
    assert (tmp_path / "last-seen").read_text() == NOON.isoformat()


def test_at_the_end_the_file_alone_is_the_database(engine: Engine, database: Path) -> None:
    beat(engine, 0)

    write_log_back(engine, wholly=True)

    assert database.with_name(f"{database.name}-wal").stat().st_size == 0


@pytest.mark.parametrize("size", [0, 100])
def test_a_shared_index_that_was_cut_short_ends_nobody(
    engine: Engine, database: Path, size: int
) -> None:
    shared = database.with_name(f"{database.name}-shm")
    beat(engine, 0)
    whole = shared.read_bytes()
    assert len(whole) == SHARED_BYTES
    os.truncate(shared, size)

    with pytest.raises(DatabaseReadOnly, match="cut short"):
        beat(engine, 1)
    with pytest.raises(DatabaseReadOnly):
        write_log_back(engine)

    shared.write_bytes(whole)  # else the end of this test is the end of all


def test_an_index_that_a_killed_program_left_cut_short_is_made_anew(database: Path) -> None:
    assert workers.exit_codes([workers.start(workers.answer_and_die, database)]) == [-9]
    os.truncate(database.with_name(f"{database.name}-shm"), 0)

    workers.answer_many(database, "Grace", 1)

    engine = make_engine(database)
    with units_of(engine)() as uow:
        assert len(uow.attempts.pending()) == 2
        assert uow.learners.find(a_user("Grace"))
    engine.dispose()


def test_a_file_system_that_became_read_only_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat(engine, 0)
    real: Callable[[Path], os.statvfs_result] = os.statvfs

    def read_only(path: Path) -> os.statvfs_result:
        found = list(real(path))
        found[8] |= os.ST_RDONLY
        return os.statvfs_result(found)

    monkeypatch.setattr(os, "statvfs", read_only)

    with pytest.raises(DatabaseReadOnly, match="read-only"):
        beat(engine, 1)
