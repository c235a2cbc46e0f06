from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _only_these_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.delenv("COACH_DATABASE", raising=False)


def test_the_database_is_a_file_in_the_home(tmp_path: Path):
    assert load_settings().database_url == str(tmp_path / "coach.sqlite3")


def test_another_database_is_named_by_its_url_and_never_printed(monkeypatch: pytest.MonkeyPatch):
    url = "postgresql://coach:hunter2@db/coach"
    monkeypatch.setenv("COACH_DATABASE", url)

    settings = load_settings()

    assert settings.database_url == url
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"


@pytest.mark.parametrize("url", ["coach:secret@db/coach", "mysql://coach:secret@db/coach"])
def test_a_url_that_does_not_fit_is_refused_without_being_told(
    monkeypatch: pytest.MonkeyPatch, url: str
):
    monkeypatch.setenv("COACH_DATABASE", url)

    with pytest.raises(ValidationError, match="write sqlite:///FILE or postgresql") as caught:
        Settings()

    assert "secret" not in str(caught.value)


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
    assert not load_settings().slack.is_set
    monkeypatch.setenv("COACH_SLACK__MODE", mode)
    for name in given:
        monkeypatch.setenv(f"COACH_SLACK__{name}", SLACK[name])
    slack = load_settings().slack
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
