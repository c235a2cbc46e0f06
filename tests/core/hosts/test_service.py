"""What waits for hosts comes to the channel that they chose, once, with what to do about it."""

import threading
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest

from bot.core.appeals.decisions import MOST_SHOWN
from bot.core.communities.model import Place, Role
from bot.core.communities.presence import register_presence
from bot.core.communities.rules import rule_commands
from bot.core.daily.hosts import tell_host_of
from bot.core.deduplication import LEASE
from bot.core.errors import Undeliverable
from bot.core.flags.model import FlagKind
from bot.core.flags.service import Flags
from bot.core.hosts.service import A_PAGE, HostsChannels
from bot.core.notifications.model import DailyPaused
from bot.core.notifications.service import NoticeSender
from bot.core.notifications.words import notice
from bot.core.ports import Address
from bot.core.reply import Reply
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_plan, a_user
from tests.core.appeals.fixtures import ADA, BOB, HOST, SENTENCE, THERE, Court
from tests.core.notifications.test_sending import Letters
from tests.core.samples import DRIFT, text_of, typed
from tests.databases import MakeUnitOfWork

ROOM = "hosts"


class Post(Letters):
    """A platform that takes posts, unless it is shut."""

    def __init__(self) -> None:
        super().__init__()
        self.shut = False
        self.posted: list[tuple[Address, Reply, str]] = []

    def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
        assert not ping_role
        if self.shut:
            raise Undeliverable("I lack a permission there", permanent=True)
        self.posted.append((to, message, marker))
        return str(len(self.posted))


class Club:
    """A community whose hosts have a channel of their own."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.court = Court(bank, unit_of_work)
        self.unit_of_work = unit_of_work
        self.post = Post()
        self.rules = rule_commands(unit_of_work, self.court.clock)
        self.flags = Flags(bank, unit_of_work, self.court.clock)
        self.hosts = HostsChannels(
            bank, self.court.hearings, unit_of_work, self.court.clock, {"discord": self.post}
        )

    def choose(self, where: str) -> None:
        place = THERE.__class__(THERE.community, ROOM, host=True)
        typed(self.rules, f"rules hosts {where}", HOST, place)


@pytest.fixture
def club(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Club:
    return Club(bank, unit_of_work)


def test_an_appeal_comes_to_the_hosts_once_with_buttons_that_decide_it(club: Club):
    number = club.court.appeal(club.court.answer())
    assert club.hosts.deliver() == 0
    club.choose("here")
    assert (club.hosts.deliver(), club.hosts.deliver()) == (1, 0)

    ((to, message, _),) = club.post.posted
    assert to == Address("discord", THERE.community, ROOM)
    assert SENTENCE in text_of(message)
    accept, decline, look = (choice.words for choice in message.choices)
    assert "Open appeals" in club.court.host(look.removeprefix("appeals"))
    assert decline == f"appeals decline {number}"
    assert "is accepted" in club.court.host(accept.removeprefix("appeals "))


def test_a_flag_comes_with_a_button_that_closes_it(club: Club):
    club.choose("here")
    club.court.answer()
    club.flags.flag(ADA, THERE, FlagKind.UNCLEAR, "Which of the two?")
    assert club.hosts.deliver() == 1
    message = club.post.posted[0][1]
    assert "Which of the two?" in text_of(message)
    done = message.choices[0].words
    place = THERE.__class__(THERE.community, ROOM, host=True)
    assert "is closed" in text_of(typed(club.flags.commands(), done, HOST, place))


def test_what_hosts_leave_open_keeps_nothing_new_from_them(club: Club):
    club.choose("here")
    attempt = club.court.answer()
    questions = iter(club.court.bank)
    for half in range(2):  # more of each than are read at a time
        with club.unit_of_work() as uow:
            where, whose = attempt.community_id or 0, attempt.learner_id
            for number in range(MOST_SHOWN):
                point = f"point-{half}-{number}"
                uow.appeals.add(whose, attempt.id, where, DRIFT, point, SENTENCE, NOON)
            for question in islice(questions, A_PAGE):
                uow.flags.put(whose, question.id, FlagKind.UNCLEAR, "", NOON, where)
            uow.commit()
    while club.hosts.deliver():
        pass
    brought = [marker for _, _, marker in club.post.posted]
    assert len(set(brought)) == len(brought) == 2 * (MOST_SHOWN + A_PAGE)

    grace = a_user("grace")
    number = club.court.appeal(club.court.answer(grace), grace)
    assert club.hosts.deliver() == 1
    assert club.post.posted[-1][2] == f"hosts-a{number}"


def test_a_channel_that_refuses_is_tried_again(club: Club):
    club.choose("here")
    club.court.appeal(club.court.answer())
    club.post.shut = True
    assert club.hosts.deliver() == 0
    club.post.shut = False
    club.court.clock.pass_by(LEASE + timedelta(seconds=1))
    assert club.hosts.deliver() == 1


def test_a_host_hears_once_by_another_way_that_their_channel_takes_nothing(club: Club):
    with club.unit_of_work() as uow:
        place = replace(THERE, role=Role.STAFF)
        host = register_presence(uow, HOST, place, NOON).learner.id
        uow.commit()
    club.choose("here")
    club.court.appeal(club.court.answer())

    def heard() -> list[str]:
        with club.unit_of_work() as uow:
            waiting = uow.notices.waiting(host, club.court.clock.now(), 9)
        return [text_of(notice(each.news)) for each in waiting]

    club.post.shut = True
    for _ in range(3):
        club.hosts.deliver()
        club.court.clock.pass_by(LEASE + timedelta(seconds=1))
    (told,) = heard()
    assert "I lack a permission there" in told

    club.post.shut = False
    assert club.hosts.deliver() == 1
    club.court.appeal(club.court.answer(BOB), BOB)
    club.post.shut = True
    club.hosts.deliver()
    assert len(heard()) == 2


def test_nothing_is_posted_where_hosts_chose_no_channel_any_more(club: Club):
    club.choose("here")
    club.choose("off")
    club.court.appeal(club.court.answer())
    assert club.hosts.deliver() == 0


@pytest.mark.parametrize("gone", ["deleted", "left"])
def test_a_failure_is_told_to_another_host_where_the_first_has_gone(club: Club, gone: str):
    other = a_user("another host")
    with club.unit_of_work() as uow:
        place = replace(THERE, role=Role.STAFF)
        first = register_presence(uow, HOST, place, NOON)
        second = register_presence(uow, other, place, NOON).learner.id
        where, host = first.community_id or 0, first.learner.id
        uow.memberships.leave(where, host, NOON)
        plan = a_plan(first.channel_id or 0, host_learner_id=None if gone == "deleted" else host)
        tell_host_of(uow, plan, DailyPaused(channel="drift", reason="I may not post"), NOON)
        uow.commit()
        assert uow.notices.waiting(host, NOON, 9) == ()
        assert len(uow.notices.waiting(second, NOON, 9)) == 1


@pytest.mark.parametrize("shut", [False, True])
def test_a_failure_is_told_in_the_channel_of_hosts_else_to_the_one_who_set_it_up(
    club: Club, shut: bool
):
    club.choose("here")
    club.post.shut = shut
    with club.unit_of_work() as uow:
        community = uow.communities.find("discord", THERE.community)
        host = uow.learners.find(HOST)
        assert community is not None
        assert host is not None
        channel = uow.channels.register(community.id, "7", "drift", NOON)
        plan = a_plan(channel.id, host_learner_id=host.id)
        tell_host_of(uow, plan, DailyPaused(channel="drift", reason="I may not post"), NOON)
        uow.commit()
    assert NoticeSender(club.court.notices, {"discord": club.post}).send() == 1
    assert [to.channel for to, _, _ in club.post.posted] == ([] if shut else [ROOM])
    assert len(club.post.told) == shut


def test_a_community_that_hangs_delays_no_other(bank: QuestionBank, taking_turns: MakeUnitOfWork):
    club, arrived = Club(bank, taking_turns), threading.Event()
    club.choose("here")
    club.court.appeal(club.court.answer())
    elsewhere = Place("another", ROOM, host=True)
    typed(club.rules, "rules hosts here", HOST, elsewhere)
    club.court.answer(place=elsewhere)
    club.flags.flag(ADA, elsewhere, FlagKind.UNCLEAR, "Which of the two?")

    class Hanging(Post):
        def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
            if to.community == THERE.community:
                assert arrived.wait(60)
            sent = super().post(to, message, marker, ping_role)
            arrived.set()
            return sent

    post = Hanging()
    parts = bank, club.court.hearings, taking_turns, club.court.clock
    assert HostsChannels(*parts, {"discord": post}, patience=60).deliver() == 2
    assert [to.community for to, _, _ in post.posted] == ["another", THERE.community]
