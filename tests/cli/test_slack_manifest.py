"""`coach slack manifest`: the whole command table, and nothing left behind."""

import json
from pathlib import Path

from tests.cli.conftest import Coach


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
