"""The use cases of what many answers tell: how questions do, and what a group misses."""

from collections.abc import Callable

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Command, Request, always
from bot.core.communities.model import Place, as_host
from bot.core.insights import words
from bot.core.insights.errors import GroupTooSmall
from bot.core.insights.health import Health, health_of
from bot.core.insights.ports import Cohorts
from bot.core.insights.statistics import LEAST_GROUP, Graded, gap_map, question_statistics
from bot.core.questions.banks import Banks
from bot.core.questions.errors import UnknownOwnQuestion
from bot.core.rate_limits.model import Cost
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.own import community_of

MOST_ANSWERS = 5000
"""First answers that figures are made of, the newest ones: a second's work, and more than enough
for a correlation."""


class Insights:
    """Tell hosts how questions do and what their group misses, naming nobody."""

    def __init__(
        self,
        bank: QuestionBank,
        banks: Banks,
        unit_of_work: Callable[[], UnitOfWork],
        cohorts: Callable[[], Cohorts],
    ) -> None:
        """Wire the use cases; `cohorts` is called when the answers of many are first looked at."""
        self._bank = bank
        self._banks = banks
        self._unit_of_work = unit_of_work
        self._cohorts = cohorts

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "gaps",
                "what this group misses most, without names",
                self.gaps,
                hosts=True,
                costs=always(Cost.REPORT),
            ),
        )

    def gaps(self, request: Request) -> Reply:
        """Show what the group covers least, topic by topic.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
            GroupTooSmall: no question was answered by LEAST_GROUP people here.
        """
        found = gap_map(self._known(self._of_community(request.user, as_host(request.place))))
        if not found:
            raise GroupTooSmall(LEAST_GROUP)
        return words.gaps(found, self._bank)

    def statistics(self, user: PlatformUser, place: Place | None, name: str = "") -> Reply:
        """Show how questions do here, the most doubtful first, or one of them in full.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
            GroupTooSmall: nobody answered anything, or this question, in a group of LEAST_GROUP.
            UnknownOwnQuestion: no question has this name here.
        """
        place = as_host(place)
        bank = self._banks.at(user, place).bank
        question = bank.named(name) if name else None
        if name and question is None:
            raise UnknownOwnQuestion(name)
        graded = self._known(self._of_community(user, place))
        found = [h for h in self._health(graded) if h.statistics.answers >= LEAST_GROUP]
        if question is not None:
            found = [h for h in found if h.statistics.question_id == question.id]
        if not found:
            raise GroupTooSmall(LEAST_GROUP)
        if question is not None:
            return words.question_statistics(found[0], question)
        return words.question_health(found, self._bank)

    def everywhere(self) -> tuple[Health, ...]:
        """Return how all questions do, for whoever runs the coach; the most doubtful first."""
        return self._health(self._known(self._cohorts().everywhere(MOST_ANSWERS)))

    def _of_community(self, user: PlatformUser, place: Place) -> tuple[Graded, ...]:
        with self._unit_of_work() as uow:
            community = uow.communities.find(user.platform, place.community)
        if community is None:
            return ()
        graded = self._cohorts().of_community(community.id, MOST_ANSWERS)
        # A review may bring an own question along from elsewhere; its community alone sees it.
        ours = {None, community.id}
        return tuple(each for each in graded if community_of(each.grade.question_id) in ours)

    def _health(self, graded: tuple[Graded, ...]) -> tuple[Health, ...]:
        with self._unit_of_work() as uow:
            elos, flags = uow.elos.difficulties(), uow.flags.by_question()
        return health_of(question_statistics(graded), elos, flags)

    def _known(self, graded: tuple[Graded, ...]) -> tuple[Graded, ...]:
        """Return the answers to questions that are still there."""
        asked = {each.grade.question_id for each in graded}
        known = {question_id for question_id in asked if question_id in self._bank}
        return tuple(each for each in graded if each.grade.question_id in known)
