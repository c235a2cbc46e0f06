"""The tables, as SQLAlchemy sees them; repositories turn rows into the core's values.

One module for each group of tables. All are imported here, because `Base.metadata` knows a table
only when its module was imported. A change of a table needs a migration; `alembic check` and the
tests tell when one is missing.
"""

from bot.storage.orm.appeals import AcceptedParaphraseRow, AppealRow, RegradeRow
from bot.storage.orm.audit import AuditRow
from bot.storage.orm.base import Base, Utc
from bot.storage.orm.champions import ChampionPlanRow, ChampionRow
from bot.storage.orm.communities import ChannelRow, CommunityRow, MembershipRow
from bot.storage.orm.contributions import OwnQuestionRow
from bot.storage.orm.daily import AdmissionRow, DailyPlanRow, DailyPostRow
from bot.storage.orm.deletions import DeletionRow, LedgerKeyRow
from bot.storage.orm.flags import FlagRow
from bot.storage.orm.interviews import InterviewRow
from bot.storage.orm.memory import CardRow
from bot.storage.orm.notices import NoticeRow
from bot.storage.orm.people import IdentityRow, LearnerRow, LinkCodeRow, LinkTryRow
from bot.storage.orm.platforms import HandledEventRow, InstallationRow
from bot.storage.orm.points import ExclusionRow, PointsRow, ScoredRow
from bot.storage.orm.practice import AskRow, AttemptRow, HeldTextRow, OwnViewRow
from bot.storage.orm.rating import LearnerEloRow, QuestionEloRow
from bot.storage.orm.records import DeletionCodeRow
from bot.storage.orm.reminders import ReminderRow
from bot.storage.orm.streaks import ActivityDayRow, HeartbeatRow, OutageRow, ZoneMoveRow
from bot.storage.orm.study_plans import StudyPlanRow

__all__ = [
    "AcceptedParaphraseRow",
    "ActivityDayRow",
    "AdmissionRow",
    "AppealRow",
    "AskRow",
    "AttemptRow",
    "AuditRow",
    "Base",
    "CardRow",
    "ChampionPlanRow",
    "ChampionRow",
    "ChannelRow",
    "CommunityRow",
    "DailyPlanRow",
    "DailyPostRow",
    "DeletionCodeRow",
    "DeletionRow",
    "ExclusionRow",
    "FlagRow",
    "HandledEventRow",
    "HeartbeatRow",
    "HeldTextRow",
    "IdentityRow",
    "InstallationRow",
    "InterviewRow",
    "LearnerEloRow",
    "LearnerRow",
    "LedgerKeyRow",
    "LinkCodeRow",
    "LinkTryRow",
    "MembershipRow",
    "NoticeRow",
    "OutageRow",
    "OwnQuestionRow",
    "OwnViewRow",
    "PointsRow",
    "QuestionEloRow",
    "RegradeRow",
    "ReminderRow",
    "ScoredRow",
    "StudyPlanRow",
    "Utc",
    "ZoneMoveRow",
]
