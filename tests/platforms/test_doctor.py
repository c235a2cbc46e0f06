"""`coach doctor` where Discord and Slack are configured, healthy and broken, as it is called."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade
from tests.builders import a_study_channel
from tests.cli.conftest import Coach
from tests.cli.test_doctor import Found, found_by
from tests.databases import units_of
from tests.platforms.discord.aside import aside
from tests.platforms.discord.wire.server import TOKEN, Discord
from tests.platforms.discord.wired import addresses_kept
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import APP_TOKEN, BOT_TOKEN

NOBODY = "http://127.0.0.1:9"


@dataclass
class Installation:
    """A coach that serves a channel on each platform."""

    discord: Discord
    slack: Slack
    guild: str
    on_discord: str
    on_slack: str
    settings: dict[str, str]


@pytest.fixture
def installation(home: Path) -> Iterator[Installation]:
    upgrade(home / "coach.sqlite3", home / "backups")
    engine = make_engine(home / "coach.sqlite3")
    with aside() as discord, Slack() as slack, addresses_kept():
        guild = discord.world.guild()
        discord.world.guilds[guild]["owner_id"] = discord.world.user("Helen")
        on_discord, on_slack = discord.world.channel(guild), slack.channel("study")
        with units_of(engine)() as uow:
            a_study_channel(uow, "discord", guild, on_discord)
            a_study_channel(uow, "slack", slack.team, on_slack)
            uow.commit()
        engine.dispose()
        settings = {
            "COACH_DISCORD__TOKEN": TOKEN,
            "COACH_DISCORD__API_URL": discord.url,
            "COACH_SLACK__BOT_TOKEN": BOT_TOKEN,
            "COACH_SLACK__APP_TOKEN": APP_TOKEN,
            "COACH_SLACK__API_URL": slack.api_url,
        }
        yield Installation(discord, slack, guild, on_discord, on_slack, settings)


def of_platforms(found: Found) -> set[str]:
    return {subject for subject in found if subject.startswith(("Discord", "Slack", "clock"))}


def test_all_is_well(coach: Coach, installation: Installation):
    found = found_by(coach("doctor", "--json", **installation.settings))

    assert {each["mark"] for each in found.values()} == {"ok"}
    assert of_platforms(found) == {
        "Discord token", "clock beside Discord", "Discord gateway", "Discord channels",
        "Slack token", "clock beside Slack", "Slack app token", "Slack channels",
    }  # fmt: skip


def _no_permission(there: Installation) -> None:
    deny = {"id": there.guild, "type": 0, "allow": "0", "deny": str(1 << 14)}
    there.discord.world.channels[there.on_discord]["permission_overwrites"] = [deny]


def _discord_token_reset(there: Installation) -> None:
    there.discord.refuses_token = True


def _discord_away(there: Installation) -> None:
    there.settings["COACH_DISCORD__API_URL"] = f"{NOBODY}/api/v10"


def _not_a_member(there: Installation) -> None:
    there.slack.channels[there.on_slack]["is_member"] = False


def _slack_token_revoked(there: Installation) -> None:
    there.slack.fault("auth.test", "error", times=9, value="token_revoked")


def _slack_away(there: Installation) -> None:
    there.settings["COACH_SLACK__API_URL"] = f"{NOBODY}/api/"


def _half_a_slack(there: Installation) -> None:
    del there.settings["COACH_SLACK__APP_TOKEN"]


def _fewer_scopes(there: Installation) -> None:
    there.slack.scopes = ("chat:write", "commands")


BROKEN: dict[str, tuple[Callable[[Installation], None], str, str, str]] = {
    "no permission": (_no_permission, "Discord #study", "Embed Links", "Grant that"),
    "token reset": (_discord_token_reset, "Discord", "does not know this token", "Reset Token"),
    "Discord away": (_discord_away, "Discord", "could not be reached", "discordstatus.com"),
    "not a member": (_not_a_member, "Slack #study", "not in that channel", "/invite @coach"),
    "token revoked": (_slack_token_revoked, "Slack token", "was removed", "copy its tokens"),
    "Slack away": (_slack_away, "Slack", "could not be reached", "slack-status.com"),
    "half configured": (_half_a_slack, "Slack", "settings are missing", "COACH_SLACK__APP_TOKEN"),
    "fewer scopes": (_fewer_scopes, "Slack token", "lacks app_mentions:read", "slack manifest"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_with_its_remedy_and_the_other_platform_is_well(
    coach: Coach,
    installation: Installation,
    name: str,
):
    breaks, subject, words, remedy = BROKEN[name]
    breaks(installation)

    outcome = coach("doctor", "--json", **installation.settings)

    found = found_by(outcome)
    assert found[subject]["mark"] == "problem"
    assert words in found[subject]["found"]
    assert remedy in found[subject]["remedy"]
    other = "Slack" if subject.startswith("Discord") else "Discord"
    well = {found[key]["mark"] for key in of_platforms(found) if other in key}
    assert well == {"ok"}
    assert TOKEN not in outcome.out + outcome.err
    assert BOT_TOKEN not in outcome.out + outcome.err
    assert APP_TOKEN not in outcome.out + outcome.err
