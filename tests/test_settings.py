from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.bootstrap.settings import load_settings
from bot.settings import PlatformSettings, Settings, with_platforms


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


class ChatSettings(PlatformSettings):
    token: str = ""


def test_a_platform_reads_its_section_under_its_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COACH_CHAT__TOKEN", "open sesame")

    settings = with_platforms({"chat": ChatSettings})()

    assert settings.of(ChatSettings).token == "open sesame"  # noqa: S105 no real one
    with pytest.raises(LookupError):
        Settings().of(ChatSettings)
