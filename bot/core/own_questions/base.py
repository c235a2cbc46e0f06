"""What the use cases of a community's own questions have in common."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.communities.presence import Presence, register_presence
from bot.core.own_questions.duplicates import Alike, alike
from bot.core.own_questions.errors import TooManyOwnQuestions
from bot.core.own_questions.model import MOST_OWN_QUESTIONS, Contribution, OwnState
from bot.core.ports import Clock, QuestionFinder
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.own import QuestionDraft
from knowledge.question import Question

ASKED = (OwnState.ACTIVE, OwnState.RETIRED)
"""What has been asked, and counts against the room for own questions."""


class CommunityQuestions:
    """Reads what a community has, and compares it with what is brought."""

    def __init__(
        self,
        bank: QuestionBank,
        finder_among: Callable[[Sequence[Question]], QuestionFinder],
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        """Wire the use cases.

        Args:
            bank: the shipped questions.
            finder_among: makes a search over the shipped questions and some more.
            unit_of_work: makes a transaction.
            clock: the time.
        """
        self._bank = bank
        self._finder_among = finder_among
        self._unit_of_work = unit_of_work
        self._clock = clock

    def _alike(
        self,
        community_id: int,
        drafts: Sequence[QuestionDraft],
        present: Sequence[Contribution],
    ) -> tuple[Alike, ...]:
        asked = [each.question for each in present if each.state is OwnState.ACTIVE]
        questions = [draft.question(community_id) for draft in drafts]
        return alike(questions, self._bank, asked, self._finder_among)

    def _present(self, user: PlatformUser, place: Place) -> tuple[int, tuple[Contribution, ...]]:
        """Return the community and all that was ever brought there."""
        with self._unit_of_work() as uow:
            _, community_id = self._here(uow, user, place, self._clock.now())
            present = uow.contributions.of_community(community_id, *OwnState)
            uow.commit()
        return community_id, present

    def _of_community(
        self, user: PlatformUser, place: Place, *states: OwnState
    ) -> tuple[Contribution, ...]:
        with self._unit_of_work() as uow:
            community = uow.communities.find(user.platform, place.community)
            return uow.contributions.of_community(community.id, *states) if community else ()

    def _here(
        self, uow: UnitOfWork, user: PlatformUser, place: Place, now: datetime
    ) -> tuple[Presence, int]:
        here = register_presence(uow, user, place, now)
        assert here.community_id is not None  # noqa: S101 a place is in a community
        return here, here.community_id


def check_room(uow: UnitOfWork, community_id: int, more: int) -> None:
    """Let pass what fits.

    Raises:
        TooManyOwnQuestions: the community would have more than MOST_OWN_QUESTIONS.
    """
    if len(uow.contributions.of_community(community_id, *ASKED)) + more > MOST_OWN_QUESTIONS:
        raise TooManyOwnQuestions(MOST_OWN_QUESTIONS)
