"""Run migrations: Alembic executes this file.

The coach hands over its own connection, already in a transaction. On the command line the
database comes from `-x url=…` or from COACH_DATABASE.
"""

import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.storage.engine import make_engine
from bot.storage.orm import Base, Utc
from bot.storage.orm.packed import Packed


def _render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    # A migration must not import the application, so it spells out what these store.
    if kind == "type" and isinstance(item, Packed):
        return "sa.LargeBinary()"
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def _url() -> str:
    given = context.get_x_argument(as_dictionary=True).get("url")
    url = given or os.environ.get("COACH_DATABASE")
    if not isinstance(url, str):
        raise CommandError("No database: give -x url=sqlite:///coach.sqlite3 first")
    return url


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render_item,
        transactional_ddl=True,  # true of SQLite too, because the transaction is explicit
    )
    with context.begin_transaction():
        context.run_migrations()


def _migrate_from_command_line() -> None:
    # A batch change drops the old table: with foreign keys on, its children's rows go with it.
    engine = make_engine(_url(), foreign_keys=False)
    try:
        with engine.begin() as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def _print_sql() -> None:
    context.configure(url=_url(), target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _print_sql()
elif (given_connection := context.config.attributes.get("connection")) is not None:
    _migrate(given_connection)
else:
    _migrate_from_command_line()
