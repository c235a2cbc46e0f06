"""News reach people who do not come by, and those who cannot be reached hear them later."""

import threading

import pytest

from bot.core.errors import Undeliverable
from bot.core.notifications.model import FlagHandled
from bot.core.notifications.service import LEASE, MOST_AT_ONCE, PORTION, Notices, NoticeSender, tell
from bot.core.reply import Reply
from tests.builders import NOON, a_user
from tests.core.daily.fixtures import Channels
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA = a_user("42")


class Letters(Channels):
    """A platform that takes private messages, unless it is closed."""

    def __init__(self) -> None:
        super().__init__(lambda: NOON)
        self.told: list[tuple[str, str, str]] = []
        self.closed = False

    def tell(self, community: str, person: str, message: Reply) -> None:
        if self.closed:
            raise Undeliverable("the person takes no private messages from me", permanent=True)
        self.told.append((community, person, text_of(message)))


class Hanging(Letters):
    """A platform that answers for one community only when another has got all of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = threading.Event()

    def tell(self, community: str, person: str, message: Reply) -> None:
        if community == "dead":
            assert self.arrived.wait(60)
        super().tell(community, person, message)
        if [where for where, _, _ in self.told].count("alive") == 2:
            self.arrived.set()


class Office:
    """What sends, over a database in which news wait for Ada."""

    def __init__(self, unit_of_work: MakeUnitOfWork) -> None:
        self.clock = FixedClock()
        self.notices = Notices(unit_of_work, self.clock)
        self.letters = Letters()
        self.sender = NoticeSender(self.notices, {"discord": self.letters})
        with unit_of_work() as uow:
            learner = uow.learners.register(ADA, NOON)
            tell(uow, learner.id, FlagHandled(question="What is drift?"), NOON)
            uow.commit()

    def deliver(self) -> int:
        return self.sender.send()


@pytest.fixture
def office(unit_of_work: MakeUnitOfWork) -> Office:
    return Office(unit_of_work)


def test_news_arrive_once(office: Office):
    assert (office.deliver(), office.deliver()) == (1, 0)

    ((community, person, told),) = office.letters.told
    assert (community, person) == ("", "42")
    assert "What is drift?" in told
    assert office.notices.waiting(ADA) == ()


def test_who_cannot_be_reached_hears_the_news_on_coming_by(office: Office):
    office.letters.closed = True

    assert office.deliver() == 0

    office.clock.pass_by(LEASE)
    assert len(office.notices.waiting(ADA)) == 1
    assert office.deliver() == 0


def test_news_of_a_community_are_left_to_the_program_that_serves_it(every_unit_of_work):
    here, there = Letters(), Letters()
    here.elsewhere, there.elsewhere = frozenset({"theirs"}), frozenset({"ours"})
    notices = Notices(every_unit_of_work, FixedClock())
    with every_unit_of_work() as uow:
        learner = uow.learners.register(ADA, NOON)
        for name in ("ours", "theirs"):
            community = uow.communities.register("discord", name, name, NOON)
            tell(uow, learner.id, FlagHandled(question=name), NOON, community.id)
        tell(uow, learner.id, FlagHandled(question="anybody's"), NOON)
        uow.commit()

    sent = [NoticeSender(notices, {"discord": each}).send() for each in (here, there)]

    assert sent == [2, 1]
    assert [where for where, _, _ in here.told] == ["ours", ""]
    assert [where for where, _, _ in there.told] == ["theirs"]


def test_a_community_that_hangs_delays_no_other(taking_turns: MakeUnitOfWork):
    letters = Hanging()
    sender = NoticeSender(Notices(taking_turns, FixedClock()), {"discord": letters}, patience=60)
    with taking_turns() as uow:
        learner = uow.learners.register(ADA, NOON).id
        for name in ["dead"] * 30 + ["alive"] * 2:
            here = uow.communities.register("discord", name, "", NOON).id
            tell(uow, learner, FlagHandled(question="What is drift?"), NOON, here)
        uow.commit()

    assert sender.send() == 32
    assert [where for where, _, _ in letters.told[:2]] == ["alive", "alive"]


class Silent(Letters):
    """A platform that does not answer for one community, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def tell(self, community: str, person: str, message: Reply) -> None:
        if community == "dead":
            self.asked += 1
            raise Undeliverable("Discord answered 503 (0)")
        super().tell(community, person, message)


def test_all_that_waits_is_sent_at_once_but_to_a_community_that_does_not_answer(
    taking_turns: MakeUnitOfWork,
):
    """As after an outage in a rush: hundreds of late grades in the only community there is."""
    letters = Silent()
    sender = NoticeSender(Notices(taking_turns, FixedClock()), {"discord": letters})
    many = PORTION.most + MOST_AT_ONCE + 1
    with taking_turns() as uow:
        learner = uow.learners.register(ADA, NOON).id
        for name, times in (("dead", 3 * MOST_AT_ONCE), ("alive", many)):
            here = uow.communities.register("discord", name, "", NOON).id
            for _ in range(times):
                tell(uow, learner, FlagHandled(question="What is drift?"), NOON, here)
        uow.commit()

    assert sender.send() == many
    assert letters.asked == MOST_AT_ONCE
    assert sender.send() == 0
    assert letters.asked == 2 * MOST_AT_ONCE


def test_who_takes_no_messages_keeps_them_from_nobody(taking_turns: MakeUnitOfWork):
    letters = Letters()
    letters.closed = True
    sender = NoticeSender(Notices(taking_turns, FixedClock()), {"discord": letters})
    with taking_turns() as uow:
        here = uow.communities.register("discord", "alive", "", NOON).id
        closed = uow.learners.register(a_user("closed"), NOON).id
        for _ in range(2 * MOST_AT_ONCE):
            tell(uow, closed, FlagHandled(question="What is drift?"), NOON, here)
        uow.commit()

    assert sender.send() == 0
    with taking_turns() as uow:
        assert uow.notices.communities_waiting("discord", NOON, NOON.replace(year=2000)) == ()
