import re
import sys
from pathlib import Path

import pytest

from bot.cli.grader_card import FIGURES
from grading.calibration import shipped_coefficients
from grading.card import card, tables_of
from tests.cli.conftest import REPOSITORY, Coach

SECTIONS = (
    "What it does",
    "Data and licences",
    "Agreement with people",
    "By kind of answer",
    "Known weaknesses",
    "How to reproduce",
)


def test_the_card_is_printed_as_markdown_through_a_pipe(coach: Coach):
    outcome = coach("grader")

    assert outcome.status == 0
    assert outcome.out == card()


def test_the_card_is_formatted_on_a_terminal(coach: Coach, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    outcome = coach("grader")

    assert "Known weaknesses" in outcome.out
    assert "## " not in outcome.out
    assert "|---|" not in outcome.out


def test_the_json_names_version_model_origin_and_figures(coach: Coach):
    document = coach("grader", "--json").json

    assert set(document) == {"version", "model", "provenance", "figures"}
    assert document["version"] == shipped_coefficients().version
    assert document["provenance"] == shipped_coefficients().provenance
    assert tuple(document["figures"]) == FIGURES
    assert set(document["figures"]["Agreement with people"]) == {
        "Public sets",
        "The coach's own questions",
    }
    (saf,) = (
        row
        for row in document["figures"]["Agreement with people"]["Public sets"]
        if (row["set and split"], row["figure"]) == ("SAF English test-uq", "RMSE")
    )
    assert saf["people"] == 0.086
    assert len(document["figures"]["By kind of answer"]["Sample answers, held-out half"]) == 14


def test_the_card_has_its_sections_in_order():
    assert tuple(re.findall(r"^## (.+)$", card(), re.MULTILINE)) == SECTIONS


def test_the_picture_is_found_from_the_card():
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", card())

    assert (REPOSITORY / "grading" / picture).resolve().is_file()


def test_every_command_of_the_card_exists(coach: Coach):
    commands = set(re.findall(r"^coach (\w+)", card(), re.MULTILINE))

    assert commands == {"evaluate"}
    assert coach("evaluate", "--help").status == 0


def test_tables_are_read_with_numbers_texts_and_gaps():
    first = "# A\n\n| a | b |\n|---|---|\n| .5 | x, 1 |\n| TODO(lead) |  |\n\n"

    assert tables_of(first + "## B\n| c |\n|---|\n| −2 |") == {
        "A": [{"a": 0.5, "b": "x, 1"}, {"a": None, "b": None}],
        "B": [{"c": -2.0}],
    }


def test_the_card_ships_with_the_package():
    assert (Path(sys.modules["grading.card"].__file__).parent / "card.md").is_file()
