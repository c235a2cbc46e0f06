"""Grades are stored packed: the same texts, in a third of their size."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.storage.orm.packed import pack, unpack
from tests.builders import NOON, a_grade, a_user
from tests.databases import units_of


@given(st.text())
def test_every_text_comes_back_as_it_was(words: str) -> None:
    assert unpack(pack(words)) == words


def test_a_grade_takes_a_third_of_its_size() -> None:
    points = a_grade().points * 6
    grade = a_grade().model_copy(update={"points": points}).model_dump_json()

    assert len(pack(grade)) < len(grade.encode()) / 3


def test_what_an_earlier_version_stored_is_read() -> None:
    """Whoever changes the phrases needs another first byte for them."""
    stored = "01430ff144fd24e4403785073a38a06b01"

    assert unpack(bytes.fromhex(stored)) == '{"question_id":"a/b","score":0.5,"band":"good"}'


def test_the_table_holds_the_packed_form_and_the_repository_the_grade(every_engine: Engine) -> None:
    work = units_of(every_engine)
    with work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        attempt = uow.attempts.add(uow.asks.add(learner.id, "a/b", NOON), "An answer.", NOON)
        uow.attempts.record_grade(attempt.id, a_grade(), NOON)
        uow.commit()
    with every_engine.connect() as connection:
        stored = connection.scalar(text("SELECT grade FROM attempts"))
    assert unpack(bytes(stored)) == a_grade().model_dump_json()
