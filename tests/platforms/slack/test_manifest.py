import json
import os
from itertools import product
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bot.core.commands import Command, Parameter
from bot.core.reply import Reply
from bot.platforms.slack.manifest import SCOPES, manifest

SPECS = Path(os.environ.get("COACH_SPECS", Path(__file__).parents[4] / "shared" / "specs"))
"""Where the schemas of platforms lie; they are not part of this repository."""

WHAT = Parameter("what", "What", usage="[one | two NUMBER]")
COMMANDS = tuple(
    Command(
        f"name{n}",
        "do something",
        lambda _: Reply(()),
        (Parameter("what", "What", usage="[one | two NUMBER]"),),
    )
    for n in range(60)
)


@pytest.mark.skipif(not (SPECS / "slack_manifest.json").exists(), reason="Slack's schema is absent")
@pytest.mark.parametrize(("socket", "oauth"), list(product((True, False), (True, False))))
def test_the_manifest_is_what_slack_takes(socket: bool, oauth: bool) -> None:
    check = Draft7Validator(json.loads((SPECS / "slack_manifest.json").read_text()))
    for ask_command in (None, "/ask"):
        made = manifest(COMMANDS, "/coach", ask_command, socket=socket, oauth=oauth)
        assert list(check.iter_errors(made)) == []
    made["features"]["bot_user"]["unknown"] = True
    assert list(check.iter_errors(made)) != []


def test_socket_mode_needs_no_address() -> None:
    assert "http" not in json.dumps(manifest(COMMANDS, socket=True))


def test_over_http_all_addresses_are_those_of_the_app() -> None:
    made = manifest(COMMANDS, socket=False, public_url="https://x.test/", oauth=True)
    (command,) = made["features"]["slash_commands"]
    assert command["url"] == "https://x.test/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://x.test/slack/events"
    assert made["settings"]["interactivity"]["message_menu_options_url"] == command["url"]
    assert made["oauth_config"]["redirect_urls"] == ["https://x.test/slack/oauth_redirect"]


def test_the_app_is_described_in_its_own_words_and_learns_who_is_mentioned() -> None:
    made = manifest(COMMANDS, "/coach", "/ask", oauth=True)
    assert 174 <= len(made["display_information"]["long_description"]) <= 4000
    assert all(each["should_escape"] for each in made["features"]["slash_commands"])
    assert made["settings"]["org_deploy_enabled"] is False


def test_the_hint_names_the_commands_of_the_table() -> None:
    (command,) = manifest(COMMANDS[:3])["features"]["slash_commands"]
    assert "name2 [one | two NUMBER]" in command["usage_hint"]
    (long,) = manifest(COMMANDS)["features"]["slash_commands"]
    assert len(long["usage_hint"]) <= 1000


def test_scopes_are_few_and_each_has_its_reason() -> None:
    scopes = manifest(())["oauth_config"]["scopes"]
    assert scopes == {"bot": sorted(SCOPES)}
    assert not {"chat:write.public", "channels:read", "users:read.email"} & set(scopes["bot"])
    assert all(SCOPES.values())
