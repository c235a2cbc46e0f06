"""`coach slack manifest`: the whole command table, and nothing left behind."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from tests.cli.conftest import Coach
from tests.platforms.slack.test_manifest import SPECS


def test_the_manifest_is_printed_without_a_database_or_a_home(coach: Coach, home: Path) -> None:
    printed = coach("slack", "manifest", "--http", "--url", "https://coach.test")
    assert (printed.status, printed.err) == (0, "")
    made = json.loads(printed.out)
    (command,) = made["features"]["slash_commands"]
    assert command["url"] == "https://coach.test/slack/events"
    assert "settings [zone CITY" in command["usage_hint"]
    assert "progress [topic] [picture" in command["usage_hint"]
    assert not home.exists()


def test_a_database_out_of_reach_does_not_matter(coach: Coach) -> None:
    printed = coach("slack", "manifest", COACH_DATABASE="postgresql://nobody@127.0.0.1:9/none")
    assert printed.status == 0, printed.err
    assert json.loads(printed.out)["settings"]["socket_mode_enabled"]


@pytest.mark.skipif(not (SPECS / "slack_manifest.json").exists(), reason="Slack's schema is absent")
@pytest.mark.parametrize("mode", ["--http", "--socket"])
def test_what_is_printed_is_what_slack_takes(coach: Coach, mode: str) -> None:
    check = Draft7Validator(json.loads((SPECS / "slack_manifest.json").read_text()))
    made = json.loads(coach("slack", "manifest", mode).out)
    assert list(check.iter_errors(made)) == []
    assert "files:read" in made["oauth_config"]["scopes"]["bot"]
