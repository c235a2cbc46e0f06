"""The picture of progress in the Home tab: shown when it is ready, and never in its way."""

import pytest

from bot.platforms.slack import picturing
from tests.platforms.slack.checks import faults_of_view
from tests.platforms.slack.conftest import Json, Office
from tests.platforms.slack.test_home import button, home_of


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picturing, "READY_AFTER", (0.01, 0.01))


def pictures(view: Json) -> list[Json]:
    return [block for block in view["blocks"] if block["type"] == "image"]


def draw(office: Office, label: str = "Show the picture here") -> Json:
    view = office.slack.home[office.ada]
    office.slack.click(office.ada, view, button(view, label))
    office.settled()
    return office.slack.home[office.ada]


def test_the_picture_is_shown_and_drawn_anew(office: Office) -> None:
    home_of(office, office.ada)

    first = draw(office)
    (shown,) = pictures(first)
    again = draw(office, "Redraw the picture")

    assert faults_of_view(first) == []
    assert shown["alt_text"]
    (anew,) = pictures(again)
    assert anew["slack_file"] != shown["slack_file"]
    assert shown["slack_file"]["id"] not in office.slack.files
    assert anew["slack_file"]["id"] in office.slack.files
    (still,) = pictures(home_of(office, office.ada))
    assert still["slack_file"] == anew["slack_file"]
    assert pictures(home_of(office, office.bob)) == []


def test_it_is_waited_for_until_slack_has_it_ready(office: Office) -> None:
    home_of(office, office.ada)
    fault = office.slack.fault("views.publish", "error", 2, "invalid_blocks")

    assert len(pictures(draw(office))) == 1
    assert fault.hits == 2


def test_home_does_without_a_picture_that_never_gets_ready_or_is_gone(office: Office) -> None:
    home_of(office, office.ada)
    office.slack.fault("views.publish", "error", 3, "invalid_blocks")
    assert pictures(draw(office)) == []

    (shown,) = pictures(draw(office))
    del office.slack.files[shown["slack_file"]["id"]]
    assert pictures(home_of(office, office.ada)) == []
    assert button(office.slack.home[office.ada], "Show the picture here")
