"""Three learners at one terminal: points, a tie, consent, and a host who excludes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap.application import Application
from bot.core.communities.presence import register_presence
from bot.core.figures import BoardFigures, BoardRow
from bot.core.practice.model import Purpose
from bot.core.words.figures import leaderboard_figures
from bot.platforms.front_desk import FrontDesk
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.person import ROOM, person
from bot.platforms.terminal.plain import as_text
from grading.grade import Band, Grade, PointStatus
from knowledge.question import Question
from tests.application import an_application
from tests.builders import NOON, a_post
from tests.core.samples import DRIFT, a_grade_of
from tests.platforms.terminal.conftest import Screen

Type = Callable[[str, str], str]


class Examiner:
    """Gives half of the score to everybody but those who know."""

    def grade(self, question: Question, answer: str) -> Grade:
        score = 0.9 if "know" in answer else 0.5
        statuses = {question.key_points[0].id: PointStatus.COVERED}
        return a_grade_of(question, statuses, score=score, band=Band.PARTIAL)


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return an_application(tmp_path / "home", grader=Examiner())


@pytest.fixture
def type_as(application: Application) -> Type:
    """What somebody sees who types a line; each has a conversation of their own."""
    talks: dict[str, tuple[Screen, Any]] = {}

    def type_in(name: str, line: str) -> str:
        if name not in talks:
            screen = Screen()
            talk = Conversation(
                FrontDesk(application.features),
                person(name),
                screen.show,
                screen.warm_up,
                place=ROOM,
            )
            talk.begin()
            talks[name] = (screen, talk)
        screen, talk = talks[name]
        screen.shown.clear()
        assert talk.handle(line)
        return screen.text

    return type_in


@pytest.fixture
def asked(application: Application) -> None:
    """A question was posted in the room, and all three have it before them."""
    with application.features.unit_of_work() as uow:
        everybody = [
            register_presence(uow, person(name), ROOM, NOON) for name in ("Ada", "Bob", "Eve")
        ]
        channel_id = everybody[0].channel_id or 0
        post = a_post(uow, channel_id, question_id=DRIFT)
        for here in everybody:
            uow.asks.add(
                here.learner.id,
                DRIFT,
                NOON,
                purpose=Purpose.DAILY,
                community_id=here.community_id,
                channel_id=channel_id,
                post_id=post.id,
            )
        uow.commit()


@pytest.mark.usefixtures("asked")
def test_three_learners_and_a_tie(type_as: Type, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    told = type_as("Ada", "Something in the world of the model has changed by now.")
    assert "50 points on the leaderboard." in told
    assert "Want to show up on the leaderboard here?" in told
    type_as("Bob", "Something moves in what the model is asked to tell us.")
    type_as("Eve", "I know what changes here, and I will tell you all.")
    assert "Nobody is on this board yet" in type_as("Ada", "/leaderboard")

    type_as("Ada", "/visibility named")
    type_as("Bob", "/visibility anonymous")
    type_as("Eve", "/visibility named")
    told = type_as("Ada", "/leaderboard")
    assert "1 Eve" in told
    assert "=2 Ada (you)" in told
    assert told.count("=2 ") == 2
    assert "Bob" not in told
    assert "You're 2nd of 3 with 50 points." in told
    assert "Improved: your first answer had 50 %." in type_as(
        "Ada", "Now I know what changes here, and I tell you all."
    )
    assert "2nd of 3 with 50 points" in type_as("Ada", "/leaderboard week channel")

    assert "Eve no longer appears on the leaderboards" in type_as(
        "Bob", "/exclude Eve, knows too much"
    )
    assert "1st of 2" in type_as("Ada", "/leaderboard all time")
    assert "Eve excluded from the leaderboards (knows too much)" in type_as("Ada", "/audit")
    type_as("Bob", "/include Eve")
    type_as("Eve", "/visibility hidden")
    assert "Eve" not in type_as("Ada", "/leaderboard")
    assert "You'd be 1st of 3" in type_as("Eve", "/leaderboard")

    assert ".png" in type_as("Ada", "/leaderboard picture")
    (picture,) = tmp_path.glob("*.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/leaderboard year", "'year'"),
        ("/visibility everybody", "'everybody'"),
        ("/exclude Nobody", "'Nobody'"),
        ("/exclude answer 7", "'7'"),
    ],
)
def test_what_does_not_fit_is_a_sentence(type_as: Type, line: str, words: str):
    assert words in type_as("Ada", line)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("page", ["page 0", "page -1", "page 1", "page 99"])
def test_no_page_of_a_board_is_numbered_beyond_its_ends(type_as: Type, page: str):
    type_as("Ada", "Something in the world of the model has changed by now.")
    type_as("Ada", "/visibility named")

    told = type_as("Ada", f"/leaderboard {page}")

    assert "Page 0" not in told
    assert "Page -1" not in told
    assert "Page 99" not in told


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("[red]Ada[/red]", "[red]Ada[/red]"),
        ("_Ada_ *x* `y`", "_Ada_ *x* `y`"),
        ("A\x1b[31mda", "da"),
    ],
)
def test_a_name_on_a_board_is_shown_as_it_is_and_colours_nothing(name: str, seen: str):
    figures = BoardFigures("ML", "week", (BoardRow(1, name, 5),), 1)

    told = as_text(leaderboard_figures(figures))

    assert seen in told
    assert "\x1b" not in told
