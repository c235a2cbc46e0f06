"""A second opinion as an operator sets it up, asked by the real grader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.bootstrap.grading import opinion_of, outside_of
from bot.settings import Settings
from grading.grade import OpinionOutcome, PointStatus
from grading.second_opinion import NliModel
from tests.grading import answers
from tests.grading.chat_server import Server, says, serving
from tests.grading.test_revision import UnsureGrader

KEY = "sk-secret-0815"


@pytest.fixture(autouse=True)
def _only_these_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as house:
        monkeypatch.setenv("COACH_OPINION__URL", house.url)
        monkeypatch.setenv("COACH_OPINION__MODEL", "tiny")
        yield house


def test_nobody_is_asked_by_default():
    settings = Settings()

    assert opinion_of(settings) is None
    assert outside_of(settings) is None


def test_a_model_on_this_machine_is_not_outside():
    settings = Settings(nli_model="nowhere/nli")

    assert isinstance(opinion_of(settings), NliModel)
    assert outside_of(settings) is None


def test_a_contradiction_that_the_model_sees_and_quotes_takes_the_points_credit(
    server, corpus, grader, bank
):
    drift = bank.get("monitoring/concept-drift")
    server.behave = lambda handler: handler.say(says("contradicts"))
    own = grader.grade(drift, answers.RIGHT)
    (first, *others) = [point for point in own.points if point.evidence is not None]
    opinion = opinion_of(Settings())

    grade = UnsureGrader(corpus, second_opinion=opinion, of={first.id}).grade(drift, answers.RIGHT)

    assert server.pairs() == [{"id": 1, "sentence": first.evidence, "point": first.text}]
    assert grade.second_opinion is OpinionOutcome.ANSWERED
    assert grade.grader.second_opinion == opinion.model_id
    wrong = [point for point in grade.points if point.status is PointStatus.CONTRADICTED]
    assert [(point.id, point.credit, point.evidence) for point in wrong] == [
        (first.id, 0, first.evidence)
    ]
    assert {point.id for point in others} <= {p.id for p in grade.points if p.credit}


def test_the_days_cap_outlives_a_restart_and_is_told_in_the_grade(
    server, corpus, grader, bank, monkeypatch
):
    monkeypatch.setenv("COACH_OPINION__CALLS_A_DAY", "1")
    drift = bank.get("monitoring/concept-drift")

    grades = [
        UnsureGrader(corpus, second_opinion=opinion_of(Settings())).grade(drift, answers.RIGHT)
        for _ in range(2)
    ]

    assert [grade.second_opinion for grade in grades] == [
        OpinionOutcome.ANSWERED,
        OpinionOutcome.CAP_REACHED,
    ]
    assert grades[1].points == tuple(
        point.model_copy(update={"unsure": grades[1].points[row].unsure})
        for row, point in enumerate(grader.grade(drift, answers.RIGHT).points)
    )
    assert len(server.received) == 1


def test_the_key_comes_from_the_environment_or_a_file(server, monkeypatch, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"  {KEY}-of-a-file\n", encoding="utf-8")
    monkeypatch.setenv("COACH_OPINION__KEY_FILE", str(file))
    opinion_of(Settings()).judge([("It changes.", "It changes.")])
    monkeypatch.delenv("COACH_OPINION__KEY_FILE")
    monkeypatch.setenv("COACH_OPINION__KEY", KEY)
    opinion_of(Settings()).judge([("It changes.", "It changes.")])

    sent = [headers["Authorization"] for _, headers, _ in server.received]
    assert sent == [f"Bearer {KEY}-of-a-file", f"Bearer {KEY}"]
    assert KEY not in f"{Settings()!r} {Settings()} {Settings().model_dump_json()}"


@pytest.mark.usefixtures("server")
def test_what_is_no_key_is_refused_without_being_told(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("schlüssel", encoding="utf-8")
    monkeypatch.setenv("COACH_OPINION__KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(ValidationError, match="one word of plain letters") as raised:
        Settings()
    assert "schlüssel" not in str(raised.value)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"URL": "http://localhost/v1"}, "COACH_OPINION__MODEL"),
        ({"MODEL": "tiny"}, "COACH_OPINION__URL"),
        ({"URL": "http://api.openai.com/v1", "MODEL": "tiny"}, "write https"),
        ({"URL": f"https://me:{KEY}@host/v1", "MODEL": "tiny"}, "write a URL"),
        ({"URL": "http://localhost/v1", "MODEL": "tiny", "KEY": f"{KEY}\r\nX: 1"}, "one word"),
        ({"URL": "http://localhost/v1", "MODEL": "tiny", "SECONDS": "0"}, "seconds"),
        ({"URL": "http://localhost/v1", "MODEL": "tiny", "CALLS_A_DAY": "0"}, "calls_a_day"),
        ({"URL": "http://localhost/v1", "MODEL": "tiny", "TOKENS_A_DAY": "9"}, "tokens_a_day"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_remedy(monkeypatch, chosen, told):
    for name, value in chosen.items():
        monkeypatch.setenv(f"COACH_OPINION__{name}", value)

    with pytest.raises(ValidationError, match=told) as raised:
        Settings()

    assert KEY not in str(raised.value)


@pytest.mark.usefixtures("server")
def test_two_kinds_of_second_opinion_are_one_too_many(monkeypatch):
    monkeypatch.setenv("COACH_NLI_MODEL", "nowhere/nli")

    with pytest.raises(ValidationError, match="not both"):
        Settings()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://192.168.1.9:8000/v1", "a language model in the network of whoever runs me"),
        ("https://api.openai.com/v1", "the language model tiny at api.openai.com"),
    ],
)
def test_learners_are_told_where_sentences_go(monkeypatch, url, words):
    monkeypatch.setenv("COACH_OPINION__URL", url)
    monkeypatch.setenv("COACH_OPINION__MODEL", "tiny")

    assert outside_of(Settings()) == words
