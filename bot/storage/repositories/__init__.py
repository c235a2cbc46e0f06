"""The repositories of `bot.core.ports` over one SQLAlchemy session; they never commit.

One module for each group of ports. Each says in its `MERGES` what becomes of its rows when two
accounts are linked.
"""

from bot.storage.repositories import (
    accounts,
    admissions,
    appeals,
    attempts,
    audit,
    cards,
    champions,
    communities,
    contributions,
    daily,
    exclusions,
    flags,
    held_texts,
    interviews,
    leaderboard,
    notices,
    own_views,
    rating,
    records,
    reminders,
    streaks,
    study_plans,
)
from bot.storage.repositories.accepted_wordings import SqlAcceptedWordings, SqlRegrades
from bot.storage.repositories.accounts import SqlLearners, SqlLinkCodes
from bot.storage.repositories.admissions import SqlAdmissions
from bot.storage.repositories.appeals import SqlAppeals
from bot.storage.repositories.attempts import SqlAsks, SqlAttempts
from bot.storage.repositories.audit import SqlAudit
from bot.storage.repositories.boards import SqlBoards
from bot.storage.repositories.cards import SqlCards
from bot.storage.repositories.champions import SqlChampions
from bot.storage.repositories.cohorts import SqlCohorts
from bot.storage.repositories.communities import SqlChannels, SqlCommunities, SqlMemberships
from bot.storage.repositories.contributions import SqlContributions, SqlOwnQuestionSource
from bot.storage.repositories.daily import SqlPlans, SqlPosts
from bot.storage.repositories.decided_appeals import SqlDecidedAppeals
from bot.storage.repositories.deletions import SqlDeletions
from bot.storage.repositories.exclusions import SqlExclusions
from bot.storage.repositories.flags import SqlFlags
from bot.storage.repositories.held_texts import SqlHeldTexts
from bot.storage.repositories.history import SqlHistory
from bot.storage.repositories.interviews import SqlInterviews
from bot.storage.repositories.leaderboard import SqlPoints
from bot.storage.repositories.notices import SqlNotices
from bot.storage.repositories.own_views import SqlOwnViews
from bot.storage.repositories.platforms import SqlHandledEvents, SqlInstallations, SqlPrograms
from bot.storage.repositories.rating import SqlElos
from bot.storage.repositories.records import SqlDeletionCodes, SqlRecords
from bot.storage.repositories.reminders import SqlReminders
from bot.storage.repositories.streaks import (
    SqlActivityDays,
    SqlHeartbeats,
    SqlOutages,
    SqlZoneMoves,
)
from bot.storage.repositories.study_plans import SqlStudyPlans
from bot.storage.repositories.upkeep import SqlUpkeep

MERGES = (
    *admissions.MERGES,
    *audit.MERGES,
    *appeals.MERGES,
    *champions.MERGES,
    *communities.MERGES,
    *flags.MERGES,
    *contributions.MERGES,
    *daily.MERGES,
    *exclusions.MERGES,
    *held_texts.MERGES,
    *own_views.MERGES,
    *interviews.MERGES,
    *cards.MERGES,
    *notices.MERGES,
    *accounts.MERGES,
    *leaderboard.MERGES,
    *attempts.MERGES,
    *rating.MERGES,
    *records.MERGES,
    *reminders.MERGES,
    *streaks.MERGES,
    *study_plans.MERGES,
)

__all__ = [
    "MERGES",
    "SqlAcceptedWordings",
    "SqlActivityDays",
    "SqlAdmissions",
    "SqlAppeals",
    "SqlAsks",
    "SqlAttempts",
    "SqlAudit",
    "SqlBoards",
    "SqlCards",
    "SqlChampions",
    "SqlChannels",
    "SqlCohorts",
    "SqlCommunities",
    "SqlContributions",
    "SqlDecidedAppeals",
    "SqlDeletionCodes",
    "SqlDeletions",
    "SqlElos",
    "SqlExclusions",
    "SqlFlags",
    "SqlHandledEvents",
    "SqlHeartbeats",
    "SqlHeldTexts",
    "SqlHistory",
    "SqlInstallations",
    "SqlInterviews",
    "SqlLearners",
    "SqlLinkCodes",
    "SqlMemberships",
    "SqlNotices",
    "SqlOutages",
    "SqlOwnQuestionSource",
    "SqlOwnViews",
    "SqlPlans",
    "SqlPoints",
    "SqlPosts",
    "SqlPrograms",
    "SqlRecords",
    "SqlRegrades",
    "SqlReminders",
    "SqlStudyPlans",
    "SqlUpkeep",
    "SqlZoneMoves",
]
