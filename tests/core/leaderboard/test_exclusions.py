"""Hosts take people and answers off the boards, undo it, and every act is noted."""

from dataclasses import replace

import pytest

from bot.core.communities.model import PAGE_SIZE
from bot.core.errors import CoachError, HostsOnly, OnlyInCommunity
from bot.core.leaderboard.errors import NobodyNamed, NoSuchAnswer
from grading.grade import Flag
from knowledge.bank import QuestionBank
from tests.core.leaderboard.fixtures import HERE, HOST, Room
from tests.databases import MakeUnitOfWork


@pytest.fixture
def room(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Room:
    room = Room(bank, unit_of_work)
    room.shows("Ada", "Bob")
    return room


def test_a_person_is_taken_off_and_let_back(room: Room):
    post = room.post()
    room.answer("Ada", post, 0.9)
    room.answer("Bob", post, 0.8)

    assert "Bob no longer appears on the leaderboards" in room.host("exclude", "bob, copies a lot")
    assert room.ranks() == [(1, "Ada", 90)]
    assert "A host took you off the leaderboards here: copies a lot." in room.board("Bob")
    assert "Bob (copies a lot)" in room.host("exclude")

    assert "Bob is on the leaderboards again" in room.host("include", "Bob")
    assert room.ranks() == [(1, "Ada", 90), (2, "Bob", 80)]
    assert "Nobody is excluded" in room.host("exclude")
    assert "was not excluded" in room.host("include", "Bob")


def test_an_answer_is_taken_out_and_ranked_again(room: Room):
    number = room.answer("Ada", room.post(), 0.9).id

    assert f"Answer {number}: 23 Nov 2026, 90 points" in room.host("exclude", "answers Ada")
    room.host("exclude", f"answer {number}, not theirs")
    assert room.ranks() == []
    assert f"Answer {number} of Ada: a host took it out" in room.host("exclude")
    assert "not ranked" in room.host("exclude", "answers of ada")
    assert "90 points" in room.host("include", f"answer #{number}")
    assert room.ranks() == [(1, "Ada", 90)]


def test_a_copy_that_was_none_is_ranked_by_a_host(room: Room):
    number = room.answer("Ada", room.post(), 0.9, flags=(Flag.COPIED_REFERENCE,)).id

    assert "reference answer" in room.host("exclude")
    room.host("include", f"answer {number}")
    assert room.ranks() == [(1, "Ada", 90)]


def test_every_act_is_noted_once_with_who_what_and_why(room: Room):
    number = room.answer("Ada", room.post(), 0.9).id
    assert "Nothing to show yet" in room.host("audit")

    for _ in range(2):
        room.host("exclude", f"answer {number}, not theirs")
    room.host("include", f"answer {number}")
    room.host("exclude", "Bob, copies")
    room.host("include", "Bob")
    room.host("include", "Bob")

    lines = room.host("audit").splitlines()[1:]
    assert lines == [
        "23 Nov 2026 12:00 UTC, Hanna: Bob let back on the leaderboards",
        "23 Nov 2026 12:00 UTC, Hanna: Bob excluded from the leaderboards (copies)",
        f"23 Nov 2026 12:00 UTC, Hanna: answer {number} let back on the leaderboards",
        f"23 Nov 2026 12:00 UTC, Hanna: answer {number} excluded from the leaderboards "
        "(not theirs)",
    ]


def test_the_log_has_pages(room: Room):
    for _ in range(PAGE_SIZE):
        room.host("exclude", "Bob")
        room.host("include", "Bob")

    assert "Page 1 of 2." in room.host("audit")
    assert "Page 2 of 2." in room.host("audit", "page 7")


def test_people_are_named_as_they_are_shown_or_mentioned(room: Room):
    room.arrive("Smith, John")

    assert "Smith, John no longer appears on" in room.host("exclude", "Smith, John")
    assert "Bob no longer appears on" in room.host("exclude", "<@!bob>, copies")
    assert "Bob (copies)" in room.host("exclude")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("Nobody", NobodyNamed("Nobody")),
        ("<@nobody>", NobodyNamed("<@nobody>")),
        ("answers Nobody", NobodyNamed("Nobody")),
        ("answer 77", NoSuchAnswer("77")),
        ("answer 99999999999999", NoSuchAnswer("99999999999999")),
        ("answer", NoSuchAnswer("")),
    ],
)
def test_what_is_not_there_is_told(room: Room, words: str, problem: CoachError):
    with pytest.raises(type(problem)) as caught:
        room.host("exclude", words)

    assert vars(caught.value) == vars(problem)


def test_two_of_one_name_have_to_be_mentioned(room: Room):
    with room.unit_of_work() as uow:
        uow.memberships.join(
            1, uow.learners.register(room.person("x"), room.clock.at).id, "Bob", None, room.clock.at
        )
        uow.commit()

    with pytest.raises(NobodyNamed) as caught:
        room.host("exclude", "Bob")
    assert caught.value.several


def test_an_answer_of_another_community_has_no_number_here(room: Room):
    number = room.answer("Ada", room.post(), 0.9).id

    for act in ("exclude", "include"):
        with pytest.raises(NoSuchAnswer):
            room.host(act, f"answer {number}", replace(HOST, community="other"))
    assert room.ranks() == [(1, "Ada", 90)]


@pytest.mark.parametrize(("act", "words"), [("exclude", "Bob"), ("include", "Bob"), ("audit", "")])
def test_only_hosts_may(room: Room, act: str, words: str):
    with pytest.raises(HostsOnly):
        room.host(act, words, HERE)
    with pytest.raises(OnlyInCommunity):
        room.host(act, words, None)
