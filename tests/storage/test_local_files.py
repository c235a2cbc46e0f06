"""What is left outside of the tables: in the bytes of the file, at the prompt, in copies."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.core.accounts.model import PlatformUser
from bot.core.communities.presence import register_presence
from bot.core.privacy.model import Terms
from bot.core.privacy.service import Privacy
from bot.storage.local_files import LocalFiles, empty_log
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT
from tests.databases import units_of
from tests.fakes import FixedClock

PHRASE = "unmistakable-words-of-ada"
HERE = PlatformUser("terminal", "ada", display_name="Ada")


def test_no_byte_of_a_deleted_answer_is_left_in_the_files(
    engine: Engine, database: Path, tmp_path: Path
):
    unit_of_work = units_of(engine)
    with unit_of_work() as uow:
        learner = register_presence(uow, HERE, None, NOON).learner
        for number in range(200):
            ask = uow.asks.add(learner.id, DRIFT, NOON)
            uow.attempts.add(ask, f"{PHRASE} {number} " * 40, NOON)
        uow.commit()
    (tmp_path / "history").write_text(PHRASE, encoding="utf-8")
    assert PHRASE in bytes_of(database)
    with unit_of_work() as uow:
        uow.records.delete(learner.id)
        uow.commit()

    LocalFiles(database, tmp_path / "history", tmp_path, {HERE.platform}).erase(HERE)

    assert PHRASE not in bytes_of(database)
    assert not (tmp_path / "history").exists()


def bytes_of(database: Path) -> str:
    files = database.parent.glob(f"{database.name}*")
    return "".join(file.read_bytes().decode("latin-1") for file in files)


def test_the_lines_of_the_prompt_stay_when_somebody_goes_who_is_elsewhere(
    database: Path, tmp_path: Path
):
    (tmp_path / "history").write_text("/ask", encoding="utf-8")

    LocalFiles(database, tmp_path / "history", tmp_path, {HERE.platform}).erase(a_user())

    assert (tmp_path / "history").exists()


def test_a_log_is_emptied_while_connections_stay_open(engine: Engine, database: Path):
    log = database.with_name(f"{database.name}-wal")
    with units_of(engine)() as uow:
        register_presence(uow, HERE, None, NOON)
        uow.commit()
    assert log.stat().st_size > 0

    empty_log(database)

    assert log.stat().st_size == 0


def test_a_deletion_is_done_on_a_server_without_files(server_database: str, tmp_path: Path):
    LocalFiles(server_database, tmp_path / "history", tmp_path, {HERE.platform}).erase(HERE)

    assert list(tmp_path.iterdir()) == []


def test_old_copies_go_and_nothing_else(database: Path, tmp_path: Path):
    backups = tmp_path / "backups"
    traces = LocalFiles(database, tmp_path / "history", backups, ())
    month_ago = NOON - timedelta(days=30)
    assert traces.clear(month_ago, dry_run=False) == 0
    backups.mkdir()
    old = backups / "coach-20261001T120000.000001Z-95e0c4a7b31d.sqlite3"
    kept = [
        backups / "coach-20261120T120000.000001Z-95e0c4a7b31d.sqlite3",
        backups / "coach-precious.sqlite3",
        backups / "my-own-20200101T120000.000001Z-x.sqlite3",
    ]
    for file in (old, *kept):
        file.write_bytes(b"copy")

    assert traces.clear(month_ago, dry_run=True) == 1
    assert old.exists()
    assert traces.clear(month_ago, dry_run=False) == 1
    assert sorted(backups.iterdir()) == sorted(kept)


def test_a_privacy_of_files_tells_how_long_copies_are_kept(engine: Engine, tmp_path: Path):
    traces = LocalFiles(tmp_path / "x.sqlite3", tmp_path / "history", tmp_path, ())
    privacy = Privacy(units_of(engine), FixedClock(), Terms(backup_days=12), traces)

    assert "after 12 days" in str(privacy.explain())


@pytest.mark.parametrize("setting", ["secure_delete", "foreign_keys"])
def test_what_is_deleted_is_overwritten_and_takes_its_children(engine: Engine, setting: str):
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {setting}").scalar() == 1
