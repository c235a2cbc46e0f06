"""What a database is like, looked at without changing anything about it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, func, select, text

from bot.core.checkup import Finding, Standing, StudyChannel, Waiting, fine, problem
from bot.core.daily.plan import Discussion
from bot.core.daily.post import PostState
from bot.core.errors import (
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    SchemaMismatch,
    StorageError,
)
from bot.core.ports import Address
from bot.storage.engine import is_file, make_engine, open_file, place_of, sqlite_file, url_of, utc
from bot.storage.failures import guarded
from bot.storage.orm import AttemptRow, ChannelRow, CommunityRow, DailyPlanRow, DailyPostRow
from bot.storage.reading import READING
from bot.storage.schema import read_history, revision_of, revision_on

SUBJECT = "database"

UPGRADE = "Run coach db upgrade, or start the coach, which does it too."
RESTORE = "Move the file away and put a copy from the backups folder of the home in its place."

FOUND: tuple[tuple[type[StorageError], str, str], ...] = (
    (
        DatabaseLocked,
        "is in use by a program that does not let go",
        "End the other program, or try again in a moment.",
    ),
    (
        DatabaseReadOnly,
        "may not be written",
        "Give the account that runs the coach write permission for it and its folder.",
    ),
    (DatabaseFull, "has no space left", "Free some space on its disk."),
    (DatabaseCorrupt, "is damaged, or no database", RESTORE),
    (
        SchemaMismatch,
        "was written by a newer version of the coach",
        "Install that version, or choose another database or home.",
    ),
)
"""What is told of each failure, and what to do about it."""

CONNECT_SECONDS = 5
"""So long a server may take to answer at all."""


def examine(database: str, busy_seconds: float) -> Iterator[Finding]:
    """Look whether the database can be reached, is of this version, sound, and can be written."""
    place = place_of(url_of(database))
    try:
        if is_file(database):
            yield from _file(database, sqlite_file(database), busy_seconds)
        else:
            yield from _server(database, place, busy_seconds)
    except StorageError as error:
        yield failure(error, place)


def failure(error: StorageError, place: str) -> Finding:
    """Return what a failure of the database means, and what to do about it."""
    for kind, told, remedy in FOUND:
        if isinstance(error, kind):
            return problem(SUBJECT, f"{place} {told}", remedy)
    reason = error.reason or "it cannot be used"
    return problem(SUBJECT, f"{place}: {reason}", "Set COACH_DATABASE to a database that is there.")


def standing_of(database: str, busy_seconds: float, now: datetime) -> Standing | None:
    """Return what the database says of those who are served; None while there is nothing to say.

    That is so where there is none yet, or it is of another version.

    Raises:
        StorageError: it cannot be used.
    """
    history = read_history()
    if is_file(database) and revision_of(sqlite_file(database), history) != history.head:
        return None
    with _reading(database, busy_seconds) as engine, engine.connect() as connection:
        if revision_on(connection, history) != history.head:
            return None
        rows = connection.execute(_CHANNELS)
        channels = tuple(
            StudyChannel(
                Address(row.platform, row.community, row.channel),
                row.name,
                row.discussion == Discussion.ANSWERED,
            )
            for row in rows
        )
        ungraded = _waiting(connection.execute(_UNGRADED).one())
        unsent = _waiting(connection.execute(_UNSENT, {"now": now}).one())
    return Standing(channels, ungraded, unsent)


def _waiting(row: Any) -> Waiting:
    count, oldest = row
    return Waiting(count, None if oldest is None else utc(oldest))


_CHANNELS = (
    select(
        CommunityRow.platform,
        CommunityRow.external_id.label("community"),
        ChannelRow.external_id.label("channel"),
        ChannelRow.name,
        DailyPlanRow.discussion,
    )
    .join(ChannelRow, ChannelRow.id == DailyPlanRow.channel_id)
    .join(CommunityRow, CommunityRow.id == ChannelRow.community_id)
    .where(
        DailyPlanRow.paused.is_(False), ChannelRow.left_at.is_(None), CommunityRow.left_at.is_(None)
    )
    .order_by(ChannelRow.id)
)
_UNGRADED = select(func.count(), func.min(AttemptRow.submitted_at)).where(
    AttemptRow.graded_at.is_(None)
)
_UNSENT = select(func.count(), func.min(DailyPostRow.due_at)).where(
    DailyPostRow.state == PostState.PENDING,
    DailyPostRow.due_at <= bindparam("now", type_=DailyPostRow.due_at.type),
)


def _file(database: str, path: Path, busy_seconds: float) -> Iterator[Finding]:
    with guarded(path):
        there = path.exists()
    if not there:
        yield fine(SUBJECT, f"{path} is made by the first start")
        return
    history = read_history()
    revision = revision_of(path, history, busy_seconds)
    damage = _damage(path, busy_seconds)
    if damage is not None:
        yield problem(SUBJECT, f"{path} is damaged: {damage}", RESTORE)
        return
    with _opened(database, busy_seconds) as engine, engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE doctor (x)")
        connection.rollback()
    size = path.stat().st_size / 1e6
    yield _schema(f"{path} is sound and can be written, {size:.1f} MB", revision, history.head)


def _damage(path: Path, busy_seconds: float) -> str | None:
    """Return the first damage that a quick look finds; `coach db check` looks at everything."""
    with closing(open_file(path, busy_seconds)) as connection, guarded(path):
        connection.execute("PRAGMA query_only=ON")
        (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if finding == "ok":
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            finding = "ok" if broken is None else f"rows of {broken[0]} refer to missing ones"
    return None if finding == "ok" else str(finding)


def _server(database: str, place: str, busy_seconds: float) -> Iterator[Finding]:
    history = read_history()
    with _reading(database, busy_seconds) as engine, engine.connect() as connection:
        revision = revision_on(connection, history)
        locked = connection.scalar(text("SELECT current_setting('transaction_read_only')")) == "on"
        version = connection.scalar(text("SHOW server_version"))
        may = revision is None or connection.scalar(
            text("SELECT has_table_privilege('attempts', 'INSERT')")
        )
    if locked or not may:
        yield failure(DatabaseReadOnly(place), place)
        return
    yield _schema(f"{place} can be written, PostgreSQL {version}", revision, history.head)


def _schema(told: str, revision: str | None, head: str) -> Finding:
    if revision == head:
        return fine(SUBJECT, told)
    if revision is None:
        return fine(SUBJECT, f"{told}; the first start makes its tables")
    return problem(SUBJECT, f"{told}, but of an older version of the coach", UPGRADE)


@contextmanager
def _opened(database: str, busy_seconds: float) -> Iterator[Engine]:
    if not is_file(database):
        url = url_of(database).update_query_dict({"connect_timeout": str(CONNECT_SECONDS)})
        database = url.render_as_string(hide_password=False)
    engine = make_engine(database, busy_seconds)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _reading(database: str, busy_seconds: float) -> Iterator[Engine]:
    with _opened(database, busy_seconds) as engine:
        yield engine.execution_options(**{READING: True})
