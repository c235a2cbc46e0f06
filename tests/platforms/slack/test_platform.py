"""Serving Slack as `coach run` does: both modes, one workspace and many, and a clean end."""

import asyncio
import http.client
import threading
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from bot.core.errors import PlatformAway, PlatformRefused, Undeliverable
from bot.core.reply import Paragraph, Reply
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.settings import SlackSettings
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock
from tests.platforms.slack.conftest import Json, eventually, words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import APP_TOKEN, BOT_TOKEN, SECRET

ANSWER = "The relationship between the inputs and the target changes."
DRIFT = "ask concept-drift"

Serve = Callable[[SlackSettings], SlackPlatform]


@pytest.fixture
def serve(
    slack: Slack, desk: SlackDesk, unit_of_work: MakeUnitOfWork, clock: FixedClock
) -> Iterator[Serve]:
    """Start the platform with these settings; it is stopped at the end."""
    started: list[SlackPlatform] = []

    def start(settings: SlackSettings) -> SlackPlatform:
        platform = SlackPlatform(desk, settings, unit_of_work, clock)
        started.append(platform)
        asyncio.run(platform.start())
        if settings.mode == "http":
            slack.endpoint = f"http://127.0.0.1:{platform.port}/slack/events"
        return platform

    yield start
    for platform in started:
        asyncio.run(platform.stop())


def socket_mode(slack: Slack) -> SlackSettings:
    return SlackSettings(
        bot_token=SecretStr(BOT_TOKEN), app_token=SecretStr(APP_TOKEN), api_url=slack.api_url
    )


def many_workspaces(slack: Slack) -> SlackSettings:
    return SlackSettings(
        mode="http",
        signing_secret=SecretStr(SECRET),
        client_id="1.2",
        client_secret=SecretStr("hidden"),
        key=SecretStr("k" * 32),
        public_url="https://coach.test",
        api_url=slack.api_url,
        port=0,
    )


def test_socket_mode_serves_and_comes_back_after_a_cut(slack: Slack, serve: Serve) -> None:
    platform = serve(socket_mode(slack))
    ada, channel = slack.user("ada"), slack.channel("ml")
    assert slack.slash(ada, channel, "/coach", DRIFT).status == 200
    assert platform.settled(300)
    assert platform.trouble() is None
    slack.cut()
    eventually(lambda: platform.trouble() == "there is no connection to Slack", 20)
    eventually(lambda: slack.connections == 2 and platform.trouble() is None, 20)
    slack.click(ada, slack.responses[-1], "coach:answer")
    assert platform.settled(300)
    (form,) = slack.views.values()
    assert slack.submit(ada, form, field=ANSWER).body["response_action"] == "update"
    assert platform.settled(300)
    assert "70 %" in words_of(form["blocks"])


def test_a_form_that_is_sent_twice_stays_open_and_is_taken_once(
    slack: Slack, serve: Serve, unit_of_work: MakeUnitOfWork
) -> None:
    platform = serve(socket_mode(slack))
    host, channel = slack.user("grace", admin=True), slack.channel("ml")
    slack.slash(host, channel, "/coach", DRIFT)
    assert platform.settled(300)
    slack.click(host, slack.responses[-1], "coach:answer")
    slack.slash(host, channel, "/coach", "setup")
    assert platform.settled(300)
    answer, set_up = slack.views.values()
    values = {"channel": channel, "time": "08:30", "zone": "UTC", "days": ["0"], "hours": "12"}
    for form, entered in ((answer, {"field": ANSWER}), (set_up, values)):
        sent = dict(form)
        once = slack.submit(host, sent, **entered)
        again = slack.submit(host, dict(form), **entered)
        assert once.body["response_action"] == "update"
        assert again.body["response_action"] == "errors"
        (word,) = again.body["errors"].values()
        assert "I already have" in word
        assert form["id"] in slack.views
        assert platform.settled(300)
    assert "70 %" in words_of(answer["blocks"])
    assert "what will happen" in words_of(set_up["blocks"])
    with unit_of_work() as uow:
        assert uow.attempts.get(2) is None


def test_what_was_acknowledged_is_finished_before_the_end(
    slack: Slack, serve: Serve, fake_grader: FakeGrader
) -> None:
    platform = serve(
        SlackSettings(
            mode="http",
            bot_token=SecretStr(BOT_TOKEN),
            signing_secret=SecretStr(SECRET),
            api_url=slack.api_url,
            port=0,
        )
    )
    ada, channel = slack.user("ada"), slack.channel("ml")
    slack.slash(ada, channel, "/coach", DRIFT)
    assert platform.settled(300)
    begun, go_on = threading.Event(), threading.Event()
    fake_grader.meanwhile = lambda: (begun.set(), go_on.wait(60), None)[-1]
    slack.slash(ada, channel, "/coach", f"answer {ANSWER}")
    assert begun.wait(60)
    threading.Timer(0.3, go_on.set).start()
    asyncio.run(platform.stop())
    assert "70 %" in words_of(slack.responses[-1]["blocks"])


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"bot_token": SecretStr(BOT_TOKEN)}, "COACH_SLACK__APP_TOKEN"),
        (
            {"bot_token": SecretStr("xoxb-wrong"), "app_token": SecretStr(APP_TOKEN)},
            "does not know this bot token",
        ),
    ],
)
def test_settings_that_do_not_do_are_refused_with_what_to_do(
    slack: Slack, serve: Serve, settings: Json, reason: str
) -> None:
    with pytest.raises(PlatformRefused) as caught:
        serve(SlackSettings(api_url=slack.api_url, **settings))
    assert reason in f"{caught.value.reason} {caught.value.remedy}"
    assert not isinstance(caught.value, PlatformAway)


def test_a_slack_out_of_reach_is_said_to_be_so(serve: Serve) -> None:
    settings = {"bot_token": SecretStr(BOT_TOKEN), "app_token": SecretStr(APP_TOKEN)}
    with pytest.raises(PlatformAway) as caught:
        serve(SlackSettings(api_url="http://127.0.0.1:9/api/", **settings))
    assert "slack-status" in caught.value.remedy


@pytest.mark.parametrize(
    ("method", "kind", "value"),
    [
        ("auth.test", "http", 503),
        ("auth.test", "error", "internal_error"),
        ("apps.connections.open", "http", 502),
        ("apps.connections.open", "error", "service_unavailable"),
    ],
)
def test_a_slack_in_trouble_is_no_refusal_and_can_be_tried_again(
    slack: Slack,
    desk: SlackDesk,
    unit_of_work: MakeUnitOfWork,
    clock: FixedClock,
    method: str,
    kind: str,
    value: int | str,
) -> None:
    platform = SlackPlatform(desk, socket_mode(slack), unit_of_work, clock)
    slack.fault(method, kind, value=value)
    with pytest.raises(PlatformAway):
        asyncio.run(platform.start())

    asyncio.run(platform.start())

    assert platform.trouble() is None
    asyncio.run(platform.stop())


def got(platform: SlackPlatform, path: str, cookie: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", platform.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    return connection.getresponse()


def install(platform: SlackPlatform, slack: Slack, team: str) -> int:
    """Install the app as somebody's browser does."""
    page = got(platform, "/slack/install")
    assert page.status == 302
    asked = parse_qs(urlsplit(page.getheader("Location") or "").query)
    assert asked["redirect_uri"] == ["https://coach.test/slack/oauth_redirect"]
    assert "chat:write" in asked["scope"][0]
    cookie = (page.getheader("Set-Cookie") or "").split(";")[0]
    slack.codes[f"code-{team}"] = team
    path = f"/slack/oauth_redirect?code=code-{team}&state={asked['state'][0]}"
    status = got(platform, path, cookie).status
    assert got(platform, path, cookie).status != 200, "a state is used once"
    return status


def test_two_workspaces_install_use_and_remove_the_app(
    slack: Slack, serve: Serve, unit_of_work: MakeUnitOfWork
) -> None:
    platform = serve(many_workspaces(slack))
    for team in ("T1", "T2"):
        assert install(platform, slack, team) == 200
    tokens = {team: platform.token_of(team) for team in ("T1", "T2")}
    assert len(set(tokens.values())) == 2

    ada, channel = slack.user("ada"), slack.channel("ml")
    for team in ("T1", "T2"):
        slack.team = team
        slack.slash(ada, channel, "/coach", DRIFT)
        assert platform.settled(300)
        assert "Answer" in words_of(slack.responses[-1]["blocks"])
    with unit_of_work() as uow:
        assert uow.learners.get(2) is not None, "the same user id in two workspaces is two people"

    slack.event({"type": "app_uninstalled"}, team="T1")
    slack.event({"type": "tokens_revoked", "tokens": {"bot": ["UB"]}}, team="T1")
    assert platform.token_of("T1") is None
    assert platform.token_of("T2") == tokens["T2"]
    with unit_of_work() as uow:
        left, stays = (uow.communities.find("slack", team) for team in ("T1", "T2"))
    assert left is not None
    assert left.left_at is not None
    assert stays is not None
    assert stays.left_at is None
    with pytest.raises(Undeliverable):
        platform.messenger.tell("T1", ada, Reply((Paragraph("hello"),)))
    platform.messenger.tell("T2", ada, Reply((Paragraph("hello"),)))

    slack.team = "T1"
    slack.slash(ada, channel, "/coach", DRIFT)
    assert "not installed" in slack.responses[-1]["text"]


def test_whoever_installs_is_greeted_with_what_to_do_next(slack: Slack, serve: Serve) -> None:
    platform = serve(many_workspaces(slack))
    slack.installer = slack.user("grace", admin=True)
    slack.team = "T1"
    for user in slack.users.values():
        user["team_id"] = "T1"
    page = redirected(platform, slack, "T1")
    assert page.status == 200
    body = page.read().decode()
    assert "The interview coach is in your workspace" in body
    assert "I am in Workspace T1 now" in body
    assert "slack://app?team=T1" in body
    assert platform.settled(300)
    (welcome,) = slack.messages[slack.dm(slack.installer)].values()
    assert "/invite @coach" in words_of(welcome["blocks"])
    slack.click(slack.installer, welcome, "coach:set_up")
    assert platform.settled(300)
    (form,) = slack.views.values()
    assert form["callback_id"] == "coach:set_up"


def test_an_organisation_is_told_that_it_installs_workspace_by_workspace(
    slack: Slack, serve: Serve, unit_of_work: MakeUnitOfWork
) -> None:
    platform = serve(many_workspaces(slack))
    page = redirected(platform, slack, "E1")
    assert page.status == 400
    assert "one workspace at a time" in page.read().decode()
    with unit_of_work() as uow:
        assert uow.installations.keys("slack") == ()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("error=access_denied", "You chose not to install me"),
        ("code=x&state=forged", "another browser"),
        ("error=%3Cscript%3E", "Slack did not confirm it"),
    ],
)
def test_an_installation_that_comes_to_nothing_is_explained(
    slack: Slack, serve: Serve, query: str, said: str
) -> None:
    platform = serve(many_workspaces(slack))
    body = got(platform, f"/slack/oauth_redirect?{query}").read().decode()
    assert said in body
    assert "script" not in body


def redirected(platform: SlackPlatform, slack: Slack, team: str) -> http.client.HTTPResponse:
    """Install the app, and return the page at the end."""
    page = got(platform, "/slack/install")
    asked = parse_qs(urlsplit(page.getheader("Location") or "").query)
    cookie = (page.getheader("Set-Cookie") or "").split(";")[0]
    slack.codes[f"code-{team}"] = team
    path = f"/slack/oauth_redirect?code=code-{team}&state={asked['state'][0]}"
    return got(platform, path, cookie)


def test_nobody_installs_with_a_state_of_somebody_else(slack: Slack, serve: Serve) -> None:
    platform = serve(many_workspaces(slack))
    slack.codes["code"] = "T1"
    for state, cookie in (("forged", "slack-app-oauth-state=forged"), ("x", "")):
        path = f"/slack/oauth_redirect?code=code&state={state}"
        assert got(platform, path, cookie).status in {400, 401}
    assert platform.token_of("T1") is None
