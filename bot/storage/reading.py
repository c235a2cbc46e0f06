"""Connections that only read, and so need not be alone in the database."""

from sqlalchemy import Connection

READING = "coach_reading"
"""An engine with this execution option only reads: its transactions wait for nobody."""


def only_reads(connection: Connection) -> bool:
    """Return whether the connection is of an engine that only reads.

    Each of its statements then sees the database as it was last committed.
    """
    return bool(connection.get_execution_options().get(READING))
