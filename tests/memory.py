"""A database in memory for tests of asking and answering; what it lacks is tested on a real one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from bot.core.accounts.model import Learner, PlatformUser
from bot.core.communities.model import Channel, Community, Membership, Role
from bot.core.interviews.model import Interview
from bot.core.plans.model import StudyPlan
from bot.core.ports import HandledEvent, HandledState
from bot.core.practice.model import Ask, AskedAt, AskState, Attempt, HeldText, counts
from bot.core.practice.ratings import Elo
from bot.core.progress.model import AnswerLine
from bot.core.reviews.model import Card
from grading.grade import Grade
from tests.builders import lines_of


@dataclass
class InMemoryDatabase:
    """What is committed: frozen values by id, oldest first."""

    learners: dict[int, Learner] = field(default_factory=dict)
    accounts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    asks: dict[int, Ask] = field(default_factory=dict)
    attempts: dict[int, Attempt] = field(default_factory=dict)
    held: dict[int, HeldText] = field(default_factory=dict)
    interviews: dict[int, Interview] = field(default_factory=dict)
    handled: dict[str, HandledEvent] = field(default_factory=dict)
    cards: dict[tuple[int, str], Card] = field(default_factory=dict)
    study_plans: dict[int, StudyPlan] = field(default_factory=dict)
    skills: dict[tuple[int, str], Elo] = field(default_factory=dict)
    difficulties: dict[str, Elo] = field(default_factory=dict)
    communities: dict[int, Community] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    memberships: dict[tuple[int, int], Membership] = field(default_factory=dict)

    def copy(self) -> "InMemoryDatabase":
        return InMemoryDatabase(**{name: dict(rows) for name, rows in vars(self).items()})

    def unit_of_work(self) -> "InMemoryUnitOfWork":
        return InMemoryUnitOfWork(self)


class InMemoryUnitOfWork:
    """A transaction over an InMemoryDatabase; leaving it without `commit()` undoes it."""

    def __init__(self, database: InMemoryDatabase) -> None:
        self._database = database

    def __enter__(self) -> Self:
        self._work = self._database.copy()
        self.learners = InMemoryLearners(self._work)
        self.asks = InMemoryAsks(self._work)
        self.attempts = InMemoryAttempts(self._work)
        self.history = InMemoryHistory(self._work)
        self.held = InMemoryHeldTexts(self._work)
        self.interviews = InMemoryInterviews(self._work)
        self.handled = InMemoryHandledEvents(self._work)
        self.cards = InMemoryCards(self._work)
        self.study_plans = InMemoryStudyPlans(self._work)
        self.elos = InMemoryElos(self._work)
        self.communities = InMemoryCommunities(self._work)
        self.channels = InMemoryChannels(self._work)
        self.memberships = InMemoryMemberships(self._work)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del self._work

    def commit(self) -> None:
        vars(self._database).update(vars(self._work.copy()))


class InMemoryLearners:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def get(self, learner_id: int) -> Learner | None:
        return self._rows.learners.get(learner_id)

    def find(self, user: PlatformUser) -> Learner | None:
        learner_id = self._rows.accounts.get((user.platform, user.team, user.external_id))
        return None if learner_id is None else self._rows.learners[learner_id]

    def register(self, user: PlatformUser, at: datetime) -> Learner:
        learner = self.find(user)
        if learner is None:
            learner = Learner(len(self._rows.learners) + 1, user.display_name, at)
            account = (user.platform, user.team, user.external_id)
            self._rows.accounts[account] = learner.id
        elif user.display_name:
            learner = replace(learner, display_name=user.display_name)
        self._rows.learners[learner.id] = learner
        return learner


class InMemoryAsks:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def add(self, learner_id: int, question_id: str, at: datetime, **more: Any) -> Ask:
        ask = Ask(len(self._rows.asks) + 1, learner_id, question_id, at, **more)
        self._rows.asks[ask.id] = ask
        return ask

    def get(self, ask_id: int) -> Ask | None:
        return self._rows.asks.get(ask_id)

    def latest(self, learner_id: int) -> Ask | None:
        theirs = [ask for ask in self._rows.asks.values() if ask.learner_id == learner_id]
        return theirs[-1] if theirs else None

    def asked(self, learner_id: int) -> tuple[AskedAt, ...]:
        theirs = [ask for ask in self._rows.asks.values() if ask.learner_id == learner_id]
        return tuple(AskedAt(ask.question_id, ask.asked_at) for ask in theirs)

    def update(self, ask_id: int, state: AskState, hints: int) -> None:
        self._rows.asks[ask_id] = replace(self._rows.asks[ask_id], state=state, hints=hints)


class InMemoryAttempts:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def add(self, ask: Ask, answer: str, at: datetime) -> Attempt:
        assisted = ask.state is AskState.REVEALED
        answered = self.answered(ask.learner_id)
        attempt = Attempt(
            id=len(self._rows.attempts) + 1,
            ask_id=ask.id,
            learner_id=ask.learner_id,
            question_id=ask.question_id,
            answer=answer,
            submitted_at=at,
            hints_used=ask.hints,
            assisted=assisted,
            first=not assisted and ask.question_id not in answered,
            community_id=ask.community_id,
            channel_id=ask.channel_id,
        )
        self._rows.attempts[attempt.id] = attempt
        return attempt

    def get(self, attempt_id: int) -> Attempt | None:
        return self._rows.attempts.get(attempt_id)

    def record_grade(self, attempt_id: int, grade: Grade, at: datetime) -> Attempt | None:
        attempt = self._rows.attempts[attempt_id]
        if not attempt.is_pending:
            return None
        graded = replace(attempt, grade=grade, graded_at=at, counts=counts(grade))
        self._rows.attempts[attempt_id] = replace(graded, first=graded.first and graded.counts)
        return self._rows.attempts[attempt_id]

    def waiting(self, learner_id: int) -> int:
        return sum(each.learner_id == learner_id for each in self.pending())

    def pending(self) -> tuple[Attempt, ...]:
        return tuple(a for a in self._rows.attempts.values() if a.is_pending)

    def graded(self, ask_id: int) -> int:
        every = self._rows.attempts.values()
        own = [attempt for attempt in every if attempt.ask_id == ask_id and attempt.counts]
        return sum(not attempt.is_pending and not attempt.assisted for attempt in own)

    def of_ask(self, ask_id: int) -> tuple[Attempt, ...]:
        return tuple(a for a in self._rows.attempts.values() if a.ask_id == ask_id)

    def newest_graded(self, learner_id: int) -> Iterator[Attempt]:
        return (a for a in reversed(self.of_learner(learner_id)) if not a.is_pending)

    def last_graded(
        self, learner_id: int, question_id: str, before_id: int | None = None
    ) -> Attempt | None:
        tries = (a for a in self.newest_graded(learner_id) if a.counts)
        theirs = (a for a in tries if a.question_id == question_id)
        return next((a for a in theirs if before_id is None or a.id < before_id), None)

    def answered(self, learner_id: int) -> frozenset[str]:
        return frozenset(a.question_id for a in self.of_learner(learner_id) if a.counts)

    def of_learner(self, learner_id: int) -> tuple[Attempt, ...]:
        return tuple(a for a in self._rows.attempts.values() if a.learner_id == learner_id)


class InMemoryHeldTexts:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def add(self, ask: Ask, text: str, at: datetime) -> HeldText:
        held = HeldText(max(self._rows.held, default=0) + 1, ask.id, ask.learner_id, text, at)
        self._rows.held[held.id] = held
        return held

    def take(self, held_id: int, learner_id: int) -> HeldText | None:
        held = self._rows.held.get(held_id)
        if held is None or held.learner_id != learner_id:
            return None
        return self._rows.held.pop(held_id)


class InMemoryHistory:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._attempts = InMemoryAttempts(rows)

    def lines(self, learner_id: int) -> tuple[AnswerLine, ...]:
        return tuple(lines_of(a for a in self._attempts.of_learner(learner_id) if a.counts))


class InMemoryInterviews:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def update(self, interview: Interview) -> None:
        self._rows.interviews[interview.id] = interview

    def unfinished(self, learner_id: int) -> Interview | None:
        theirs = [each for each in self._rows.interviews.values() if each.learner_id == learner_id]
        return next((each for each in theirs if not each.is_over), None)


class InMemoryHandledEvents:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def get(self, key: str) -> HandledEvent | None:
        return self._rows.handled.get(key)

    def put(self, key: str, state: HandledState, at: datetime, result: str = "") -> None:
        self._rows.handled[key] = HandledEvent(state, at, result)


class InMemoryCards:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def get(self, learner_id: int, question_id: str) -> Card | None:
        return self._rows.cards.get((learner_id, question_id))

    def put(self, learner_id: int, card: Card) -> None:
        self._rows.cards[learner_id, card.question_id] = card

    def of_learner(self, learner_id: int) -> tuple[Card, ...]:
        return tuple(card for key, card in self._rows.cards.items() if key[0] == learner_id)


class InMemoryStudyPlans:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def get(self, learner_id: int) -> StudyPlan | None:
        return self._rows.study_plans.get(learner_id)

    def put(self, plan: StudyPlan) -> None:
        self._rows.study_plans[plan.learner_id] = plan


class InMemoryElos:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def skills(self, learner_id: int) -> dict[str, Elo]:
        mine = self._rows.skills.items()
        return {topic: elo for (learner, topic), elo in mine if learner == learner_id}

    def put_skill(self, learner_id: int, topic: str, elo: Elo) -> None:
        self._rows.skills[learner_id, topic] = elo

    def difficulties(self) -> dict[str, Elo]:
        return dict(self._rows.difficulties)

    def put_difficulty(self, question_id: str, elo: Elo) -> None:
        self._rows.difficulties[question_id] = elo


class InMemoryCommunities:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def register(self, platform: str, external_id: str, name: str, at: datetime) -> Community:
        known = self._rows.communities.values()
        same = [c for c in known if (c.platform, c.external_id) == (platform, external_id)]
        new = Community(len(known) + 1, platform, external_id, name, at)
        community = replace(same[0], name=name or same[0].name, left_at=None) if same else new
        self._rows.communities[community.id] = community
        return community


class InMemoryChannels:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def register(self, community_id: int, external_id: str, name: str, at: datetime) -> Channel:
        known = self._rows.channels.values()
        key = (community_id, external_id)
        same = [c for c in known if (c.community_id, c.external_id) == key]
        new = Channel(len(known) + 1, community_id, external_id, name, at)
        channel = replace(same[0], name=name or same[0].name, left_at=None) if same else new
        self._rows.channels[channel.id] = channel
        return channel


class InMemoryMemberships:
    def __init__(self, rows: InMemoryDatabase) -> None:
        self._rows = rows

    def join(
        self, community_id: int, learner_id: int, display_name: str, role: Role | None, at: datetime
    ) -> Membership:
        key = (community_id, learner_id)
        known = self._rows.memberships.get(key, Membership(*key, display_name, at))
        self._rows.memberships[key] = replace(
            known,
            display_name=display_name or known.display_name,
            role=role or known.role,
            left_at=None,
        )
        return self._rows.memberships[key]
