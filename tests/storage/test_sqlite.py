"""What holds for SQLite alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from tests.builders import NOON, a_user
from tests.storage.conftest import MakeUnitOfWork


def test_pending_attempts_are_found_by_their_index(engine: Engine) -> None:
    with engine.connect() as connection:
        query = "EXPLAIN QUERY PLAN SELECT * FROM attempts WHERE graded_at IS NULL ORDER BY id"
        assert "ix_attempts_pending" in str(connection.execute(text(query)).all())


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("question_id = 'a/b' ORDER BY id DESC LIMIT 1", "ix_attempts_learner_id_question_id_id"),
        ("graded_at IS NOT NULL ORDER BY id DESC LIMIT 8", "ix_attempts_learner_id_id"),
    ],
)
def test_a_learners_answers_are_found_by_an_index(engine: Engine, asked: str, index: str) -> None:
    query = f"EXPLAIN QUERY PLAN SELECT * FROM attempts WHERE learner_id = 1 AND {asked}"  # noqa: S608
    with engine.connect() as connection:
        plan = str(connection.execute(text(query)).all())
    assert index in plan
    assert "TEMP B-TREE" not in plan


@given(before=st.text("aé"), after=st.text("aé"))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_of_an_answer_ends_at_a_nul(
    unit_of_work: MakeUnitOfWork, before: str, after: str
) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        ask = uow.asks.add(learner.id, "a/b", NOON)
        added = uow.attempts.add(ask, f"{before}\0{after}", NOON)
        uow.commit()
    with unit_of_work() as uow:
        found = uow.attempts.get(added.id)
    assert found is not None
    assert found.answer == f"{before}\0{after}"
