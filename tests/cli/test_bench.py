"""`coach bench --quick`: the shape of its figures and their sanity, never their size."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.load import measuring as load
from benchmarks.load.figures import RushFigures
from benchmarks.speed import measuring
from benchmarks.speed.report import Report
from benchmarks.speed.store import StoreReport
from tests.cli.conftest import Coach

LENGTHS = {"20", "60", "120", "250"}
KEYS = {
    "grade_ms",
    "forward_ms_p50",
    "ratio_to_forward",
    "ratio_to_own_forward",
    "answers_per_second",
    "cold_start_s",
    "rss_mb",
    "naive_ratio",
    "banks",
    "index",
    "database",
    "leaderboard",
    "progress",
    "program",
}
INDEX_KEYS = {"passages", "kind", "build_s", "search_ms_p50", "recall_at_10", "mb"}


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers(each)]
    return [] if isinstance(value, str | list) else [value]


@pytest.mark.slow
def test_the_figures_have_all_their_keys_and_make_sense_and_people_get_tables(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
):
    outcome = coach("bench", "--quick", "--json")
    report = outcome.json

    assert outcome.status == 0
    assert set(report) == KEYS
    program = report.pop("program")
    for what in ("acknowledged", "stored", "graded"):
        assert (program[what]["count"], program[what]["missing"]) == (6, 0)
    assert program["windows"]["missing"] == program["help"]["missing"] == 0
    assert program["graded_per_second"] > 0
    assert program["program_cores"] > 0
    assert set(report["grade_ms"]) == LENGTHS
    assert set(report["forward_ms_p50"]) == set(report["ratio_to_forward"]) == LENGTHS
    assert set(report["ratio_to_own_forward"]) == LENGTHS
    assert set(report["answers_per_second"]) == {"1", "8", "64"}
    assert all(number > 0 for number in numbers(report))
    for times in report["grade_ms"].values():
        assert set(times) == {"p50", "p95", "p99"}
        assert times["p50"] <= times["p95"] <= times["p99"]
    for words in LENGTHS:
        ratio = report["grade_ms"][words]["p50"] / report["forward_ms_p50"][words]
        assert report["ratio_to_forward"][words] == pytest.approx(ratio, abs=0.001)
    for one in report["banks"]:
        assert one["questions"] == 33
        assert all(number > 0 for number in numbers(one))
    for one in report["index"]:
        assert set(one) == INDEX_KEYS
        assert one["kind"] in {"exact", "approximate"}
        assert 0 <= one["recall_at_10"] <= 1
        assert all(number > 0 for number in numbers(one))
    assert "searching" not in outcome.out

    measured = Report(**{name: report[name] for name in Report.model_fields})
    stored = StoreReport(**{name: report[name] for name in StoreReport.model_fields})
    monkeypatch.setattr(measuring, "measure", lambda *_: measured)
    monkeypatch.setattr(measuring, "measure_database", lambda *_: stored)
    whole = RushFigures(**program)
    monkeypatch.setattr(load, "measure_program", lambda **_: whole)
    shown = coach("bench", "--quick")

    assert shown.status == 0
    assert "Answers a second" in shown.out
    assert "1,000  exact" in shown.out
    assert "answers in 1 s" in shown.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(shown.out)


def test_the_database_alone_is_measured_at_a_size_of_choice(coach: Coach, home: Path):
    outcome = coach("bench", "--only", "store", "--quick", "--attempts", "200", "--json")

    assert outcome.status == 0
    board, progress = outcome.json["leaderboard"], outcome.json["progress"]
    assert set(outcome.json) == {"leaderboard", "progress", "database"}
    assert set(board) == {"attempts", "learners", "ms_p50", "ms_p99"}
    assert set(progress) == {"attempts", "ms_p50"}
    assert (board["attempts"], board["learners"], progress["attempts"]) == (200, 10, 200)
    assert 0 < board["ms_p50"] <= board["ms_p99"]
    assert progress["ms_p50"] > 0
    database = outcome.json["database"]
    assert set(database) == {"attempts", "mb", "answer_ms_p50"}
    assert database["attempts"] == 200
    assert min(database["mb"], database["answer_ms_p50"]) > 0
    assert not (home / "coach.sqlite3").exists()


def test_the_database_alone_is_shown_in_words(coach: Coach):
    outcome = coach("bench", "--only", "store", "--quick", "--attempts", "100")

    assert "Among 100 answers of 5 learners" in outcome.out
    assert "Answers a second" not in outcome.out


def test_too_small_a_database_is_refused(coach: Coach):
    assert coach("bench", "--only", "store", "--attempts", "5").status == 2


def test_a_bank_without_a_shipped_question_is_refused_in_one_line(coach: Coach, tmp_path: Path):
    folder = tmp_path / "own"
    (folder / "questions").mkdir(parents=True)
    (folder / "topics.yaml").write_text("[]", encoding="utf-8")

    outcome = coach("bench", "--quick", COACH_KNOWLEDGE=str(folder))

    assert outcome.status == 1
    assert len(outcome.err.splitlines()) == 1
    assert outcome.out == ""
