import logging
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Coach, rows
from tests.grading.tiny_nli import save_tiny_nli

DRIFT = "monitoring/concept-drift"
GOOD = (
    "Concept drift means that the relationship between the inputs and the target changes over "
    "time. I compare predictions with the labels as they arrive, and I retrain the model on "
    "recent data."
)
KEYS = {
    "question_id",
    "score",
    "band",
    "points",
    "misconceptions",
    "flags",
    "closest_question",
    "grader",
    "second_opinion",
    "milliseconds",
}


def test_the_topics_are_listed(coach: Coach):
    outcome = coach("topics")

    assert outcome.status == 0
    assert re.search(r"^monitoring +2 questions ", outcome.out, re.MULTILINE)


def test_the_topics_are_listed_in_json(coach: Coach):
    outcome = coach("topics", "--json")

    assert [set(topic) for topic in outcome.json] == [{"id", "title", "summary", "questions"}] * 3
    assert [t["id"] for t in outcome.json] == ["deep-learning", "interpretability", "monitoring"]


def test_listing_makes_no_database(coach: Coach, home: Path):
    coach("topics")

    assert not (home / "coach.sqlite3").exists()


@pytest.mark.parametrize("about", ["drift", "concept drift", "“Concept drift”", DRIFT])
def test_a_question_is_shown_by_name(coach: Coach, about: str):
    outcome = coach("ask", *about.split())

    assert outcome.out.startswith("What is concept drift")
    assert f"coach grade {DRIFT}" in outcome.out


def test_a_question_of_a_topic_is_shown_in_json(coach: Coach):
    outcome = coach("ask", "monitoring", "--json")

    assert outcome.json["topic"] == "monitoring"
    assert set(outcome.json) == {
        "question_id",
        "topic",
        "kind",
        "difficulty",
        "tags",
        "prompt",
        "points",
    }


def test_showing_a_question_twice_shows_the_same_and_stores_nothing(coach: Coach, home: Path):
    first, second = coach("ask"), coach("ask")

    assert first == second
    assert first.status == 0
    assert rows(home / "coach.sqlite3", "SELECT * FROM asks") == []


@pytest.mark.usefixtures("corpus")
def test_free_words_lead_to_a_question(coach: Coach):
    outcome = coach("ask", "why", "do", "the", "first", "layers", "hardly", "learn", "--json")

    assert outcome.json["question_id"] == "deep-learning/vanishing-gradients"


@pytest.mark.usefixtures("corpus")
class TestGrading:
    def test_a_grade_in_json_has_exactly_the_documented_keys(self, coach: Coach):
        outcome = coach("grade", DRIFT, "--answer", GOOD, "--json")

        grade = outcome.json
        assert outcome.status == 0
        assert set(grade) == KEYS
        assert grade["question_id"] == DRIFT
        assert 0 < grade["score"] <= 1
        assert {frozenset(point) for point in grade["points"]} == {
            frozenset(
                {
                    "id",
                    "text",
                    "role",
                    "weight",
                    "status",
                    "credit",
                    "opposed",
                    "unsure",
                    "evidence",
                }
            )
        }
        assert set(grade["grader"]) == {"version", "model", "second_opinion"}
        assert all(
            point["evidence"] is None or point["evidence"] in GOOD for point in grade["points"]
        )

    def test_an_answer_is_taken_from_option_file_and_stdin_alike(
        self, coach: Coach, tmp_path: Path
    ):
        (tmp_path / "answer.txt").write_text(GOOD, encoding="utf-8")

        grades = [
            coach("grade", "drift", "--answer", GOOD, "--json").json,
            coach("grade", "drift", "--answer-file", "answer.txt", "--json").json,
            coach("grade", "drift", "--json", stdin=GOOD.encode()).json,
        ]

        for grade in grades:
            grade.pop("milliseconds")
        assert grades[0] == grades[1] == grades[2]

    def test_a_grade_is_shown_as_feedback_with_evidence_and_not_stored(
        self, coach: Coach, home: Path
    ):
        outcome = coach("grade", "drift", "--answer", GOOD)

        assert outcome.out.startswith("Score: ")
        assert "you wrote: “" in outcome.out
        assert not (home / "coach.sqlite3").exists()

    def test_a_second_opinion_is_named_in_one_line_and_in_json(self, coach: Coach, tmp_path: Path):
        model = str(save_tiny_nli(tmp_path / "tiny-nli"))

        plain = coach("grade", "drift", "--answer", GOOD)
        shown = coach("grade", "drift", "--answer", GOOD, COACH_NLI_MODEL=model)
        document = coach("grade", "drift", "--answer", GOOD, "--json", COACH_NLI_MODEL=model)

        name = document.json["grader"]["second_opinion"]
        assert name.startswith("tiny-nli-")
        assert shown.out.count(f"Second opinion: {name}.") == 1
        assert "Second opinion" not in plain.out

    @pytest.mark.parametrize("by_file", [True, False])
    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "no words"),
            (b" \n\t", "no words"),
            (b"\x89PNG\r\n\x1a\n\x00\xff", "no text"),
            ("A drift.".encode("utf-16"), "no text"),
            (b"a\x00b", "no text"),
            (b"a word " * 700, "characters"),
            (b"a word " * 7_000_000, "characters"),
            ("ä".encode() * 499_999 + "a€€".encode(), "characters"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_what_is_no_answer_is_refused_before_the_model_loads(
        self, coach: Coach, tmp_path: Path, *, content: bytes, told: str, by_file: bool
    ):
        (tmp_path / "answer.txt").write_bytes(content)
        given = ("--answer-file", "answer.txt") if by_file else ()

        outcome = coach(
            "grade", "drift", "--json", *given, stdin=content, COACH_MODEL=str(tmp_path / "none")
        )

        assert outcome.status == 1
        assert outcome.out == ""
        assert told in outcome.err
        assert outcome.err.count("\n") == 1

    def test_an_argument_that_is_not_utf8_is_graded_and_printed(self, coach: Coach):
        outcome = coach(
            "grade", "drift", "--json", "--answer", GOOD.replace(" time", " \udcff time")
        )

        assert outcome.status == 0
        assert outcome.json["score"] > 0
        assert outcome.out.encode("utf-8")


def test_the_log_goes_to_the_home_and_not_to_the_screen(coach: Coach, home: Path):
    outcome = coach("topics", COACH_LOG_LEVEL="DEBUG")
    logging.getLogger("bot.test").info("a remark")

    assert outcome.err == ""
    assert "a remark" in (home / "coach.log").read_text(encoding="utf-8")
