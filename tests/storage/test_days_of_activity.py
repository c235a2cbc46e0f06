"""Earlier answers become days of activity, each on the day of its learner."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, text

from bot.storage.engine import make_engine
from grading.grade import Flag
from tests.builders import a_grade
from tests.storage.test_history import config

BEFORE = "b90e3f7d5c18"
AFTER = "4c8e17a95d20"

LEARNERS = [(1, None, 4), (2, "Asia/Kolkata", 4), (3, "Pacific/Apia", 4), (4, "Mars/Base", 0)]
"""Id, zone, hour at which the day starts; the last zone is of no database."""

ANSWERS = [
    # learner, when in UTC, flag, the local day that it counts for
    (1, datetime(2024, 3, 1, 3, 59, tzinfo=UTC), None, date(2024, 2, 29)),
    (1, datetime(2024, 3, 1, 3, 59, 59, tzinfo=UTC), None, None),
    (1, datetime(2024, 3, 1, 4, 0, tzinfo=UTC), Flag.NOT_ENGLISH, date(2024, 3, 1)),
    (2, datetime(2024, 3, 1, 22, 29, tzinfo=UTC), None, date(2024, 3, 1)),
    (2, datetime(2024, 3, 1, 22, 30, tzinfo=UTC), None, date(2024, 3, 2)),
    (2, datetime(2024, 3, 4, 12, 0, tzinfo=UTC), Flag.DONT_KNOW, None),
    (2, datetime(2024, 3, 5, 12, 0, tzinfo=UTC), Flag.ECHO, None),
    (3, datetime(2011, 12, 30, 12, 0, tzinfo=UTC), None, date(2011, 12, 29)),
    (3, datetime(2011, 12, 30, 14, 0, tzinfo=UTC), None, date(2011, 12, 31)),
    (4, datetime(2024, 3, 1, 1, 0, tzinfo=UTC), None, date(2024, 3, 1)),
]
"""The second of a day is not its first answer; Apia had no 30th; Mars counts as UTC does."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the version before, with answers."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/coach.sqlite3"
    else:
        url = request.getfixturevalue("empty_server_database")
    command.upgrade(config(url), BEFORE)
    engine = make_engine(url)
    with engine.begin() as connection:
        _fill(connection)
    engine.dispose()
    return url


def _fill(connection: Connection) -> None:
    for number, zone, starts in LEARNERS:
        connection.execute(
            text(
                "INSERT INTO learners (id, display_name, joined_at, zone, day_starts) "
                "VALUES (:id, 'Ada', :at, :zone, :starts)"
            ),
            {"id": number, "at": ANSWERS[0][1], "zone": zone, "starts": starts},
        )
    for number, (learner, at, flag, _day) in enumerate(ANSWERS, 1):
        grade = a_grade().model_copy(update={"flags": (flag,) if flag else ()})
        _answer(connection, number, learner, at, grade.model_dump_json())
    _answer(connection, len(ANSWERS) + 1, 4, datetime(2024, 5, 5, tzinfo=UTC), None)


def _answer(
    connection: Connection, number: int, learner: int, at: datetime, grade: str | None
) -> None:
    values = {"id": number, "learner": learner, "at": at, "no": False, "grade": grade}
    connection.execute(
        text(
            "INSERT INTO asks (id, learner_id, question_id, asked_at, state, hints) "
            "VALUES (:id, :learner, 'a/b', :at, 'answered', 0)"
        ),
        values,
    )
    connection.execute(
        text(
            "INSERT INTO attempts (id, ask_id, learner_id, question_id, answer, submitted_at, "
            "hints_used, assisted, grade, graded_at) "
            "VALUES (:id, :id, :learner, 'a/b', 'words', :at, 0, :no, :grade, :graded)"
        ),
        values | {"graded": at if grade else None},
    )


def days(engine: Engine) -> list[tuple[int, date, int]]:
    query = "SELECT learner_id, day, attempt_id FROM activity_days ORDER BY attempt_id"
    with engine.connect() as connection:
        found = connection.execute(text(query)).all()
    return [(one, date.fromisoformat(str(day)), attempt) for one, day, attempt in found]


def test_each_earlier_answer_that_counts_makes_its_day(url: str) -> None:
    command.upgrade(config(url), AFTER)

    engine = make_engine(url)
    assert days(engine) == [
        (learner, day, number)
        for number, (learner, _at, _flag, day) in enumerate(ANSWERS, 1)
        if day
    ]
    engine.dispose()


def test_an_empty_database_has_no_days(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/empty.sqlite3"
    command.upgrade(config(url), AFTER)

    engine = make_engine(url)
    assert days(engine) == []
    engine.dispose()
