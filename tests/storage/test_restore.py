"""Copies are put back whole, what they replace is kept, and nobody who was deleted comes back."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.core.errors import DatabaseCorrupt, DatabaseLocked, SchemaMismatch, StorageError
from bot.core.own_questions.model import OwnState
from bot.core.privacy.model import Terms
from bot.core.privacy.service import Privacy
from bot.storage.engine import make_engine
from bot.storage.ledger import Ledger, ensure_key, read_ledger
from bot.storage.local_files import LocalFiles
from bot.storage.migrate import check
from bot.storage.restore import Restored, restore
from bot.storage.scheduled import copy_out
from tests.builders import NOON, a_user
from tests.databases import units_of
from tests.drafts import DRAFT
from tests.fakes import FixedClock
from tests.storage import workers
from tests.storage.full import fill

FIRST_TABLES = "6f1d2a9c40b7"


@dataclass
class House:
    """A database in use, with what lies beside it; each call opens it anew."""

    database: str
    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "deletions"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def arrive(self, name: str) -> None:
        with workers.opened(self.database) as work, work() as uow:
            uow.learners.register(a_user(name), NOON)
            uow.commit()

    def link(self, gone: str, kept: str) -> None:
        with workers.opened(self.database) as work, work() as uow:
            one, other = uow.learners.find(a_user(gone)), uow.learners.find(a_user(kept))
            assert one
            assert other
            uow.learners.merge(one.id, other.id)
            uow.commit()

    def delete(self, name: str) -> None:
        """Let somebody delete everything, as they do by a command."""
        engine = make_engine(self.database)
        noted = Ledger(self.ledger, lambda: engine).write_down
        files = LocalFiles(self.database, self.folder / "history", self.backups, (), noted)
        privacy = Privacy(units_of(engine), FixedClock(), Terms(), files)
        told = str(privacy.request_deletion(a_user(name)))
        privacy.delete(a_user(name), told.split("privacy delete ")[1][:4])
        engine.dispose()

    def people(self) -> set[str]:
        with workers.opened(self.database) as work, work() as uow:
            found = uow._session.execute(text("SELECT external_id FROM identities"))
            return {name for (name,) in found}

    def copy(self, name: str = "copy.sqlite3") -> Path:
        return copy_out(self.database, self.folder / name)

    def restore(self, copy: Path, *, force: bool = True) -> Restored:
        return restore(copy, self.database, self.ledger, self.backups, force=force)

    def lose(self) -> None:
        """Lose the database, but nothing beside it."""
        if self.database.startswith("postgresql"):
            engine = make_engine(self.database)
            with engine.begin() as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
            engine.dispose()
        else:
            Path(self.database).unlink()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    name = "database" if request.param == "sqlite" else "server_database"
    house = House(str(request.getfixturevalue(name)), tmp_path)
    engine = make_engine(house.database)
    ensure_key(engine)
    engine.dispose()
    house.arrive("Ada")
    return house


def test_a_copy_is_put_back_and_what_it_replaces_is_kept(house: House) -> None:
    copy = house.copy()
    house.arrive("Grace")

    done = house.restore(copy)

    assert house.people() == {"Ada"}
    assert check(house.database).ok
    assert done.kept is not None
    assert House(str(done.kept), house.folder).people() == {"Ada", "Grace"}
    assert done.deleted_again == 0


def test_every_table_comes_back(house: House) -> None:
    with workers.opened(house.database) as work:
        fill(work)
    copy = house.copy()
    house.lose()

    assert house.restore(copy, force=False) == Restored(0, None)

    again = house.copy("again.sqlite3")
    assert rows_of(again) == rows_of(copy)


def rows_of(file: Path) -> dict[str, set[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: set(connection.execute(f"SELECT * FROM {name}"))  # noqa: S608
            for (name,) in names
        }


def test_nothing_is_replaced_without_force(house: House) -> None:
    copy = house.copy()
    house.arrive("Grace")

    with pytest.raises(StorageError, match="--force"):
        house.restore(copy, force=False)

    assert house.people() == {"Ada", "Grace"}
    assert not house.backups.exists() or list(house.backups.iterdir()) == []


@pytest.mark.parametrize("lost", [False, True])
def test_whoever_was_deleted_since_stays_deleted(house: House, *, lost: bool) -> None:
    house.arrive("Grace")
    copy = house.copy()
    house.delete("Ada")
    if lost:
        house.lose()

    assert house.restore(copy).deleted_again == 1
    assert house.people() == {"Grace"}

    # and again from the same copy, when all that the database knows came with the first one
    assert house.restore(copy).deleted_again == 1
    assert house.people() == {"Grace"}


def test_all_accounts_that_were_linked_stay_deleted(house: House) -> None:
    house.arrive("Ada-on-Slack")
    copy = house.copy()
    house.link("Ada-on-Slack", "Ada")
    house.delete("Ada")

    assert house.restore(copy).deleted_again == 2
    assert house.people() == set()


def test_whoever_came_back_after_their_deletion_stays(house: House) -> None:
    house.delete("Ada")
    house.arrive("Ada")
    copy = house.copy()

    assert house.restore(copy).deleted_again == 0
    assert house.people() == {"Ada"}


def test_a_deletion_is_noted_beside_the_database_without_a_name(house: House) -> None:
    house.arrive("unmistakable-account")
    house.delete("unmistakable-account")

    (noted,) = read_ledger(house.ledger)
    assert noted.at == NOON
    written = house.ledger.read_text()
    assert "unmistakable" not in written
    assert house.ledger.stat().st_mode & 0o077 == 0


def test_a_line_that_was_cut_short_spoils_no_other(house: House) -> None:
    house.ledger.write_text("2026-11-23T12:00:00+00:00\tabc")
    house.delete("Ada")

    assert len(read_ledger(house.ledger)) == 1


def test_what_was_noted_in_the_tables_alone_is_written_down_with_the_housekeeping(
    house: House,
) -> None:
    house.delete("Ada")
    house.ledger.unlink()
    engine = make_engine(house.database)
    noted = Ledger(house.ledger, lambda: engine).write_down

    LocalFiles(house.database, house.folder / "x", house.backups, (), noted).clear(
        NOON, dry_run=False
    )

    assert len(read_ledger(house.ledger)) == 1
    engine.dispose()


def test_a_suggestion_that_nobody_took_goes_and_a_question_that_was_taken_stays(
    house: House,
) -> None:
    with workers.opened(house.database) as work, work() as uow:
        ada = uow.learners.register(a_user("Ada"), NOON)
        club = uow.communities.register("discord", "guild", "ML club", NOON)
        for state in OwnState:
            draft = DRAFT.model_copy(update={"id": state.value})
            uow.contributions.put(club.id, draft, state, ada.id, NOON)
        uow.commit()

    house.delete("Ada")

    with workers.opened(house.database) as work, work() as uow:
        left = {each.draft.slug for each in uow.contributions.of_community(club.id, *OwnState)}
    assert left == {"active", "retired"}


def test_a_database_that_somebody_has_open_is_not_replaced(house: House) -> None:
    copy = house.copy()
    house.arrive("Grace")
    with workers.opened(house.database) as work:
        with work() as uow:
            uow.learners.find(a_user("Ada"))
        with pytest.raises(DatabaseLocked):
            house.restore(copy)

    assert house.people() == {"Ada", "Grace"}


@pytest.mark.parametrize("content", [None, b"", b"my shopping list\n" * 400])
def test_what_is_no_copy_of_the_coach_is_refused(house: House, content: bytes | None) -> None:
    copy = house.folder / "copy.sqlite3"
    if content is not None:
        copy.write_bytes(content)

    with pytest.raises(StorageError):
        house.restore(copy)

    assert house.people() == {"Ada"}
    assert (copy.read_bytes() if copy.exists() else None) == content


def test_a_damaged_copy_is_refused(house: House) -> None:
    copy = house.copy()
    content = bytearray(copy.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    copy.write_bytes(content)

    with pytest.raises(DatabaseCorrupt):
        house.restore(copy)

    assert house.people() == {"Ada"}


def test_a_copy_of_a_newer_version_is_refused(house: House) -> None:
    copy = house.copy()
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'later'")

    with pytest.raises(SchemaMismatch):
        house.restore(copy)


@pytest.fixture
def old_copy(tmp_path: Path) -> Path:
    """A copy from before deletions were noted, with Ada and Grace in it."""
    from alembic import command

    from tests.storage.test_history import config

    file = tmp_path / "old.sqlite3"
    command.upgrade(config(f"sqlite:///{file}"), FIRST_TABLES)
    with closing(sqlite3.connect(file)) as connection, connection:
        for number, name in enumerate(("Ada", "Grace"), 1):
            moment = "2026-11-23 12:00:00.000000"
            connection.execute("INSERT INTO learners VALUES (?, ?, ?)", (number, name, moment))
            account = (number, number, "discord", "", name)
            connection.execute("INSERT INTO identities VALUES (?, ?, ?, ?, ?)", account)
    return file


def test_an_older_copy_is_brought_up_to_date_and_brings_nobody_back(
    house: House, old_copy: Path
) -> None:
    before = old_copy.read_bytes()
    house.delete("Ada")

    assert house.restore(old_copy).deleted_again == 1

    assert house.people() == {"Grace"}
    assert check(house.database).ok
    assert old_copy.read_bytes() == before


def test_an_older_copy_is_refused_where_nobody_can_tell_who_was_deleted(
    house: House, old_copy: Path
) -> None:
    house.delete("Ada")
    house.lose()

    with pytest.raises(StorageError, match="has the key"):
        house.restore(old_copy)


def test_a_damaged_database_is_replaced_and_kept_as_it_is(database: Path, tmp_path: Path) -> None:
    house = House(str(database), tmp_path)
    house.arrive("Ada")
    copy = house.copy()
    database.write_bytes(b"no database at all" * 400)

    done = house.restore(copy)

    assert house.people() == {"Ada"}
    assert done.kept is not None
    assert done.kept.read_bytes() == b"no database at all" * 400


def test_a_log_that_a_killed_program_left_is_kept_with_what_is_replaced(
    database: Path, tmp_path: Path
) -> None:
    house = House(str(database), tmp_path)
    copy = house.copy()
    assert workers.exit_codes([workers.start(workers.answer_and_die, database)]) == [-9]

    done = house.restore(copy)

    assert done.kept is not None
    with closing(sqlite3.connect(done.kept)) as connection:
        assert connection.execute("SELECT answer FROM attempts").fetchall() == [("saved",)]
    assert house.people() == set()
    assert not database.with_name(f"{database.name}-wal").exists()
