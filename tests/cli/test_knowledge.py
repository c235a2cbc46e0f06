import shutil
import sys
from pathlib import Path

import pytest

from bot.cli.table import print_table
from knowledge.graded import load_graded_answers
from knowledge.pairs import load_minimal_pairs
from tests.cli.conftest import QUESTIONS, Coach


@pytest.fixture
def broken(knowledge_folder: Path, tmp_path: Path) -> Path:
    """A folder with three faults in two files."""
    folder = Path(shutil.copytree(knowledge_folder, tmp_path / "broken"))
    lime = folder / "questions" / "interpretability" / "lime.md"
    text = lime.read_text(encoding="utf-8")
    lime.write_text(
        text.replace("difficulty: ", "difficulty: 9").replace("\nauthor:", "\nautor:"),
        encoding="utf-8",
    )
    (folder / "questions" / "monitoring" / "empty.md").write_text("", encoding="utf-8")
    return folder


def test_a_sound_bank_is_counted(coach: Coach):
    outcome = coach("knowledge", "check")

    assert outcome.status == 0
    assert outcome.out.startswith(f"{len(QUESTIONS)} questions with ")


def test_columns_of_the_list_never_touch_and_a_topic_can_be_chosen(coach: Coach, bank):
    lines = coach("knowledge", "list", COACH_KNOWLEDGE="").out.splitlines()

    assert len(lines) == len(bank)
    assert all(len(line.split("  ", 1)[0].split()) == 1 for line in lines)
    longest = max((question.id for question in bank), key=len)
    assert any(line.startswith(f"{longest}  {bank.get(longest).difficulty}  ") for line in lines)
    chosen = coach("knowledge", "list", "--topic", "monitoring", COACH_KNOWLEDGE="").out
    assert len(chosen.splitlines()) == len(bank.by_topic("monitoring"))
    assert "monitoring" in coach("knowledge", "list", "--topic", "cooking").err


def test_on_a_narrow_terminal_a_row_is_told_in_lines(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    print_table([("monitoring/concept-drift", "3", "What is concept drift, and how is it found?")])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "monitoring/concept-drift"
    assert max(map(len, lines)) <= 40
    assert len(lines) == 3


def test_a_sound_bank_is_counted_in_json(coach: Coach, knowledge_folder: Path):
    outcome = coach("knowledge", "check", "--json", "--folder", str(knowledge_folder))

    assert outcome.json["ok"] is True
    assert outcome.json["questions"] == len(QUESTIONS)
    assert outcome.json["faults"] == []


def test_the_shipped_bank_is_sound(coach: Coach, bank):
    outcome = coach("knowledge", "check", "--json", COACH_KNOWLEDGE="")

    graded = load_graded_answers(bank)
    assert outcome.json["questions"] == len(bank)
    assert outcome.json["graded_answers"] == sum(len(entry.answers) for entry in graded)
    assert outcome.json["minimal_pairs"] == len(load_minimal_pairs(bank))


def test_graded_answers_and_pairs_are_counted_in_words(coach: Coach):
    outcome = coach("knowledge", "check")

    assert outcome.out.splitlines()[1] == "0 graded answers, 0 minimal pairs."


def test_faults_of_graded_answers_and_pairs_are_listed_together(
    coach: Coach, knowledge_folder: Path, tmp_path: Path
):
    folder = Path(shutil.copytree(knowledge_folder, tmp_path / "mine"))
    for name in ("graded_answers", "minimal_pairs"):
        (folder / name).mkdir()
        (folder / name / "monitoring.yaml").write_text("- question: x\n", encoding="utf-8")

    outcome = coach("knowledge", "check", COACH_KNOWLEDGE=str(folder))

    assert (outcome.status, outcome.out) == (1, "")
    *faults, last = outcome.err.splitlines()
    assert {fault.partition("/")[0] for fault in faults} == {"graded_answers", "minimal_pairs"}
    assert last == f"coach: {len(faults)} faults in 2 files"


def test_every_fault_of_a_broken_bank_is_listed(coach: Coach, broken: Path):
    outcome = coach("knowledge", "check", "--folder", str(broken))

    assert outcome.status == 1
    assert outcome.out == ""
    *faults, last = outcome.err.splitlines()
    assert any("lime.md: difficulty" in fault for fault in faults)
    assert any("lime.md: author" in fault for fault in faults)
    assert any("Did you mean 'author'?" in fault for fault in faults)
    assert any("empty.md" in fault for fault in faults)
    assert last == f"coach: {len(faults)} faults in 2 files"


def test_every_fault_of_a_broken_bank_is_in_the_json(coach: Coach, broken: Path):
    outcome = coach("knowledge", "check", "--folder", str(broken), "--json")

    assert outcome.status == 1
    assert outcome.json["ok"] is False
    assert {frozenset(fault) for fault in outcome.json["faults"]} == {
        frozenset({"file", "field", "problem", "remedy"})
    }
    assert len({fault["file"] for fault in outcome.json["faults"]}) == 2


def test_a_broken_bank_is_used_by_no_command(coach: Coach, broken: Path):
    outcome = coach("topics", COACH_KNOWLEDGE=str(broken))

    assert outcome.status == 1
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1


def test_all_questions_are_listed(coach: Coach):
    outcome = coach("knowledge", "list")

    assert {line.split()[0] for line in outcome.out.splitlines()} == set(QUESTIONS)


def test_all_questions_are_listed_in_json(coach: Coach):
    outcome = coach("knowledge", "list", "--json")

    assert {entry["id"] for entry in outcome.json} == set(QUESTIONS)
    assert all(entry["key_points"] >= 3 for entry in outcome.json)


@pytest.mark.parametrize("name", ["monitoring/concept-drift", "concept-drift", "Drift"])
def test_a_question_is_shown_whole_by_id_or_name(coach: Coach, name: str):
    outcome = coach("knowledge", "show", name)

    for words in ("What is concept drift", "In short", "What a good answer says", "Read"):
        assert words in outcome.out


def test_a_question_is_shown_whole_in_json(coach: Coach):
    outcome = coach("knowledge", "show", "drift", "--json")

    assert outcome.json["id"] == "monitoring/concept-drift"
    assert outcome.json["key_points"][0]["statement"]
    assert outcome.json["reference_answers"]["short"]


@pytest.mark.usefixtures("corpus")
def test_questions_are_found_by_meaning(coach: Coach):
    outcome = coach(
        "knowledge",
        "search",
        "gradients",
        "shrink",
        "in",
        "deep",
        "networks",
        "--top",
        "2",
        "--json",
    )

    assert len(outcome.json) == 2
    assert outcome.json[0]["id"] == "deep-learning/vanishing-gradients"
    assert set(outcome.json[0]) == {"id", "score", "matched", "prompt"}


@pytest.mark.usefixtures("corpus")
def test_a_question_found_by_its_name_comes_first(coach: Coach):
    outcome = coach("knowledge", "search", "lime")

    assert outcome.out.splitlines()[0].startswith("1.00  interpretability/lime")
