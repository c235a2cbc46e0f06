import yaml

from bot.cli import app
from bot.platforms.discord.handling import STOP_SECONDS
from tests.repository.checkout import ROOT, dockerfile, text

SERVICE = yaml.safe_load(text("compose.yaml"))["services"]["coach"]


def test_the_image_is_built_from_the_dockerfile_with_an_argument_that_it_has():
    arguments = [words.split("=")[0] for name, words in dockerfile() if name == "ARG"]

    assert (ROOT / SERVICE["build"]["context"] / "Dockerfile").is_file()
    assert set(SERVICE["build"]["args"]) <= set(arguments)


def test_it_serves_and_what_it_stores_outlives_it():
    ((volume, place),) = (each.split(":") for each in SERVICE["volumes"])

    assert SERVICE["command"] in {command.name for command in app.registered_commands}
    assert volume in yaml.safe_load(text("compose.yaml"))["volumes"]
    assert f"COACH_HOME={place}" in " ".join(words for name, words in dockerfile() if name == "ENV")


def test_it_is_given_the_time_that_it_may_take_to_stop():
    assert int(SERVICE["stop_grace_period"].removesuffix("s")) > STOP_SECONDS
