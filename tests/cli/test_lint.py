import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import QUESTIONS, Coach


@pytest.fixture
def poor(knowledge_folder: Path, tmp_path: Path) -> Path:
    """A folder in which one sentence has no capital letter."""
    folder = Path(shutil.copytree(knowledge_folder, tmp_path / "poor"))
    lime = folder / "questions" / "interpretability" / "lime.md"
    text = lime.read_text(encoding="utf-8")
    lime.write_text(text.replace("statement: LIME can be", "statement: lime can be"), "utf-8")
    return folder


def test_well_written_questions_are_counted(coach: Coach):
    outcome = coach("knowledge", "lint", "--fast")

    assert outcome.status == 0
    assert outcome.out == f"{len(QUESTIONS)} questions have no fault by their words.\n"


def test_well_written_questions_are_counted_in_json(coach: Coach):
    outcome = coach("knowledge", "lint", "--fast", "--json")

    assert outcome.json == {
        "ok": True,
        "questions": len(QUESTIONS),
        "graded": False,
        "faults": [],
    }


def test_a_fault_is_told_with_file_field_problem_and_remedy(coach: Coach, poor: Path):
    outcome = coach("knowledge", "lint", "--fast", COACH_KNOWLEDGE=str(poor))

    assert (outcome.status, outcome.out) == (1, "")
    fault, last = outcome.err.splitlines()
    assert fault.startswith("questions/interpretability/lime.md: key_points[6].statement: ")
    assert "capital letter" in fault
    assert last == "coach: 1 fault in 1 file"


def test_a_fault_is_told_in_json(coach: Coach, poor: Path):
    outcome = coach("knowledge", "lint", "--fast", "--json", COACH_KNOWLEDGE=str(poor))

    (fault,) = outcome.json["faults"]
    assert (outcome.status, outcome.json["ok"]) == (1, False)
    assert set(fault) == {"file", "field", "problem", "remedy"}


def test_only_the_faults_of_a_topic_are_told(coach: Coach, poor: Path):
    statuses = {
        topic: coach(
            "knowledge", "lint", "--fast", "--topic", topic, COACH_KNOWLEDGE=str(poor)
        ).status
        for topic in ("Interpretability", "monitoring")
    }

    assert statuses == {"Interpretability": 1, "monitoring": 0}


def test_an_unknown_topic_is_told_in_one_line(coach: Coach):
    outcome = coach("knowledge", "lint", "--fast", "--topic", "cooking")

    assert outcome.status == 1
    assert outcome.err == "coach: no topic is called 'cooking': coach topics lists them.\n"


def test_an_acceptance_of_nothing_is_a_fault(coach: Coach, poor: Path):
    entry = (
        "- {check: fragment, question: interpretability/lime, text: Gone., reason: It was needed.}"
    )
    (poor / "accepted_faults.yaml").write_text(entry, encoding="utf-8")

    outcome = coach("knowledge", "lint", "--fast", COACH_KNOWLEDGE=str(poor))

    assert "accepted_faults.yaml: [1]: fragment finds nothing" in outcome.err


@pytest.mark.slow
def test_one_topic_is_read_by_the_grader(coach: Coach):
    outcome = coach("knowledge", "lint", "--topic", "deep-learning", "--json")

    assert outcome.json["ok"] is (outcome.status == 0)
    assert {fault["file"] for fault in outcome.json["faults"]} <= {
        "questions/deep-learning/vanishing-gradients.md"
    }
