from pathlib import Path

from bot.settings import Settings
from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade
from tests.application import move_in
from tests.builders import NOON, a_grade, a_user
from tests.cli.conftest import Coach
from tests.databases import units_of

DRIFT = "monitoring/concept-drift"


def answered(home: Path, people: int, score: float = 0.05) -> None:
    move_in(home / "coach.sqlite3")
    settings = Settings(home=home)
    upgrade(settings.database_url, settings.backups)
    engine = make_engine(settings.database_url)
    with units_of(engine)() as uow:
        for number in range(people):
            learner = uow.learners.register(a_user(str(number)), NOON)
            ask = uow.asks.add(learner.id, DRIFT, NOON)
            attempt = uow.attempts.add(ask, "secret words", NOON)
            uow.attempts.record_grade(attempt.id, a_grade(DRIFT, score=score), NOON)
        uow.commit()
    engine.dispose()


def test_without_answers_there_is_a_sentence(coach: Coach):
    outcome = coach("questions", "stats")

    assert outcome.status == 0
    assert outcome.out == "No question has a graded answer yet.\n"
    assert coach("questions", "stats", "--json").json == []


def test_questions_are_told_with_figures_and_doubts(coach: Coach, home: Path):
    answered(home, 5)

    outcome = coach("questions", "stats")

    assert outcome.out.startswith("concept-drift: 5 answers, 5 %. In doubt: hardly anybody")
    assert "secret" not in outcome.out


def test_the_document_has_every_figure(coach: Coach, home: Path):
    answered(home, 2, 0.7)

    (one,) = coach("questions", "stats", "--json").json

    assert one == {
        "question_id": DRIFT,
        "answers": 2,
        "mean": 0.7,
        "difficulty": 0.3,
        "discrimination": None,
        "elo": None,
        "bands": {"none": 0, "weak": 0, "partial": 0, "good": 2, "strong": 0},
        "most_missed": None,
        "flags": 0,
        "concerns": [],
    }
