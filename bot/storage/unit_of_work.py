"""One transaction over all repositories."""

from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session, sessionmaker
from typing_extensions import override

from bot.core.unit_of_work import UnitOfWork
from bot.storage import repositories
from bot.storage.reading import READING


class SqlUnitOfWork(UnitOfWork):
    """A transaction in an SQL database; leaving it without `commit()` undoes it.

    Make one for each use: it belongs to one thread, and it is not entered inside another one,
    because the inner would wait for the outer to end.
    """

    def __init__(self, sessions: sessionmaker[Session], *, reading: bool = False) -> None:
        self._sessions = sessions
        self._reading = reading

    @override
    def __enter__(self) -> Self:
        self._session = self._sessions()
        if self._reading:
            self._session.connection(execution_options={READING: True})
        self.admissions = repositories.SqlAdmissions(self._session)
        self.accepted = repositories.SqlAcceptedWordings(self._session)
        self.appeals = repositories.SqlAppeals(self._session)
        self.activity_days = repositories.SqlActivityDays(self._session)
        self.asks = repositories.SqlAsks(self._session)
        self.attempts = repositories.SqlAttempts(self._session)
        self.audit = repositories.SqlAudit(self._session)
        self.boards = repositories.SqlBoards(self._session)
        self.cards = repositories.SqlCards(self._session)
        self.champions = repositories.SqlChampions(self._session)
        self.channels = repositories.SqlChannels(self._session)
        self.communities = repositories.SqlCommunities(self._session)
        self.contributions = repositories.SqlContributions(self._session)
        self.deletion_codes = repositories.SqlDeletionCodes(self._session)
        self.deletions = repositories.SqlDeletions(self._session)
        self.elos = repositories.SqlElos(self._session)
        self.handled = repositories.SqlHandledEvents(self._session)
        self.flags = repositories.SqlFlags(self._session)
        self.heartbeats = repositories.SqlHeartbeats(self._session)
        self.held = repositories.SqlHeldTexts(self._session)
        self.own_views = repositories.SqlOwnViews(self._session)
        self.exclusions = repositories.SqlExclusions(self._session)
        self.history = repositories.SqlHistory(self._session)
        self.installations = repositories.SqlInstallations(self._session)
        self.interviews = repositories.SqlInterviews(self._session)
        self.learners = repositories.SqlLearners(self._session, repositories.MERGES)
        self.link_codes = repositories.SqlLinkCodes(self._session)
        self.memberships = repositories.SqlMemberships(self._session)
        self.outages = repositories.SqlOutages(self._session)
        self.plans = repositories.SqlPlans(self._session)
        self.points = repositories.SqlPoints(self._session)
        self.programs = repositories.SqlPrograms(self._session)
        self.posts = repositories.SqlPosts(self._session)
        self.notices = repositories.SqlNotices(self._session)
        self.reminders = repositories.SqlReminders(self._session)
        self.records = repositories.SqlRecords(self._session)
        self.regrades = repositories.SqlRegrades(self._session)
        self.study_plans = repositories.SqlStudyPlans(self._session)
        self.upkeep = repositories.SqlUpkeep(self._session)
        self.zone_moves = repositories.SqlZoneMoves(self._session)
        return self

    @override
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    @override
    def commit(self) -> None:
        self._session.commit()

    @override
    def reading(self) -> "SqlUnitOfWork":
        return SqlUnitOfWork(self._sessions, reading=True)
