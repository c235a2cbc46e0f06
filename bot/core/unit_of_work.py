"""One transaction over all repositories; a new repository gets its line here."""

from types import TracebackType
from typing import Protocol, Self

from bot.core.accounts.ports import Learners, LinkCodes
from bot.core.appeals.ports import AcceptedWordings, Appeals, Regrades
from bot.core.champions.ports import Champions
from bot.core.communities.ports import Audit, Channels, Communities, Memberships
from bot.core.daily.ports import Admissions, Plans, Posts
from bot.core.flags.ports import Flags
from bot.core.interviews.ports import Interviews
from bot.core.leaderboard.ports import Boards, Exclusions, Points
from bot.core.notifications.ports import Notices
from bot.core.own_questions.ports import Contributions
from bot.core.plans.ports import StudyPlans
from bot.core.ports import HandledEvents, Installations, Programs
from bot.core.practice.ports import Asks, Attempts, Elos, HeldTexts, OwnViewsKept
from bot.core.privacy.ports import DeletionCodes, Deletions, Records, Upkeep
from bot.core.progress.ports import History
from bot.core.reviews.ports import Cards, Reminders
from bot.core.streaks.ports import ActivityDays, Heartbeats, Outages, TimezoneChanges


class UnitOfWork(Protocol):
    """One transaction over all repositories."""

    admissions: Admissions
    accepted: AcceptedWordings
    appeals: Appeals
    activity_days: ActivityDays
    asks: Asks
    attempts: Attempts
    audit: Audit
    boards: Boards
    cards: Cards
    champions: Champions
    channels: Channels
    communities: Communities
    contributions: Contributions
    deletion_codes: DeletionCodes
    deletions: Deletions
    elos: Elos
    handled: HandledEvents
    flags: Flags
    heartbeats: Heartbeats
    held: HeldTexts
    own_views: OwnViewsKept
    exclusions: Exclusions
    history: History
    installations: Installations
    interviews: Interviews
    learners: Learners
    link_codes: LinkCodes
    memberships: Memberships
    outages: Outages
    plans: Plans
    points: Points
    posts: Posts
    programs: Programs
    notices: Notices
    records: Records
    reminders: Reminders
    regrades: Regrades
    study_plans: StudyPlans
    upkeep: Upkeep
    zone_moves: TimezoneChanges

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything since entering durable."""
        ...

    def reading(self) -> "UnitOfWork":
        """Return one to read in, which waits for no other and sees what was last committed."""
        ...
