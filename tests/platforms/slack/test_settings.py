from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.bootstrap.settings import load_settings
from bot.platforms.slack.settings import SlackSettings


@pytest.fixture(autouse=True)
def _only_these_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


SLACK = {
    "BOT_TOKEN": "xoxb-1",
    "APP_TOKEN": "xapp-1",
    "SIGNING_SECRET": "signed",
    "CLIENT_ID": "1.2",
    "CLIENT_SECRET": "hidden",
    "KEY": "k" * 32,
}


@pytest.mark.parametrize(
    ("mode", "given", "missing"),
    [
        ("socket", ("BOT_TOKEN",), ("APP_TOKEN",)),
        ("socket", ("BOT_TOKEN", "APP_TOKEN"), ()),
        ("http", ("BOT_TOKEN",), ("SIGNING_SECRET",)),
        ("http", ("BOT_TOKEN", "SIGNING_SECRET"), ()),
        ("http", ("CLIENT_ID", "SIGNING_SECRET"), ("CLIENT_SECRET", "KEY")),
        ("http", ("CLIENT_ID", "CLIENT_SECRET", "KEY", "SIGNING_SECRET"), ()),
    ],
)
def test_slack_says_what_its_mode_still_needs(
    monkeypatch: pytest.MonkeyPatch, mode: str, given: tuple[str, ...], missing: tuple[str, ...]
):
    assert not load_settings().of(SlackSettings).is_set
    monkeypatch.setenv("COACH_SLACK__MODE", mode)
    for name in given:
        monkeypatch.setenv(f"COACH_SLACK__{name}", SLACK[name])
    slack = load_settings().of(SlackSettings)
    assert slack.is_set
    assert slack.missing == tuple(f"COACH_SLACK__{name}" for name in missing)
    assert not any(secret in repr(slack) for secret in ("xoxb", "xapp", "signed", "hidden", "kkk"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("BOT_TOKEN", "xapp-1"), ("APP_TOKEN", "xoxb-1"), ("KEY", "short"), ("COMMAND", "coach")],
)
def test_a_mixed_up_setting_of_slack_is_refused_without_being_told(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(f"COACH_SLACK__{name}", value)
    with pytest.raises(ValidationError) as caught:
        load_settings()
    assert f"'{value}'" not in str(caught.value)
