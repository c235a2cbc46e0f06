"""Secrets from files, where a value comes from, and variables that are no settings."""

import os
from pathlib import Path

import pytest

from bot.bootstrap.settings import load_settings, settings_model
from bot.core.errors import SettingUnusable
from bot.setting_sources import (
    MOST_BYTES,
    Origin,
    Unknown,
    Variable,
    origins_of,
    unknown_variables,
    value_at,
    variables_of,
)

SECRETS = [each for each in variables_of(settings_model()) if each.secret]
FITTING = {
    "COACH_DATABASE": "postgresql://coach:hunter2@db/coach",
    "COACH_SLACK__APP_TOKEN": "xapp-hunter2",
    "COACH_SLACK__BOT_TOKEN": "xoxb-hunter2",
    "COACH_SLACK__KEY": "hunter2-" * 4,
}
TOKEN_FILE = "COACH_DISCORD__TOKEN_FILE"  # noqa: S105 a name


def fitting(secret: Variable) -> str:
    """A value that the setting takes."""
    return FITTING.get(secret.name, "hunter2")


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("COACH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))


def test_there_are_secrets_on_every_floor():
    names = {each.name for each in SECRETS}

    assert {"COACH_DATABASE", "COACH_OPINION__KEY", "COACH_DISCORD__TOKEN"} < names
    assert len([name for name in names if name.startswith("COACH_SLACK__")]) == 5


@pytest.mark.parametrize("secret", SECRETS, ids=lambda each: each.name)
def test_every_secret_may_lie_in_a_file(
    secret: Variable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "secret"
    file.write_text(f"\ufeff  {fitting(secret)}\n", encoding="utf-8")
    monkeypatch.setenv(secret.file, str(file))

    settings = load_settings()

    assert value_at(settings, secret.path).get_secret_value() == fitting(secret)
    assert "hunter2" not in f"{settings!r}"
    assert origins_of(settings_model())[secret.name] == (Origin.FILE, file)


@pytest.mark.parametrize("secret", SECRETS, ids=lambda each: each.name)
@pytest.mark.parametrize("beside", ["environment", ".env"])
def test_a_secret_and_its_file_together_are_refused(
    secret: Variable, beside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "secret").write_text(fitting(secret))
    monkeypatch.setenv(secret.file, "secret")
    if beside == "environment":
        monkeypatch.setenv(secret.name, fitting(secret))
    else:
        (tmp_path / ".env").write_text(f"{secret.name}={fitting(secret)}\n")

    with pytest.raises(SettingUnusable) as refused:
        load_settings()
    assert secret.file in refused.value.sentence
    assert f"{secret.name} is set too" in refused.value.sentence
    assert "hunter2" not in refused.value.sentence


@pytest.mark.parametrize("secret", SECRETS, ids=lambda each: each.name)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no file"),
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"x" * (MOST_BYTES + 1), "is too large"),
        (b"hunter2\nX-Other: 1\n", "more than one line"),
        (b"\xff\xfe\x00", "is no text"),
    ],
    ids=["missing", "empty", "blank", "large", "two lines", "no text"],
)
def test_a_file_that_holds_no_secret_is_named_and_not_quoted(
    secret: Variable,
    content: bytes | None,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv(secret.file, str(file))

    with pytest.raises(SettingUnusable) as refused:
        load_settings()
    assert told in refused.value.sentence
    assert secret.file in refused.value.sentence
    assert str(file) in refused.value.sentence
    assert "hunter2" not in refused.value.sentence


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(TOKEN_FILE, str(tmp_path))

    with pytest.raises(SettingUnusable, match="cannot be read"):
        load_settings()


def test_a_file_may_be_named_in_the_env_file_and_below_the_home_of_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "token").write_text("from-a-file")
    (tmp_path / ".env").write_text(f"{TOKEN_FILE}=~/token\n")

    assert load_settings().discord.token.get_secret_value() == "from-a-file"  # type: ignore[attr-defined]  # the platform's


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COACH_DISCORD__TOKEN", "from-the-environment")
    monkeypatch.setenv(TOKEN_FILE, "")

    assert load_settings().discord.token.get_secret_value() == "from-the-environment"  # type: ignore[attr-defined]


def test_where_a_value_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / ".env").write_text("COACH_LOG_LEVEL=DEBUG\nCOACH_SLACK__PORT=1\n")
    monkeypatch.setenv("COACH_SLACK__PORT", "2")

    origins = origins_of(settings_model())

    assert origins == {
        "COACH_HOME": (Origin.ENVIRONMENT, None),
        "COACH_LOG_LEVEL": (Origin.DOTENV, None),
        "COACH_SLACK__PORT": (Origin.ENVIRONMENT, None),
    }


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("COACH_DISCORD__TOKN", "COACH_DISCORD__TOKEN"),
        ("COACH_DISCORD_TOKEN", "COACH_DISCORD__TOKEN"),
        ("COACH_SLACK__BOTTOKEN", "COACH_SLACK__BOT_TOKEN"),
        ("COACH_SLACK__BOT_TOKEN_FIEL", "COACH_SLACK__BOT_TOKEN_FILE"),
        ("COACH_DATABASE_URL", "COACH_DATABASE"),
        ("COACH_LOGLEVEL", "COACH_LOG_LEVEL"),
        ("COACH_WEATHER", None),
    ],
)
@pytest.mark.parametrize("where", ["environment", ".env"])
def test_what_is_no_setting_is_found_with_what_was_meant(
    name: str, meant: str | None, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if where == "environment":
        monkeypatch.setenv(name, "1")
    else:
        (tmp_path / ".env").write_text(f"{name}=1\nWEATHER=2\n")

    assert unknown_variables(settings_model()) == (Unknown(name, meant),)


def test_every_setting_is_known(monkeypatch: pytest.MonkeyPatch):
    for each in variables_of(settings_model()):
        monkeypatch.setenv(each.name, "1")
        if each.secret:
            monkeypatch.setenv(each.file, "1")
    monkeypatch.setenv("COACH_DISCORD", "{}")

    assert unknown_variables(settings_model()) == ()
