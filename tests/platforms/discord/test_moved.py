"""What the core says about the commands of hosts names them as they are called on Discord."""

import re

import pytest

from bot.core import wording
from bot.core.errors import UnclearRule, UnknownAppeal, UnknownFlag
from bot.core.wording.discord import COACH_COMMANDS
from bot.platforms.discord.moved import FOR_HOSTS, PATHS
from bot.platforms.discord.text import prose

IDS = {f"coach {name}": 7 for name in COACH_COMMANDS} | {"daily": 8}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/appeals accept 3, or", "</coach appeals:7> accept 3, or"),
        ("/questions add FILE adds", "</coach question add:7> FILE adds"),
        ("/questions 2 goes on", "</coach question list:7> 2 goes on"),
        ("/questions suggestions", "</coach question suggestions:7>"),
        ("/exclude answer 4, reason", "</coach exclude:7> answer 4, reason"),
        ("/include undoes either", "</coach include:7> undoes either"),
        ("/rules staff off or /rules", "</coach rules:7> staff off or </coach rules:7>"),
        ("/daily setup 09:00 Berlin", "</coach setup:7> 09:00 Berlin"),
        ("/daily resume goes on", "</coach resume:7> goes on"),
        ("/daily shows it", "</daily:8> shows it"),
        ("/coach question retire: ask no more", "</coach question retire:7>: ask no more"),
        ("src/appeals accept", "src/appeals accept"),
    ],
)  # fmt: skip
def test_a_command_of_hosts_is_shown_by_its_path(said: str, shown: str) -> None:
    assert prose(said, IDS) == shown


def test_without_ids_the_path_is_named_all_the_same() -> None:
    assert prose("/appeals accept 3", {}) == "/coach appeals accept 3"
    assert prose("/questions add FILE", {"ask": 1}) == "/coach question add FILE"
    assert prose("/ask drift", {}) == "/ask drift"


def test_every_path_leads_to_a_command_of_the_group() -> None:
    assert {path.removeprefix("coach ") for path in PATHS.values()} <= COACH_COMMANDS.keys()


@pytest.mark.parametrize("problem", [UnknownAppeal("x"), UnknownFlag("x"), UnclearRule("x")])
def test_no_sentence_names_what_is_not_there(problem: Exception) -> None:
    shown = prose(wording.error(problem), IDS)

    assert "</coach " in shown
    assert not re.search(rf"(?<![\w<])/({'|'.join(FOR_HOSTS)})\b", shown)
