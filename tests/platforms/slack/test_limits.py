"""Slack wants us to wait, or says nothing: nobody is delayed for others, or left in silence."""

import pytest

from tests.platforms.slack.conftest import Office, eventually, words_of
from tests.platforms.slack.emulator.state import BOT_USER
from tests.platforms.slack.test_faults import ANSWER, open_form, said_in_private
from tests.platforms.slack.test_home import button, home_of

HOUR = 3600

SILENT = [("ratelimited", HOUR), ("error", "internal_error"), ("http", 503), ("drop", None)]
"""Ways in which a call fails and goes on failing while anybody waits for it."""


@pytest.fixture
def host(office: Office) -> str:
    return office.slack.user("grace", admin=True)


def told(office: Office) -> str:
    """What somebody was told last behind a command."""
    return words_of(office.slack.responses[-1]["blocks"])


def test_a_workspace_at_its_limit_delays_nobody_else(office: Office) -> None:
    limited = office.slack.fault("chat.postEphemeral", "ratelimited", 1000, HOUR)
    for _ in range(40):  # more than there are threads of all kinds
        office.slack.say(office.ada, office.channel, f"<@{BOT_USER}> topics")
    eventually(lambda: limited.hits == 40)
    for text in ("topics", "ask concept-drift"):
        office.slack.slash(office.bob, office.channel, "/coach", text)
    eventually(lambda: len(office.slack.responses) == 2)


def test_what_waited_is_shown_when_slack_takes_it_again(office: Office) -> None:
    form = open_form(office)
    office.slack.fault("views.update", "ratelimited", 2, value=0.01)
    office.slack.submit(office.ada, form, field=ANSWER)
    office.settled()
    assert "70 %" in words_of(form["blocks"])
    assert said_in_private(office) == []
    assert office.slack.ephemeral == []


def test_the_parts_of_a_reply_that_were_sent_are_not_sent_again(office: Office) -> None:
    office.slack.fault("chat.postMessage", "ratelimited", value=0.01)
    office.slack.say(office.ada, office.slack.dm(office.ada), "topics")
    office.settled()
    assert len(said_in_private(office)) == 1


@pytest.mark.parametrize(("kind", "value"), SILENT)
@pytest.mark.parametrize("way", ["setup", "questions add", "answer", "settings"])
def test_a_form_that_slack_does_not_open_is_told_of(
    office: Office, host: str, way: str, kind: str, value: object
) -> None:
    office.asked("ask concept-drift", host)
    office.slack.fault("views.open", kind, 10, value)
    if way == "settings":
        office.slack.click(host, office.asked(way, host), "coach:settings")
    else:
        office.slack.slash(host, office.channel, "/coach", way)
    office.settled()
    assert "didn't open the form" in told(office)


def test_what_home_shows_no_form_for_comes_as_a_message(office: Office) -> None:
    view = home_of(office, office.ada)
    office.slack.fault("views.open", "ratelimited", 10, HOUR)
    office.slack.click(office.ada, view, button(view, "My data"))
    office.settled()
    assert "What I store about you" in said_in_private(office)[-1]


@pytest.mark.parametrize("shortcut", ["coach:ask_me", "coach:answer_message"])
def test_a_shortcut_that_opens_nothing_is_told_of(office: Office, shortcut: str) -> None:
    office.slack.fault("views.open", "error", 10, "expired_trigger_id")
    message = None
    if shortcut == "coach:answer_message":
        office.slack.say(office.bob, office.channel, "What is it when data drifts?")
        message = list(office.slack.messages[office.channel].values())[-1]
    office.slack.shortcut(office.ada, shortcut, message)
    office.settled()
    said = told(office) if message else said_in_private(office)[-1]
    assert "gave up on the form" in said


def test_a_click_is_opened_again_while_it_is_fresh(office: Office, host: str) -> None:
    office.slack.fault("views.open", "ratelimited", 1, 0.01)
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    assert office.form(host)["callback_id"] == "coach:set_up"


@pytest.mark.parametrize(("kind", "value"), SILENT)
@pytest.mark.parametrize("way", ["setup", "questions add", "questions", "daily pause"])
def test_an_administrator_of_whom_slack_says_nothing_is_not_told_no(
    office: Office, host: str, way: str, kind: str, value: object
) -> None:
    office.slack.fault("users.info", kind, 10, value)
    office.slack.slash(host, office.channel, "/coach", way)
    office.settled()
    assert "couldn't ask Slack" in told(office)
    assert "for the hosts" not in told(office)
    assert office.slack.calls("views.open") == []

    office.slack.faults.clear()
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    assert office.form(host)["callback_id"] == "coach:set_up"


def test_learners_go_on_while_slack_does_not_say_who_they_are(office: Office) -> None:
    office.slack.fault("users.info", "ratelimited", 100, HOUR)
    office.asked("ask concept-drift")
    office.asked(f"answer {ANSWER}")
    assert "70 %" in told(office)
    assert "couldn't ask Slack" not in told(office)
