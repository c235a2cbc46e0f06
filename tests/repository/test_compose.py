import yaml

from bot.cli import app
from tests.repository.checkout import ROOT, dockerfile, longest_stop, text, unknown_settings

WHOLE = yaml.safe_load(text("compose.yaml"))
SERVICE, SERVER = WHOLE["services"]["coach"], WHOLE["services"]["postgres"]


def test_the_image_is_built_from_the_dockerfile_with_an_argument_that_it_has():
    arguments = [words.split("=")[0] for name, words in dockerfile() if name == "ARG"]

    assert (ROOT / SERVICE["build"]["context"] / "Dockerfile").is_file()
    assert set(SERVICE["build"]["args"]) <= set(arguments)


def test_it_serves_and_what_it_stores_outlives_it():
    ((volume, place),) = (each.split(":") for each in SERVICE["volumes"])

    assert SERVICE["command"] in {command.name for command in app.registered_commands}
    assert volume in WHOLE["volumes"]
    assert f"COACH_HOME={place}" in " ".join(words for name, words in dockerfile() if name == "ENV")


def test_it_is_given_the_time_that_it_may_take_to_stop():
    assert int(SERVICE["stop_grace_period"].removesuffix("s")) > longest_stop()


def test_every_setting_that_it_names_is_one_and_the_file_of_settings_is_documented():
    assert unknown_settings(text("compose.yaml")) == set()
    assert (ROOT / f"{SERVICE['env_file']}.example").is_file()


def test_sqlite_serves_unless_the_profile_of_postgresql_is_chosen():
    waits = SERVICE["depends_on"]["postgres"]

    assert SERVER["profiles"] == ["postgres"]
    assert waits == {"condition": "service_healthy", "required": False}
    assert "profiles" not in SERVICE
    assert "environment" not in SERVICE  # COACH_DATABASE comes from .env, or is not set


def test_the_documented_address_of_the_server_is_that_of_its_profile():
    address = "postgresql://{POSTGRES_USER}:…@postgres/{POSTGRES_DB}".format(
        **SERVER["environment"]
    )
    volume = SERVER["volumes"][0].split(":")[0]

    assert f"COACH_DATABASE={address}" in text("compose.yaml")
    assert address.replace("…", "a-long-one") in text("docs/operations.md")
    assert volume in WHOLE["volumes"]
    assert f"--username={SERVER['environment']['POSTGRES_USER']}" in SERVER["healthcheck"]["test"]


def test_only_the_volume_and_the_folder_for_passing_files_can_be_written():
    assert SERVICE["read_only"] is True
    assert SERVICE["tmpfs"] == "/tmp"  # noqa: S108 in the container
    assert SERVICE["cap_drop"] == ["ALL"]
