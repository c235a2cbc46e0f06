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
