"""`coach report drift`: real figures of a database, and sentences where there are none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade
from knowledge.bank import QuestionBank
from tests.builders import a_grade, a_user
from tests.cli.conftest import Coach
from tests.databases import units_of


def answered(home: Path, bank: QuestionBank, month: int, score: float, answers: int = 10) -> None:
    """Let ten people answer some questions in a month of 2024."""
    settings, at = Settings(home=home), datetime(2024, month, 5, tzinfo=UTC)
    upgrade(settings.database_url, settings.backups)
    engine = make_engine(settings.database_url)
    with units_of(engine)() as uow:
        for number in range(10):
            learner = uow.learners.register(a_user(f"{month}-{number}"), at)
            for question in list(bank)[:answers]:
                attempt = uow.attempts.add(uow.asks.add(learner.id, question.id, at), "", at)
                grade = a_grade(question.id, score=round(score + number / 50, 2))
                uow.attempts.record_grade(attempt.id, grade, at)
        uow.commit()
    engine.dispose()


def test_without_answers_there_is_a_sentence(coach: Coach):
    outcome = coach("report", "drift")

    assert (outcome.status, outcome.out) == (1, "")
    assert "no graded answers yet" in outcome.err


@pytest.mark.parametrize("month", ["soon", "2024-13", "2024-1", "0000-01", "२०२४-०१"])
def test_what_is_no_month_is_refused(coach: Coach, month: str):
    outcome = coach("report", "drift", "--month", month)

    assert outcome.status == 1
    assert "as a month. Write one like 2026-11." in outcome.err


def test_scores_that_fell_are_told_in_words_and_in_a_document(
    coach: Coach, home: Path, bank: QuestionBank
):
    answered(home, bank, 1, 0.7)
    answered(home, bank, 6, 0.2)

    told = coach("report", "drift", "--month", "2024-06")
    assert told.status == 0
    assert told.out.splitlines()[0] == (
        "2024-06 (100 answers by 10 people) beside 2024-01 to 2024-03 (100 answers by 10 people)"
    )
    assert "Scores: a large change (PSI" in told.out
    assert "too few of their texts are still kept" in told.out

    document = coach("report", "drift", "--month", "2024-06", "--json").json
    assert (document["enough"], document["tests"], document["adjusted_by"]) == (True, 1, "holm")
    assert document["baseline"]["first"] == "2024-01"
    assert document["month"]["people"] == 10
    (shift,) = document["shifts"]
    assert (shift["what"], shift["verdict"], shift["ks"]) == ("scores", "large", 1.0)


def test_too_few_are_said_to_be_too_few(coach: Coach, home: Path, bank: QuestionBank):
    answered(home, bank, 1, 0.7)
    answered(home, bank, 6, 0.2, answers=2)

    assert "Too few to say anything" in coach("report", "drift", "--month", "2024-06").out
    document = coach("report", "drift", "--month", "2024-06", "--json").json
    assert (document["enough"], document["shifts"]) == (False, [])
