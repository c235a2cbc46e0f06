"""What `coach doctor` finds of Slack: tokens, scopes, the clock, membership by channel."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Installation

from bot.bootstrap.settings import settings_model
from bot.clock import StoppedClock, SystemClock
from bot.core.checkup import Finding, Mark, StudyChannel
from bot.core.ports import Address
from bot.platforms.registration import Situation
from bot.platforms.slack.checkup import examine
from bot.platforms.slack.installations import Installations
from bot.platforms.slack.manifest import SCOPES
from bot.platforms.slack.sealing import Seal
from bot.platforms.slack.settings import SlackSettings
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import APP_TOKEN, BOT_TOKEN, SECRET

KEY, OTHER_KEY = "a key of thirty-two characters at least", "another key of as many characters"
MANY = {
    "mode": "http",
    "bot_token": None,
    "app_token": None,
    "client_id": "1.2",
    "client_secret": "c",
    "signing_secret": SECRET,
    "key": KEY,
}

Examined = Callable[..., dict[str, Finding]]


@pytest.fixture
def examined(slack: Slack) -> Examined:
    """Look at this Slack, and return what was found by its subject."""

    def run(
        *channels: StudyChannel, clock: Any = None, work: Any = None, **settings: Any
    ) -> dict[str, Finding]:
        chosen = {
            "bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api_url": slack.api_url, **settings
        }  # fmt: skip
        whole = settings_model()(_env_file=None, slack=SlackSettings(**chosen))
        found = list(examine(Situation(whole, clock or SystemClock(), channels, work)))
        assert all(bool(one.remedy) is (one.mark is not Mark.OK) for one in found)
        assert len({one.subject for one in found}) == len(found)
        return {one.subject: one for one in found}

    return run


def study(slack: Slack, name: str, **more: Any) -> StudyChannel:
    channel = slack.channel(name, **more)
    return StudyChannel(Address("slack", slack.team, channel), name, private=False)


def test_nothing_is_found_where_slack_is_not_configured(examined: Examined):
    assert examined(bot_token=None, app_token=None) == {}


def test_all_is_well(examined: Examined, slack: Slack):
    slack.scopes = tuple(SCOPES)

    found = examined(study(slack, "one"), study(slack, "two"))

    assert {one.mark for one in found.values()} == {Mark.OK}
    assert set(found) == {"Slack token", "clock beside Slack", "Slack app token", "Slack channels"}
    assert found["Slack channels"].found.startswith("2 channels with a daily question")
    assert not slack.connections


def test_settings_that_are_missing_are_named(examined: Examined):
    (found,) = examined(app_token=None).values()

    assert found.mark is Mark.PROBLEM
    assert "COACH_SLACK__APP_TOKEN" in found.remedy


@pytest.mark.parametrize(
    ("setting", "subject"), [("bot_token", "Slack token"), ("app_token", "Slack app token")]
)
def test_a_token_that_slack_does_not_take_is_told(
    examined: Examined, slack: Slack, setting: str, subject: str
):
    value = {"bot_token": "xoxb-other", "app_token": "xapp-other"}[setting]
    if setting == "app_token":
        slack.fault("apps.connections.open", "error", value="invalid_auth")

    found = examined(**{setting: value})

    assert found[subject].mark is Mark.PROBLEM
    assert "does not accept the token" in found[subject].found
    assert value not in f"{found}"


def test_scopes_that_are_missing_are_named(examined: Examined, slack: Slack):
    slack.scopes = tuple(SCOPES.keys() - {"files:read", "im:write"})

    found = examined()["Slack token"]

    assert (found.mark, found.found) == (Mark.PROBLEM, "lacks files:read and im:write")
    assert "coach slack manifest" in found.remedy


@pytest.mark.parametrize("may_ask", [True, False])
def test_a_channel_that_the_coach_is_not_in_is_named(
    examined: Examined, slack: Slack, may_ask: bool
):
    """Without the scope to ask about channels, which the app does without, reading one tells."""
    if not may_ask:
        slack.tokens[BOT_TOKEN]["without"] = ("conversations.info",)

    found = examined(study(slack, "in"), study(slack, "out", member=False))

    assert found["Slack #out"].mark is Mark.PROBLEM
    assert "/invite @coach" in found["Slack #out"].remedy
    assert found["Slack channels"].found.startswith("1 channel ")


def test_a_channel_that_is_archived_or_gone_is_told(examined: Examined, slack: Slack):
    old = study(slack, "old")
    slack.channels[old.address.channel]["is_archived"] = True
    gone = StudyChannel(Address("slack", slack.team, "C0GONE"), "gone", private=False)

    found = examined(old, gone)

    assert "archived" in found["Slack #old"].found
    assert "cannot see that channel" in found["Slack #gone"].found


@pytest.mark.parametrize(
    ("kind", "value"), [("drop", None), ("http", 503)], ids=["cut off", "in trouble"]
)
def test_a_slack_that_is_out_of_reach_is_told_once(
    examined: Examined, slack: Slack, kind: str, value: Any
):
    slack.fault("auth.test", kind, times=9, value=value)

    (found,) = examined(study(slack, "one")).values()

    assert (found.subject, found.mark) == ("Slack", Mark.PROBLEM)
    assert "could not be reached" in found.found
    assert BOT_TOKEN not in f"{found}"


def test_a_limit_is_no_problem(examined: Examined, slack: Slack):
    slack.fault("conversations.info", "ratelimited")

    assert examined(study(slack, "one"))["Slack #one"].mark is Mark.WARNING


def test_the_clock_is_compared_with_slacks(examined: Examined):
    ahead = StoppedClock(datetime.now(UTC) + timedelta(minutes=10))

    found = examined(clock=ahead)["clock beside Slack"]

    assert found.mark is Mark.PROBLEM
    assert "ahead of Slack's" in found.found


def test_each_workspace_that_installed_the_app_is_looked_at(
    examined: Examined, slack: Slack, unit_of_work: MakeUnitOfWork
):
    slack.tokens["xoxb-one"] = {"team": "T1"}
    for team, key in (("T1", KEY), ("T2", KEY), ("T3", OTHER_KEY)):
        store = Installations(unit_of_work, FixedClock(), Seal((key,)))
        token = {"T1": "xoxb-one"}.get(team, "xoxb-revoked")
        store.save(Installation(user_id="U1", team_id=team, bot_token=token, bot_id="B1"))
    channels = [
        StudyChannel(Address("slack", team, slack.channel(name)), name, private=False)
        for team, name in (("T1", "one"), ("T3", "three"), ("T4", "four"))
    ]

    found = examined(*channels, work=unit_of_work, **MANY)

    assert found["Slack workspaces"].found == "3 installations of the app"
    assert found["Slack T1"].mark is Mark.OK
    assert found["Slack T2"].mark is Mark.PROBLEM
    assert found["Slack T3"].mark is Mark.WARNING
    assert "COACH_SLACK__KEY" in found["Slack T3"].remedy
    assert found["Slack #four"].found == "the app is not installed in that workspace"
    assert found["Slack channels"].found.startswith("1 channel ")


def test_without_a_database_nobody_knows_the_workspaces(examined: Examined):
    assert examined(**MANY)["Slack workspaces"].found == "not known without a database"
