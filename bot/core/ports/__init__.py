"""What the core needs from outside, as protocols: storage, time, grading and search.

A unit of work is one short transaction: enter it, use its repositories, call `commit()`.
Leaving it without a commit rolls back. Repositories return frozen values, never rows.
"""

from bot.core.ports.admissions import Admissions
from bot.core.ports.appeals import AcceptedWordings, Appeals, Regrades
from bot.core.ports.audit import Audit
from bot.core.ports.champions import Champions, RoleKeeper
from bot.core.ports.cohorts import Cohorts
from bot.core.ports.communities import Channels, Communities, Memberships
from bot.core.ports.contributions import Contributions, OwnQuestionSource
from bot.core.ports.daily import OpenPost, Plans, Posts
from bot.core.ports.flags import Flags
from bot.core.ports.handled import HandledEvents
from bot.core.ports.history import AnswerLine, History
from bot.core.ports.installations import Installations
from bot.core.ports.interviews import Interviews
from bot.core.ports.memory import Cards
from bot.core.ports.messenger import Address, Messenger
from bot.core.ports.notices import Notices
from bot.core.ports.people import Learners, LinkCodes
from bot.core.ports.points import Boards, Exclusions, Points
from bot.core.ports.practice import Asks, Attempts
from bot.core.ports.rating import Elos
from bot.core.ports.records import (
    DeletionCodes,
    Files,
    FilesBothWays,
    Records,
    Traces,
    Uploads,
)
from bot.core.ports.reminders import Reminders
from bot.core.ports.streaks import ActivityDays, Heartbeats, Outages, ZoneMoves
from bot.core.ports.surroundings import Clock, Grader, QuestionFinder
from bot.core.ports.unit_of_work import UnitOfWork
from bot.core.ports.upkeep import Leftovers, Upkeep

__all__ = [
    "AcceptedWordings",
    "ActivityDays",
    "Address",
    "Admissions",
    "AnswerLine",
    "Appeals",
    "Asks",
    "Attempts",
    "Audit",
    "Boards",
    "Cards",
    "Champions",
    "Channels",
    "Clock",
    "Cohorts",
    "Communities",
    "Contributions",
    "DeletionCodes",
    "Elos",
    "Exclusions",
    "Files",
    "FilesBothWays",
    "Flags",
    "Grader",
    "HandledEvents",
    "Heartbeats",
    "History",
    "Installations",
    "Interviews",
    "Learners",
    "Leftovers",
    "LinkCodes",
    "Memberships",
    "Messenger",
    "Notices",
    "OpenPost",
    "Outages",
    "OwnQuestionSource",
    "Plans",
    "Points",
    "Posts",
    "QuestionFinder",
    "Records",
    "Regrades",
    "Reminders",
    "RoleKeeper",
    "Traces",
    "UnitOfWork",
    "Upkeep",
    "Uploads",
    "ZoneMoves",
]
