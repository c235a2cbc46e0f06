"""The repositories of `bot.core.ports` over one SQLAlchemy session; they never commit.

One module for each group of ports. Each says in its `MERGES` what becomes of its rows when two
accounts are linked.
"""

from bot.storage.repositories import (
    communities,
    contributions,
    daily,
    interviews,
    memory,
    notices,
    people,
    practice,
    rating,
    records,
    streaks,
)
from bot.storage.repositories.cohorts import SqlCohorts
from bot.storage.repositories.communities import SqlChannels, SqlCommunities, SqlMemberships
from bot.storage.repositories.contributions import SqlContributions, SqlOwnQuestionSource
from bot.storage.repositories.daily import SqlPlans, SqlPosts
from bot.storage.repositories.history import SqlHistory
from bot.storage.repositories.interviews import SqlInterviews
from bot.storage.repositories.memory import SqlCards
from bot.storage.repositories.notices import SqlNotices
from bot.storage.repositories.people import SqlLearners, SqlLinkCodes
from bot.storage.repositories.practice import SqlAsks, SqlAttempts
from bot.storage.repositories.rating import SqlElos
from bot.storage.repositories.records import SqlDeletionCodes, SqlRecords
from bot.storage.repositories.streaks import (
    SqlActivityDays,
    SqlHeartbeats,
    SqlOutages,
    SqlZoneMoves,
)
from bot.storage.repositories.upkeep import SqlUpkeep

MERGES = (
    *communities.MERGES,
    *contributions.MERGES,
    *daily.MERGES,
    *interviews.MERGES,
    *memory.MERGES,
    *notices.MERGES,
    *people.MERGES,
    *practice.MERGES,
    *rating.MERGES,
    *records.MERGES,
    *streaks.MERGES,
)

__all__ = [
    "MERGES",
    "SqlActivityDays",
    "SqlAsks",
    "SqlAttempts",
    "SqlCards",
    "SqlChannels",
    "SqlCohorts",
    "SqlCommunities",
    "SqlContributions",
    "SqlDeletionCodes",
    "SqlElos",
    "SqlHeartbeats",
    "SqlHistory",
    "SqlInterviews",
    "SqlLearners",
    "SqlLinkCodes",
    "SqlMemberships",
    "SqlNotices",
    "SqlOutages",
    "SqlOwnQuestionSource",
    "SqlPlans",
    "SqlPosts",
    "SqlRecords",
    "SqlUpkeep",
    "SqlZoneMoves",
]
