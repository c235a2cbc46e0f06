from pathlib import Path

from bot.bootstrap.settings import settings_model
from bot.setting_sources import variables_of
from tests.cli.conftest import Coach
from tests.test_setting_sources import SECRETS, TOKEN_FILE, fitting

GIVEN = {each.name: fitting(each) for each in SECRETS}


def test_every_setting_is_shown_with_where_it_comes_from(coach: Coach, tmp_path: Path):
    (tmp_path / ".env").write_text("COACH_LOG_LEVEL=debug\n")
    (tmp_path / "token").write_text("from-a-file")

    outcome = coach("config", "show", "--json", COACH_SLACK__PORT="4000", **{TOKEN_FILE: "token"})

    shown = {each.pop("setting"): each for each in outcome.json}
    assert list(shown) == [each.name for each in variables_of(settings_model())]
    assert shown["COACH_BUSY_SECONDS"] == {"value": "5", "source": "default", "file": None}
    assert shown["COACH_SLACK__PORT"] == {"value": "4000", "source": "environment", "file": None}
    assert shown["COACH_LOG_LEVEL"] == {"value": "DEBUG", "source": ".env", "file": None}
    assert shown["COACH_DISCORD__TOKEN"] == {"value": "••••••", "source": "file", "file": "token"}
    assert shown["COACH_NLI_MODEL"]["value"] is None
    assert not outcome.err


def test_no_secret_is_shown(coach: Coach):
    given = {"COACH_DISCORD__PROXY": "http://me:hunter2@proxy:3128", **GIVEN}

    plain, json = coach("config", "show", **given), coach("config", "show", "--json", **given)

    for outcome in (plain, json):
        assert outcome.status == 0
        assert "hunter2" not in outcome.out + outcome.err
    assert "postgresql://coach:***@db/coach" in plain.out
    assert "http://me:••••••@proxy:3128" in plain.out
    assert plain.out.count(" ••••••  ") == len(GIVEN) - 1


def test_the_home_of_the_command_line_is_shown_as_such(coach: Coach, tmp_path: Path):
    outcome = coach("config", "show", "--home", str(tmp_path / "other"))

    (line,) = [each for each in outcome.out.splitlines() if each.startswith("COACH_HOME ")]
    assert line.split()[1:] == [str(tmp_path / "other"), "--home"]


def test_what_is_no_setting_is_told_once_and_nothing_is_refused(coach: Coach):
    outcome = coach("topics", COACH_DISCORD__TOKN="1", COACH_WEATHER="1")

    assert outcome.status == 0
    assert outcome.err.splitlines() == [
        "coach: COACH_DISCORD__TOKN is not a setting; did you mean COACH_DISCORD__TOKEN?",
        "coach: COACH_WEATHER is not a setting; coach config show lists them all.",
    ]


def test_a_command_that_reads_the_settings_twice_warns_once(coach: Coach):
    outcome = coach("knowledge", "test", "drift", COACH_SLACK__PROT="1")

    assert outcome.err.count("COACH_SLACK__PORT") == 1


def test_a_secret_without_its_file_is_one_line(coach: Coach):
    outcome = coach("topics", **{TOKEN_FILE: "no/such/file"})

    assert outcome.status == 1
    assert outcome.err.splitlines() == [
        "coach: The setting COACH_DISCORD__TOKEN_FILE does not fit: there is no file no/such/file."
    ]
