"""A host adds questions of their own at the terminal, and everybody there is asked them."""

from pathlib import Path

import pytest

from bot.core.communities.model import Place
from bot.platforms.front_desk import FrontDesk
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.person import ROOM
from grading.corpus import Corpus
from grading.grader import Grader
from grading.search import QuestionSearch
from knowledge.loader import load_bank
from knowledge.uploads import template
from tests.application import an_application
from tests.builders import a_user
from tests.grading.test_own_questions import RIGHT, WRONG
from tests.platforms.terminal.conftest import Screen


class Room:
    """The terminal with the real grader and search, over a home folder."""

    def __init__(self, home: Path, corpus: Corpus, grader: Grader, search: QuestionSearch) -> None:
        self.application = an_application(home, corpus=corpus, grader=grader, search=search)

    def sit_down(self, name: str, place: Place | None = ROOM) -> "Seat":
        return Seat(self, name, place)


class Seat:
    """Where somebody types."""

    def __init__(self, room: Room, name: str, place: Place | None) -> None:
        self.screen = Screen()
        self.conversation = Conversation(
            FrontDesk(room.application.features),
            a_user(name, platform="terminal", display_name=name),
            self.screen.show,
            self.screen.warm_up,
            place=place,
        )

    def type(self, line: str) -> str:
        self.screen.shown.clear()
        assert self.conversation.handle(line)
        return self.screen.text


@pytest.fixture
def room(tmp_path: Path, corpus: Corpus, grader: Grader, search: QuestionSearch) -> Room:
    return Room(tmp_path / "home", corpus, grader, search)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "our questions.csv"
    path.write_text(template("csv")[1], encoding="utf-8")
    return path


def test_a_file_is_added_asked_answered_and_retired(room: Room, table: Path) -> None:
    host, member = room.sit_down("Ada"), room.sit_down("Bob")
    assert "no questions of its own yet" in host.type("/questions")

    told = host.type(f"/questions add {table}")
    assert "Added: 2 questions" in told
    assert "label-delay" in host.type("/questions")

    for words in ("label-delay", "labels of a model that come weeks too late"):
        assert "true labels arrive weeks later" in member.type(f"/ask {words}")
    assert "All 3 points are still missing" in member.type("/hint")
    assert "Go on from here: Until the labels" in member.type("/hint")
    assert "What earned credit" not in member.type(WRONG)
    right = member.type(RIGHT)
    assert "What earned credit" in right
    assert "Score: 2" not in right
    assert "label-delay" in member.type("/topics monitoring")
    assert "What a good answer says" in member.type("/reveal")

    assert "won't be asked any more" in host.type("/questions retire label-delay")
    assert "true labels arrive" not in member.type("/ask label-delay")
    assert "(monitoring, retired)" in host.type("/questions")
    assert f"of {len(load_bank()) + 1}" in member.type("/progress")


def test_own_questions_are_asked_nowhere_else(room: Room, table: Path) -> None:
    room.sit_down("Ada").type(f"/questions add {table}")

    for elsewhere in (None, Place("another", "room")):
        guest = room.sit_down("Eve", elsewhere)
        assert "true labels arrive" not in guest.type("/ask label-delay")
        assert "label-delay" not in guest.type("/topics monitoring")


def test_the_same_file_again_replaces_its_questions(room: Room, table: Path) -> None:
    host = room.sit_down("Ada")
    host.type(f"/questions add {table}")
    table.write_text(table.read_text(encoding="utf-8").replace(",3,", ",5,"), encoding="utf-8")

    assert "Replaced: 2 questions" in host.type(f"/questions edit '{table}'")
    assert "difficulty 5 of 5" in host.type("/ask label-delay")


def test_a_near_duplicate_is_shown_first(room: Room, tmp_path: Path) -> None:
    host = room.sit_down("Ada")
    path = tmp_path / "drift.yaml"
    path.write_text(
        "topic: monitoring\nprompt: What is concept drift, and what do you do about it?\n"
        "key_points:\n- The relation of inputs and target changes.\n- Labels show it best.\n"
        "- Retraining on new data is the cure.\n",
        encoding="utf-8",
    )

    told = host.type(f"/questions add {path}")
    assert "concept-drift" in told
    assert "anyway" in told
    assert "no questions of its own" in host.type("/questions")

    assert "Added: 1 question" in host.type(f"/questions add {path} anyway")


def test_every_fault_of_a_file_is_told(room: Room, tmp_path: Path) -> None:
    host = room.sit_down("Ada")
    path = tmp_path / "bad.yaml"
    path.write_text("topic: cooking\nprompt: short\ncolour: red\n", encoding="utf-8")

    told = host.type(f"/questions add {path}")

    assert "Nothing was added" in told
    for word in ("cooking", "prompt", "colour", "3 things"):
        assert word in told
    assert "I could not read" in host.type(f"/questions add {tmp_path}/absent.csv")
    assert "it is no file" in host.type(f"/questions add {tmp_path}")


def test_a_suggestion_becomes_a_question(room: Room) -> None:
    host, member = room.sit_down("Ada"), room.sit_down("Bob")
    text = (
        "deployment: Who may restart the oven of the bakery robot? | The baker on duty may do it. "
        "| Nobody else may touch the oven. | A restart is noted in the book."
    )
    assert "hosts will decide about your question" in member.type(f"/suggest {text}")
    assert "suggested here before" in member.type(f"/suggest {text}")
    assert "bakery" not in member.type("/topics deployment")
    assert "1 suggestion" in host.type("/questions")
    assert "The baker on duty" in host.type("/questions suggestions")

    assert "Accepted" in host.type("/questions accept 1")

    assert "bakery" in member.type("/topics deployment")
    assert "No suggestion" in host.type("/questions suggestions")
    assert "no open suggestion with the number" in host.type("/questions decline 1")
