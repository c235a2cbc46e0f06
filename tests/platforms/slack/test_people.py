"""Who counts as a host: whom Slack says, and whom the operator names."""

import pytest
from pydantic import ValidationError
from slack_sdk import WebClient

from bot.platforms.slack.people import People
from bot.platforms.slack.settings import SlackSettings
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import BOT_TOKEN
from tests.platforms.slack.emulator.state import TEAM


def test_the_operator_names_managers_beside_administrators(slack: Slack) -> None:
    client = WebClient(BOT_TOKEN, base_url=slack.api_url)
    admin, named, other = slack.user("grace", admin=True), slack.user("ada"), slack.user("bob")

    for managers in (f" {named} , U0123", f"{TEAM}/{named}"):
        many = {"client_id": "1.2"} if "/" in managers else {}
        people = People(SlackSettings(managers=managers, **many).manager_ids)
        hosts = [people.person(client, TEAM, user).place.host for user in (admin, named, other)]
        assert hosts == [True, True, False]


def test_a_manager_of_another_workspace_is_none_here(slack: Slack) -> None:
    client, ada = WebClient(BOT_TOKEN, base_url=slack.api_url), slack.user("ada")
    settings = SlackSettings(client_id="1.2", managers=f"T00000000T2/{ada}")

    assert not People(settings.manager_ids).person(client, TEAM, ada).place.host


@pytest.mark.parametrize(
    ("managers", "client_id"), [("ada", None), ("@grace", None), ("U0123", "1.2"), ("T1", "1.2")]
)
def test_what_names_no_user_is_refused(managers: str, client_id: str | None) -> None:
    with pytest.raises(ValidationError, match="a user is named like"):
        SlackSettings(managers=managers, client_id=client_id)


@pytest.mark.parametrize(
    "outside",
    [
        {"team_id": "T00000000T2"},
        {"is_stranger": True},
        {"team_id": "T00000000T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T3"]}},
    ],
)
def test_an_outsider_of_a_shared_channel_is_no_host_whatever_they_are_at_home(
    slack: Slack, outside: dict[str, object]
) -> None:
    client = WebClient(BOT_TOKEN, base_url=slack.api_url)
    guest = slack.user("eve", admin=True)
    slack.users[guest] |= {"is_owner": True, **outside}

    assert not People().person(client, TEAM, guest).place.host
    assert not People([guest]).person(client, TEAM, guest).place.host


def test_an_administrator_of_a_workspace_in_an_enterprise_is_a_host_there(slack: Slack) -> None:
    client = WebClient(BOT_TOKEN, base_url=slack.api_url)
    grace = slack.user("grace", admin=True)
    slack.users[grace] |= {
        "team_id": "T00000000T2",
        "enterprise_user": {"enterprise_id": "E1", "teams": [TEAM, "T00000000T2"]},
    }

    assert People().person(client, TEAM, grace).place.host
