"""People at one terminal, with the real grader: one appeals, another accepts, both are told."""

import re
from pathlib import Path

import pytest

from bot.bootstrap.application import Application
from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.platforms.front_desk import FrontDesk
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.person import ROOM, person
from grading.corpus import Corpus
from grading.grader import Grader
from tests.application import an_application
from tests.core.samples import DRIFT
from tests.platforms.terminal.conftest import Screen

SENTENCE = "The pager goes off as soon as things look grim for long enough."
ANSWER = f"The relationship between the inputs and the target changes over time. {SENTENCE}"
POINT = "alert"


class Room:
    """One computer on which several people practise."""

    def __init__(self, home: Path, corpus: Corpus, grader: Grader) -> None:
        self.application = an_application(home, corpus=corpus, grader=grader)

    def sit_down(self, name: str, place: Place = ROOM) -> "Seat":
        return Seat(self.application, person(name), place)


class Seat:
    """Somebody's conversation."""

    def __init__(self, application: Application, user: PlatformUser, place: Place) -> None:
        self.screen = Screen()
        self.conversation = Conversation(
            FrontDesk(application.features),
            user,
            self.screen.show,
            self.screen.warm_up,
            place=place,
            news=application.features.notices.waiting,
        )
        self.conversation.begin()

    def type(self, line: str) -> str:
        self.screen.shown.clear()
        assert self.conversation.handle(line)
        return " ".join(self.screen.text.split())

    def answer(self) -> float:
        self.type(f"/ask {DRIFT}")
        return int(re.findall(r"Score: (\d+) %", self.type(ANSWER))[0]) / 100


@pytest.fixture
def room(tmp_path: Path, corpus: Corpus, grader: Grader) -> Room:
    return Room(tmp_path / "home", corpus, grader)


def number_of(told: str, hint: str) -> int:
    return int(re.findall(rf"(\d)\. missing: {re.escape(hint)}", told)[0])


def test_an_appeal_of_one_is_accepted_by_another_and_both_are_told(room: Room):
    ada, bob, carl = room.sit_down("ada"), room.sit_down("bob"), room.sit_down("carl", Place("far"))
    before = [seat.answer() for seat in (ada, bob, carl)]
    assert len(set(before)) == 1

    hint = room.application.features.bank.get(DRIFT).point(POINT).hint
    number = number_of(ada.type("/appeal"), hint)
    assert SENTENCE in ada.type(f"/appeal {number}")
    assert "is with the hosts" in ada.type(f"/appeal {number} 2")

    listed = bob.type("/appeals")
    assert SENTENCE in listed
    assert "The grader found this point missing." in listed
    assert "Appeal 1 is accepted" in bob.type("/appeals accept 1")

    heard_by_ada, heard_by_bob = ada.type("/help"), bob.type("/help")
    assert "was accepted" in heard_by_ada
    for heard in (heard_by_ada, heard_by_bob):
        raised = int(re.findall(r"now scores (\d+) % instead of \d+ %", heard)[0])
        assert raised / 100 > before[0]
    assert "now scores" not in carl.type("/help")

    assert room.sit_down("dora").answer() > before[0]
    assert carl.answer() == before[0]


def test_what_one_flags_another_sees_to(room: Room):
    ada, bob = room.sit_down("ada"), room.sit_down("bob")
    ada.type(f"/ask {DRIFT}")

    assert "The hosts will see it" in ada.type("/flag unclear Which inputs?")
    assert "Which inputs?" in bob.type("/flags")
    assert "Flag 1 is closed" in bob.type("/flags done 1")
    assert "A host has looked into what you flagged" in ada.type("/help")
    assert "What's the matter with the last question?" in ada.type("/flag")
