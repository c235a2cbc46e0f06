"""The repositories of `bot.core.ports` over one SQLAlchemy session; they never commit.

One module for each group of ports.
"""

from bot.storage.repositories.people import SqlLearners
from bot.storage.repositories.practice import SqlAsks, SqlAttempts

__all__ = ["SqlAsks", "SqlAttempts", "SqlLearners"]
