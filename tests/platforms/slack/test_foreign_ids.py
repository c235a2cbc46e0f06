"""No button, form or shortcut of Slack's shows or changes what belongs to another community.

What is tried is compared with what is registered, so that a new listener has to be tried too.
"""

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.commands import Kind
from bot.core.reply import Action
from bot.platforms.front_desk import About
from bot.platforms.slack.app import ANSWER_MESSAGE, ASK_ME, route
from bot.platforms.slack.buttons import (
    BRING,
    PICTURE,
    PREFIX,
    RUN,
    SET_UP,
    SETTINGS,
    action_id,
    encoded,
    plain,
)
from bot.platforms.slack.fields import ZONE, field
from bot.platforms.slack.forms import ANSWER, FIELD, TOPIC, Origin
from bot.platforms.slack.setup_fields import CHANNEL, ROLE
from bot.platforms.slack.telling import FORM
from bot.platforms.slack.words import GRADE_MESSAGE
from tests.core.samples import DRIFT
from tests.platforms.foreign import ENTERED, theirs
from tests.platforms.slack.conftest import Json, Office
from tests.storage.full import ANSWER as THEIR_ANSWER
from tests.storage.full import fill

TEXT = "The relationship between the inputs and the target changes with time."

REGISTERED = {
    ("command", "/coach"),
    ("command", "/ask"),
    ("action", SET_UP),
    ("action", CHANNEL),
    ("action", ROLE),
    ("action", SETTINGS),
    ("action", BRING),
    ("action", PICTURE),
    ("action", f"^{PREFIX}"),
    ("view", ANSWER),
    ("view", TOPIC),
    ("view", SET_UP),
    ("view", SETTINGS),
    ("view", BRING),
    ("view", FORM),
    ("shortcut", ANSWER_MESSAGE),
    ("shortcut", GRADE_MESSAGE),
    ("shortcut", ASK_ME),
    ("event", "message"),
    ("event", "app_mention"),
    ("event", "app_home_opened"),
    ("options", ZONE),
    ("options", FIELD),
}
"""All of them take a person from the delivery itself; those that name anything else are tried."""


class Recorder:
    """What `route` registers with, noted by kind and key."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()

    def __getattr__(self, kind: str) -> Callable[[Any], Any]:
        def register(key: Any) -> Any:
            known = (
                key.get("callback_id") if isinstance(key, dict) else getattr(key, "pattern", key)
            )
            if kind not in {"use", "error"}:
                self.found.add((kind, known))
            return lambda listener: listener

        return register


def test_every_listener_is_known_here(office: Office) -> None:
    recorder, nothing = Recorder(), SimpleNamespace()
    parts: tuple[Any, ...] = (office.desk, nothing, nothing, nothing, nothing)
    route(recorder, *parts, "/ask")  # type: ignore[arg-type]
    assert recorder.found == REGISTERED


@pytest.fixture
def full(office: Office) -> Office:
    """An office beside a community that is full of rows."""
    fill(office.unit_of_work)
    return office


def orders(office: Office) -> Iterator[str]:
    """Every command with every number, as the button of a message may say it."""
    for command in office.desk.commands.values():
        numbers = [each for each in command.parameters if each.kind is Kind.INTEGER]
        yield command.name
        for parameter in numbers:
            yield f"{command.name} {parameter.name} 1"
            yield f"{command.name} 1"
        yield f"{command.name} answer 1"
        yield f"in:7 {command.name}"


def message_with(office: Office, buttons: list[tuple[str, str]]) -> Json:
    elements = [
        {"type": "button", "text": plain("x"), "action_id": action, "value": value}
        for action, value in buttons
    ]
    return {"blocks": [{"type": "actions", "elements": elements}], "channel": office.channel}


def said(office: Office) -> str:
    everything = [office.slack.responses, list(office.slack.views.values()), office.slack.log]
    return json.dumps(everything, default=str)


def test_no_button_reaches_another_community(full: Office) -> None:
    before, host = theirs(full.unit_of_work), full.slack.user("mallory", admin=True)
    abouts = (About(ask_id=1), About(post_id=1), About(question_id="own-1/label-delay"))
    buttons = [(action_id(action), encoded(each)) for action in Action for each in abouts]
    buttons += [(f"{RUN}0", line) for line in orders(full)]
    for action, value in buttons:
        message = message_with(full, [(action, value)])
        full.slack.click(host, message, action)
    full.settled()
    assert theirs(full.unit_of_work) == before
    assert THEIR_ANSWER not in said(full)
    assert "lorries" not in said(full)


def test_no_form_reaches_another_community(full: Office) -> None:
    before, host = theirs(full.unit_of_work), full.slack.user("mallory", admin=True)
    for target in (About(ask_id=1), About(post_id=1), About(1, 1, "own-1/label-delay")):
        answer = action_id(Action.ANSWER)
        message = message_with(full, [(answer, encoded(About(question_id=DRIFT)))])
        full.slack.click(host, message, answer)
        full.settled()
        form = full.form(host)
        form["private_metadata"] = Origin(target, "7", "theirs").packed()
        full.slack.submit(host, form, **{FIELD: TEXT})
        full.settled()
    assert theirs(full.unit_of_work) == before
    assert THEIR_ANSWER not in said(full)
    assert "lorries" not in said(full)


def test_no_form_of_a_command_reaches_another_community(full: Office) -> None:
    before, host = theirs(full.unit_of_work), full.slack.user("mallory", admin=True)
    filled_in = [name for name, command in full.desk.commands.items() if command.form]
    for line in (f"{name} answer 1" for name in filled_in):
        full.slack.slash(host, full.channel, "/coach", "suggest")
        full.settled()
        form, text = full.form(host), {"type": "plain_text_input"}
        form["blocks"] = [field(name, name, text, about=line) for name in ENTERED]
        full.slack.submit(host, form, **ENTERED)
        full.settled()
        assert theirs(full.unit_of_work) == before, line
    assert THEIR_ANSWER not in said(full)
    assert "lorries" not in said(full)
