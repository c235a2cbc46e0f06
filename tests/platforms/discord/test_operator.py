"""What an operator does beside serving: invite the coach, tell Discord its commands."""

import asyncio
import base64
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.bootstrap.settings import load_settings
from bot.platforms.discord.invite import NEEDED, application_of, links_of, missing
from bot.platforms.discord.settings import DiscordSettings
from tests.cli.conftest import REPOSITORY
from tests.platforms.discord.wire.server import TOKEN, Discord


def test_the_link_asks_for_what_is_needed_and_no_more():
    links = links_of(42)
    asked = parse_qs(urlsplit(links.server).query)
    granted = discord.Permissions(int(asked["permissions"][0]))

    assert asked["client_id"] == ["42"]
    assert sum(yes for _, yes in granted) == len(NEEDED)
    assert not granted.administrator
    assert missing(granted) == ()
    assert "permissions" not in parse_qs(urlsplit(links.person).query)


def of_an_application(number: str) -> str:
    """A token as Discord makes them, for an application with this id."""
    first = base64.urlsafe_b64encode(number.encode()).decode().rstrip("=")
    return f"{first}.GabcdE.not-a-real-one-of-anybody"


@pytest.mark.parametrize("number", ["123456789012345678", "1234567890123456789"])
def test_a_token_names_its_application(number: str):
    assert application_of(of_an_application(number)) == int(number)


@pytest.mark.parametrize(
    "token",
    ["", "a-token-of-nobody", "..", "a.b.c", of_an_application("a name"), "\u00fc.b.c", "MTIz.b.c"],
)
def test_an_odd_token_names_none(token: str):
    assert application_of(token) is None


def test_the_invite_needs_no_network(tmp_path: Path):
    token = of_an_application("123456789012345678")

    invite = _coach(tmp_path, "http://127.0.0.1:9/api/v10", "discord", "invite", token=token)

    assert "client_id=123456789012345678" in invite
    assert token not in invite


def test_what_is_missing_is_named_as_discord_names_it():
    assert missing(discord.Permissions.none())[:2] == ("View Channel", "Send Messages")


def test_the_command_line_invites_and_syncs(tmp_path: Path):
    async def whole() -> tuple[str, str, int]:
        served = Discord()
        await served.start()
        try:
            invite = await asyncio.to_thread(_coach, tmp_path, served.url, "discord", "invite")
            sync = await asyncio.to_thread(_coach, tmp_path, served.url, "discord", "sync")
        finally:
            await served.stop()
        return invite, sync, served.synced

    invite, sync, synced = asyncio.run(whole())

    assert "For a server:  https://discord.com/oauth2/authorize?client_id=" in invite
    assert "integration_type=1" in invite
    assert sync.startswith("Discord knows ")
    assert synced == 1


def _coach(home: Path, url: str, *words: str, token: str = TOKEN) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "COACH_HOME": str(home),
        "COACH_DISCORD__TOKEN": token,
        "COACH_DISCORD__API_URL": url,
    }
    done = subprocess.run(
        (sys.executable, "-m", "bot", *words),
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_the_token_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DISCORD__TOKEN", "a-secret-of-mine")

    settings = load_settings()

    assert "a-secret-of-mine" not in repr(settings)
    assert settings.of(DiscordSettings).secret == "a-secret-of-mine"  # noqa: S105 no real one
