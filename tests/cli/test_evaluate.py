import gzip
import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Coach

FIGURES = {"n", "pearson", "spearman", "rmse", "qwk"}
KEYS = FIGURES | {
    "questions",
    "within_question_r",
    "by_split",
    "by_label",
    "by_kind",
    "seconds",
    "answers_per_second",
    "unmatched",
    "baseline",
}
DRIFT = "What is concept drift, and how do you handle it in production?"


def row(question: str, answer: str, score: float, **more: Any) -> dict[str, Any]:
    return {
        "question_id": question[:20],
        "question": question,
        "reference_answers": ["The relationship between inputs and target changes over time."],
        "student_answer": answer,
        "score": score,
        **more,
    }


ROWS = [
    row(DRIFT, "The relation of inputs and target changes.", 1, split="a", label="right"),
    row(DRIFT, "Retrain the model on recent data.", 0.5, split="a", kind="short"),
    row(DRIFT, "I had soup for lunch today.", 0, split="b", label="wrong"),
    row("Why is the sky blue at noon?", "Because of scattering.", 0.25, split="b"),
]


def written(path: Path, entries: list[dict[str, Any]]) -> Path:
    content = "\n".join(json.dumps(entry) for entry in entries).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(written(tmp_path / "rows.jsonl.gz", ROWS))


@pytest.mark.usefixtures("corpus")
class TestFigures:
    def test_the_report_in_json_has_all_its_keys(self, coach: Coach, file: str):
        outcome = coach("evaluate", file, "--json", "--baseline")

        report = outcome.json
        assert outcome.status == 0
        assert set(report) == KEYS
        assert (report["n"], report["questions"], report["unmatched"]) == (4, 2, 0)
        assert set(report["by_split"]) == {"a", "b"}
        assert set(report["by_split"]["a"]) == FIGURES
        assert set(report["by_label"]) == {"right", "wrong"}
        assert report["by_kind"]["short"]["n"] == 1
        assert set(report["baseline"]) == FIGURES

    def test_the_report_is_also_a_table(self, coach: Coach, file: str):
        outcome = coach("evaluate", file)

        assert outcome.out.startswith("4 answers to 2 questions\n")
        for name in ("pearson", "spearman", "rmse", "qwk", "within_question_r", "label right"):
            assert name in outcome.out

    def test_a_limit_and_a_split_choose_rows_and_predictions_are_written(
        self, coach: Coach, file: str, tmp_path: Path
    ):
        outcome = coach(
            *("evaluate", file, "--json", "--split", "b", "--limit", "1"),
            *("--predictions", "out.jsonl"),
        )

        (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
        assert outcome.json["n"] == 1
        assert outcome.json["pearson"] is None
        assert outcome.json["baseline"] is None
        assert set(json.loads(line)) == {"question_id", "student_answer", "score", "predicted"}
        assert json.loads(line)["student_answer"] == ROWS[2]["student_answer"]
        assert 0 <= json.loads(line)["predicted"] <= 1

    def test_rows_without_a_question_of_the_bank_are_counted_apart(self, coach: Coach, file: str):
        outcome = coach("evaluate", file, "--json", "--rubric", "bank")

        assert (outcome.json["n"], outcome.json["unmatched"]) == (3, 1)


@pytest.mark.parametrize("arguments", [("--split", "z"), ("--split", "z", "--json")])
def test_a_split_without_rows_is_one_line_on_stderr(
    coach: Coach, file: str, arguments: tuple[str, ...]
):
    outcome = coach("evaluate", file, *arguments)

    assert (outcome.status, outcome.out) == (1, "")
    assert "no row of the split 'z'" in outcome.err
    assert outcome.err.count("\n") == 1


BROKEN = {
    "not-json.jsonl": b'{"question_id": 1',
    "no-object.jsonl": b"[1, 2]",
    "field-missing.jsonl": b'{"question_id": "a"}',
    "score-too-large.jsonl": json.dumps(row(DRIFT, "x", 2)).encode(),
    "weight-no-number.jsonl": json.dumps(
        row(DRIFT, "x y", 1, key_points=[{"text": "It changes.", "weight": "heavy"}])
    ).encode(),
    "weight-nothing.jsonl": json.dumps(
        row(DRIFT, "x y", 1, key_points=[{"text": "It changes.", "weight": 0}])
    ).encode(),
    "not-utf8.jsonl": b"\xff\xfe\n",
    "no-gzip.jsonl.gz": b"{}",
    "cut.jsonl.gz": gzip.compress(b"{}" * 100)[:-9],
    "empty.jsonl": b"",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_line_on_stderr(coach: Coach, tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(BROKEN[name])

    outcome = coach("evaluate", name)

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("coach: ")
    assert outcome.err.count("\n") == 1


@pytest.fixture
def benchmark(knowledge_folder: Path, tmp_path: Path) -> str:
    """A folder with the answers and pairs of one question of each half."""
    folder = Path(shutil.copytree(knowledge_folder, tmp_path / "benchmark"))
    kept = ("monitoring/concept-drift", "monitoring/data-drift-detection")
    for name in ("graded_answers", "minimal_pairs"):
        shipped = Path(str(files("knowledge"))) / name / "monitoring.yaml"
        entries = yaml.safe_load(shipped.read_text(encoding="utf-8"))
        (folder / name).mkdir()
        (folder / name / "monitoring.yaml").write_text(
            yaml.safe_dump([entry for entry in entries if entry["question"] in kept]),
            encoding="utf-8",
        )
    return str(folder)


SECTION = {
    *("questions", "scores", "covered", "contradicted", "by_kind", "pairs", "pairs_by_kind"),
}


@pytest.mark.usefixtures("corpus")
class TestTheBenchmarkOfTheBank:
    def test_all_figures_are_in_the_json(self, coach: Coach, benchmark: str):
        outcome = coach("evaluate", "--bank", "--json", COACH_KNOWLEDGE=benchmark)

        report = outcome.json
        assert outcome.status == 0
        assert set(report) == SECTION | {"grader", "by_half"}
        assert {"version", "model"} <= set(report["grader"])
        assert set(report["by_half"]) == {"fit", "held-out"}
        assert set(report["by_half"]["fit"]) == SECTION
        assert (report["questions"], report["scores"]["n"], report["pairs"]["n"]) == (2, 28, 12)
        assert set(report["covered"]) >= {"precision", "recall", "f1"}
        assert report["by_kind"]["strong"]["n"] == 2
        assert report["pairs_by_kind"]["negated"]["n"] == 2

    def test_one_half_is_printed_as_tables(self, coach: Coach, benchmark: str):
        outcome = coach("evaluate", "--bank", "--half", "held-out", COACH_KNOWLEDGE=benchmark)

        assert outcome.status == 0
        assert outcome.out.startswith("Grader version ")
        assert "14 answers to 1 questions" in outcome.out
        for words in ("points covered", "pairs ordered right", "strong_plain", "half_missing"):
            assert words in outcome.out
        assert "Half fit" not in outcome.out
        assert outcome.err == ""  # the bar is for terminals


def test_a_bank_without_answers_and_pairs_is_told_in_one_line(coach: Coach):
    outcome = coach("evaluate", "--bank")

    assert (outcome.status, outcome.out) == (1, "")
    assert "no graded answers and no minimal pairs" in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rows.jsonl", "--bank"), ("either FILE or --bank",)),
        (("--bank", "--split", "a"), ("--split", "goes with FILE")),
        (("rows.jsonl", "--half", "fit"), ("--half", "goes with --bank")),
        ((), ("FILE", "--bank")),
    ],
)
def test_a_file_and_the_bank_exclude_each_other(
    coach: Coach, arguments: tuple[str, ...], words: tuple[str, ...]
):
    outcome = coach("evaluate", *arguments)

    assert (outcome.status, outcome.out) == (2, "")
    assert all(each in outcome.err for each in words)
