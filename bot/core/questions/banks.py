"""Which questions are asked where: the shipped ones everywhere, own ones in their community.

`CombinedBank` is a bank like any other: it lists the shipped questions, and besides finds every own
question by its id, so that answers, reviews and reports know what they are about wherever they are
looked at. `Banks` gives the bank of a place, from which questions are chosen there. Own questions
are read when their community's revision has changed, so that several programs over one database
agree.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from cachetools import LRUCache

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.own_questions.model import OwnState
from bot.core.own_questions.ports import OwnQuestionSource
from bot.core.ports import QuestionFinder
from bot.core.questions.search import question_about
from bot.core.rate_limits.model import Cost
from bot.core.rate_limits.service import RateLimits
from grading.search import Found
from knowledge.bank import QuestionBank, names_of
from knowledge.errors import UnknownQuestion
from knowledge.own import OwnQuestion, community_of
from knowledge.question import Question, fold

MOST_COMMUNITIES = 64
"""Communities whose questions are kept in memory, the last used ones: a few hundred kB each."""

FinderAmong = Callable[[Sequence[Question]], QuestionFinder]
"""Makes a search over the shipped questions and some more."""


@dataclass(frozen=True)
class _Own:
    """A community's own questions at a revision: all by their id, and those that are asked."""

    revision: int
    known: dict[str, OwnQuestion]
    asked: tuple[OwnQuestion, ...]


class CombinedBank(QuestionBank):
    """The shipped questions, and every community's own ones by their id."""

    def __init__(
        self,
        shipped: QuestionBank,
        source: Callable[[], OwnQuestionSource],
        most: int = MOST_COMMUNITIES,
    ) -> None:
        """Wire the bank.

        Args:
            shipped: the questions that all communities share.
            source: gives what reads own questions; called when the first is looked for.
            most: communities whose questions are kept in memory.
        """
        super().__init__(shipped.topics, shipped, shipped.tracks)
        self._topics = {topic.id for topic in shipped.topics}
        self._source = source
        self._lock = threading.Lock()
        self._communities: LRUCache[int, _Own] = LRUCache(most)

    def __contains__(self, question_id: object) -> bool:
        return super().__contains__(question_id) or self._own(question_id) is not None

    def asks(self, question_id: str) -> bool:
        """Whether the question may be asked: it is here and was not retired."""
        if super().__contains__(question_id):
            return True
        question = self._own(question_id)
        return question is not None and question in self.own(_community(question_id))

    def get(self, question_id: str) -> Question:
        """Return the question with this id.

        Raises:
            UnknownQuestion: no question has it.
        """
        question = self._own(question_id)
        return super().get(question_id) if question is None else question

    def own(self, community_id: int) -> tuple[OwnQuestion, ...]:
        """Return the own questions that are asked in a community."""
        return self._read(community_id).asked

    def asked_in(self, community_id: int) -> tuple[Question, ...]:
        """Return the questions that are asked in a community: the shipped ones and its own."""
        return tuple(self.of_community(community_id) if self.own(community_id) else self)

    def of_community(self, community_id: int) -> "CommunityBank":
        """Return the bank from which questions are chosen in a community."""
        return CommunityBank(self, self.own(community_id))

    def community_id(self, platform: str, external_id: str) -> int | None:
        """Return the id of the community that a platform names so, None for an unknown one."""
        return self._source().community_id(platform, external_id)

    def _own(self, question_id: object) -> OwnQuestion | None:
        community_id = community_of(question_id)
        if community_id is None:
            return None
        return self._read(community_id).known.get(str(question_id))

    def _read(self, community_id: int) -> _Own:
        source = self._source()
        revision = source.revision(community_id)
        with self._lock:
            kept = self._communities.get(community_id)
            if kept is not None and kept.revision == revision:
                return kept
        own = self._fresh(source, community_id, revision)
        with self._lock:
            self._communities[community_id] = own
        return own

    def _fresh(self, source: OwnQuestionSource, community_id: int, revision: int) -> _Own:
        """Read the questions; a change since the revision was read is only found once more."""
        found = source.questions(community_id) if revision else ()
        # The operator may have taken a topic out of the knowledge base.
        of_topics = [each for each in found if each.draft.topic in self._topics]
        questions = {each.question.id: each.question for each in of_topics}
        active = {each.question.id for each in of_topics if each.state is OwnState.ACTIVE}
        return _Own(revision, questions, tuple(q for q in questions.values() if q.id in active))


class CommunityBank(QuestionBank):
    """The shipped questions and a community's own; every other one is found by its id alone."""

    def __init__(self, every: CombinedBank, own: Sequence[OwnQuestion]) -> None:
        super().__init__(every.topics, (*every, *own), every.tracks)
        self._every = every
        # A shipped question that came later may have the name of an own one; it keeps it.
        self._by_name |= {fold(name): each for each in every for name in names_of(each)}

    def __contains__(self, question_id: object) -> bool:
        return super().__contains__(question_id) or question_id in self._every

    def asks(self, question_id: str) -> bool:
        """Whether the question may be asked: it is here and was not retired."""
        return self._every.asks(question_id)

    def get(self, question_id: str) -> Question:
        """Return the question with this id.

        Raises:
            UnknownQuestion: no question has it.
        """
        try:
            return super().get(question_id)
        except UnknownQuestion:
            return self._every.get(question_id)


class SearchableBank(NamedTuple):
    """The questions that can be asked in a place, and how one is found by words."""

    bank: QuestionBank
    finder: QuestionFinder

    def about(self, words: str) -> Question:
        """Return the question that somebody means.

        Raises:
            UnknownTopic: nothing in the bank is near the words.
            GradingUnavailable: free words need the model, and it cannot be loaded or is busy.
        """
        return question_about(self.bank, self.finder, words)


@dataclass(frozen=True)
class LimitedFinder:
    """A search that somebody may not make any number of times; names are found without it."""

    finder: QuestionFinder
    spend: Callable[[], None]

    def find(self, words: str, top_k: int = 5) -> tuple[Found, ...]:
        """Return the questions nearest to the words.

        Raises:
            TooFast: they, or all of their community, made too many.
        """
        self.spend()
        return self.finder.find(words, top_k)


class Banks:
    """One bank for all places."""

    def __init__(self, bank: QuestionBank, finder: QuestionFinder) -> None:
        self._everywhere = SearchableBank(bank, finder)

    def at(self, _user: PlatformUser, _place: Place | None) -> SearchableBank:
        """Return what can be asked of this person here; in private, the shipped questions."""
        return self._everywhere


class BanksByPlace(Banks):
    """A bank for each community, with its own questions in it."""

    def __init__(
        self,
        bank: CombinedBank,
        finder: QuestionFinder,
        finder_among: FinderAmong,
        limits: RateLimits,
    ) -> None:
        super().__init__(bank, finder)
        self._limits = limits
        self._bank = bank
        self._finder_among = finder_among

    def at(self, user: PlatformUser, place: Place | None) -> SearchableBank:
        """Return what can be asked of this person here; in private, the shipped questions."""
        found = self._at(user, place)
        spend = partial(self._limits.spend, Cost.SEARCH, user, place)
        return found._replace(finder=LimitedFinder(found.finder, spend))

    def _at(self, user: PlatformUser, place: Place | None) -> SearchableBank:
        if place is None:
            return self._everywhere
        community_id = self._bank.community_id(user.platform, place.community)
        own = () if community_id is None else self._bank.own(community_id)
        if not own:
            return self._everywhere
        bank = CommunityBank(self._bank, own)
        return SearchableBank(bank, self._finder_among(own))


def _community(question_id: str) -> int:
    community_id = community_of(question_id)
    if community_id is None:
        raise UnknownQuestion(question_id)
    return community_id
