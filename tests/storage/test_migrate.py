import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import DatabaseCorrupt, DatabaseLocked, SchemaMismatch, StorageError
from bot.storage.migrate import Upgrade, check, upgrade
from bot.storage.schema import PACKAGED_SCRIPTS, read_history
from tests.storage import workers
from tests.storage.conftest import rows

REPOSITORY = PACKAGED_SCRIPTS.parent
HEAD = read_history().head

BATCH_CHANGE_OF_A_PARENT = """
    with op.batch_alter_table("learners") as learners:
        learners.add_column(sa.Column("motto", sa.Text(), nullable=True))
        learners.alter_column("display_name", new_column_name="name")
"""
CHANGE_THAT_FAILS_HALFWAY = """
    op.add_column("learners", sa.Column("motto", sa.Text(), nullable=True))
    op.execute("DELETE FROM attempts")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
CHANGE_THAT_ORPHANS_ROWS = """
    op.execute("DELETE FROM learners")
"""


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def add_revision(scripts: Path, body: str) -> None:
    (scripts / "versions" / "20991231_later.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\n"
        f'revision = "later"\ndown_revision = "{HEAD}"\n\n\ndef upgrade() -> None:{body}'
    )


def dump(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def test_a_new_database_is_created_without_a_backup(tmp_path: Path, backups: Path) -> None:
    database = tmp_path / "new" / "coach.sqlite3"
    done = upgrade(database, backups)
    assert done == Upgrade(None, HEAD, backup=None)
    assert done.changed
    assert not backups.exists()
    assert check(database).ok


def test_an_empty_file_is_a_new_database(tmp_path: Path, backups: Path) -> None:
    (tmp_path / "coach.sqlite3").touch()
    assert upgrade(f"sqlite:///{tmp_path}/coach.sqlite3", backups).changed


def test_at_head_nothing_happens(database: Path, backups: Path) -> None:
    before = database.read_bytes()
    done = upgrade(database, backups)
    assert (done.changed, done.backup) == (False, None)
    assert database.read_bytes() == before


def test_at_head_alembic_is_not_even_imported(database: Path, backups: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bot.storage.migrate import upgrade;"
        f"upgrade({str(database)!r}, Path({str(backups)!r})); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, check=True)


def test_an_older_database_is_backed_up_then_migrated_with_all_rows(
    with_rows: Path, backups: Path, scripts: Path
) -> None:
    before = dump(with_rows)
    add_revision(scripts, BATCH_CHANGE_OF_A_PARENT)
    done = upgrade(with_rows, backups, scripts=scripts)
    assert (done.from_revision, done.to_revision) == (HEAD, "later")
    assert done.backup is not None
    assert [done.backup] == list(backups.iterdir())
    assert done.backup.name.startswith("coach-")
    assert done.backup.name.endswith(f"Z-{HEAD}.sqlite3")
    assert dump(done.backup) == before
    assert rows(with_rows, "SELECT name, motto FROM learners") == [("Ada", None)]
    assert rows(with_rows, "SELECT count(*) FROM attempts") == [(3,)]
    assert rows(with_rows, "SELECT count(*) FROM identities") == [(1,)]
    assert check(with_rows, scripts=scripts).ok


@pytest.mark.parametrize(
    ("body", "reason"),
    [(CHANGE_THAT_FAILS_HALFWAY, "nowhere"), (CHANGE_THAT_ORPHANS_ROWS, "missing ones")],
)
def test_a_failing_migration_leaves_the_database_as_it_was(
    with_rows: Path, backups: Path, scripts: Path, body: str, reason: str
) -> None:
    before = dump(with_rows)
    add_revision(scripts, body)
    with pytest.raises(StorageError, match=reason):
        upgrade(with_rows, backups, scripts=scripts)
    assert dump(with_rows) == before
    assert check(with_rows).ok
    (backup,) = backups.iterdir()
    assert dump(backup) == before


def test_processes_that_start_at_once_create_one_database(tmp_path: Path, backups: Path) -> None:
    database = tmp_path / "coach.sqlite3"
    processes = [
        workers.start(workers.upgrade_once, database, backups, PACKAGED_SCRIPTS) for _ in range(2)
    ]
    assert workers.exit_codes(processes) == [0, 0]
    assert check(database).ok


def test_processes_that_start_at_once_migrate_once(
    with_rows: Path, backups: Path, scripts: Path
) -> None:
    add_revision(scripts, BATCH_CHANGE_OF_A_PARENT)
    processes = [workers.start(workers.upgrade_once, with_rows, backups, scripts) for _ in range(2)]
    assert workers.exit_codes(processes) == [0, 0]
    assert len(list(backups.iterdir())) == 1
    assert check(with_rows, scripts=scripts).ok


def test_an_upgrade_waits_for_a_writer_only_so_long(
    with_rows: Path, backups: Path, scripts: Path
) -> None:
    add_revision(scripts, BATCH_CHANGE_OF_A_PARENT)
    with closing(sqlite3.connect(with_rows, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked):
            upgrade(with_rows, backups, scripts=scripts, busy_seconds=0.1)
    assert check(with_rows).ok


def test_a_newer_database_is_refused_and_left_alone(
    with_rows: Path, backups: Path, scripts: Path
) -> None:
    add_revision(scripts, BATCH_CHANGE_OF_A_PARENT)
    upgrade(with_rows, backups, scripts=scripts)
    before = with_rows.read_bytes()
    with pytest.raises(SchemaMismatch, match="later"):
        upgrade(with_rows, backups)
    assert with_rows.read_bytes() == before
    assert "later" in " ".join(check(with_rows).problems)


def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, backups: Path
) -> None:
    file = tmp_path / "coach.sqlite3"
    file.write_bytes(b"my shopping list\n" * 400)
    with pytest.raises(DatabaseCorrupt):
        upgrade(file, backups)
    assert file.read_bytes() == b"my shopping list\n" * 400
    assert list(tmp_path.iterdir()) == [file]


def test_the_database_of_another_program_is_refused_and_left_alone(
    tmp_path: Path, backups: Path
) -> None:
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE places (url)")
    before = file.read_bytes()
    with pytest.raises(StorageError, match="another program"):
        upgrade(file, backups)
    assert file.read_bytes() == before
