"""Nothing that is larger than Slack makes it is looked at: it is told, and leaves no trace."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.core.words.buttons import TOO_LARGE
from bot.platforms.slack import bounds
from bot.platforms.slack.bounds import IDS, TEXT, VALUE
from bot.platforms.slack.buttons import VERSION, decoded
from bot.platforms.slack.orders import as_typed, without_mention
from bot.storage.orm import Base
from tests.platforms.slack.conftest import Json, Office
from tests.platforms.slack.test_faults import direct_message, open_form

LONG = "9" * 3000
"""More than an index of PostgreSQL takes, and any id has."""


def rows(office: Office) -> dict[str, int]:
    """How many rows each table has."""
    with office.unit_of_work() as uow:
        return {
            table.name: uow._session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def refused(office: Office, kind: str, payload: Json, caplog: pytest.LogCaptureFixture) -> Any:
    """Deliver something; see that it leaves no trace but a line; return what Slack is told."""
    before = rows(office)
    caplog.clear()
    delivery = office.slack.run(office.slack.delivered(kind, payload))
    office.settled()
    assert rows(office) == before
    lines = [each.getMessage() for each in caplog.records if each.name == bounds.__name__]
    assert len(lines) == 1
    assert len(lines[0]) < 100
    assert "unexpected error" not in caplog.text
    assert delivery.status == 200
    return delivery.body


def changed(payload: Json, *path: str | int, to: str) -> Json:
    """A copy of a delivery with one thing in it replaced."""
    copied = json.loads(json.dumps(payload))
    inner = copied
    for step in path[:-1]:
        inner = inner[step]
    assert path[-1] in inner or isinstance(inner, dict)
    inner[path[-1]] = to
    return copied


def click_of(office: Office) -> Json:
    message = office.asked()
    (actions,) = [each for each in message["blocks"] if each["type"] == "actions"]
    return {
        "type": "block_actions",
        "team": {"id": office.slack.team},
        "user": {"id": office.ada, "name": "ada", "team_id": office.slack.team},
        "trigger_id": "1.2.abc",
        "channel": {"id": office.channel, "name": "ml"},
        "container": {"type": "message", "channel_id": office.channel},
        "response_url": "https://hooks.slack.com/actions/T/1/x",
        "actions": [actions["elements"][0] | {"block_id": "b"}],
    }


def form_of(office: Office) -> Json:
    form = open_form(office)
    view = {name: each for name, each in form.items() if not name.startswith("_")}
    state = {"values": {"field": {"field": {"type": "plain_text_input", "value": "Why not."}}}}
    return {
        "type": "view_submission",
        "team": {"id": office.slack.team},
        "user": {"id": office.ada, "name": "ada", "team_id": office.slack.team},
        "view": view | {"state": state},
    }


@pytest.mark.parametrize(
    "path",
    [("event_id",), ("team_id",), ("event", "user"), ("event", "channel"), ("event", "thread_ts")],
    ids=".".join,
)
def test_an_event_with_an_oversize_id(office: Office, caplog, path: tuple[str, ...]):
    office.asked()
    event = direct_message(office, "Its inputs change.")
    refused(office, "events_api", changed(event, *path, to=LONG), caplog)


@pytest.mark.parametrize(
    "path",
    [
        ("trigger_id",),
        ("user", "id"),
        ("team", "id"),
        ("channel", "id"),
        ("response_url",),
        ("actions", 0, "action_id"),
        ("actions", 0, "block_id"),
    ],
    ids=lambda path: ".".join(map(str, path)),
)
def test_a_click_with_an_oversize_id(office: Office, caplog, path: tuple[str | int, ...]):
    refused(office, "interactive", changed(click_of(office), *path, to=LONG), caplog)


def test_a_click_with_an_oversize_value(office: Office, caplog):
    value = "9" * (VALUE + 1)
    refused(
        office, "interactive", changed(click_of(office), "actions", 0, "value", to=value), caplog
    )


@pytest.mark.parametrize(
    "path",
    [
        ("view", "id"),
        ("view", "hash"),
        ("view", "callback_id"),
        ("view", "private_metadata"),
        ("view", "state", "values", "field", "field", "value"),
        ("view", "state", "values", LONG),
    ],
    ids=lambda path: ".".join(path)[:60],
)
def test_a_form_with_something_oversize_stays_open_and_says_why(
    office: Office, caplog, path: tuple[str, ...]
):
    told = refused(office, "interactive", changed(form_of(office), *path, to=LONG + "9"), caplog)
    assert told == {"response_action": "errors", "errors": {"field": TOO_LARGE}}


def test_an_oversize_command_is_told_so(office: Office, caplog):
    payload = {
        "command": "/coach",
        "text": "answer " + "<http" * TEXT,
        "team_id": office.slack.team,
        "user_id": office.ada,
        "channel_id": office.channel,
        "trigger_id": "1.2.abc",
    }
    told = refused(office, "slash_commands", payload, caplog)
    assert told["text"] == TOO_LARGE


def test_what_is_nested_without_end_is_refused(office: Office, caplog):
    event = direct_message(office, "Its inputs change.")
    nested: Any = {}
    for _ in range(100):
        nested = {"elements": [nested]}
    event["event"]["blocks"] = [nested]
    refused(office, "events_api", event, caplog)


def test_what_slack_itself_may_send_passes():
    passed = []
    body = {"event_id": "E" * 255, "event": {"text": "a" * TEXT, "attachments": [{"value": LONG}]}}

    assert bounds.within_bounds(body, lambda: passed.append(body)) is None
    assert passed == [body]


def test_every_id_that_is_read_has_a_bound():
    read = {"event_id", "trigger_id", "view_id", "user_id", "team_id", "channel_id", "hash", "id"}
    assert read <= IDS


@pytest.mark.parametrize(
    "read", [as_typed, without_mention], ids=["links and mentions", "the name of the coach"]
)
def test_a_text_takes_work_in_proportion_to_its_length(read: Callable[[str], str]):
    for hostile in ("<http", "<@A|", " ", "<@", "<!a|"):
        assert len(read(f"a{hostile * (TEXT // len(hostile))}a")) >= 2


def test_a_number_that_no_database_has_means_nothing():
    assert decoded(f"{VERSION}|{2**63}||") is None
    assert decoded(f"{VERSION}|{'1' * 1000}||") is None
    assert decoded(f"{VERSION}|{2**63 - 1}||") is not None
