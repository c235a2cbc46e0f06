"""Replicas on one PostgreSQL server write side by side, and nothing is lost or done twice."""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bot.bootstrap.storage import Storage, storage_of
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.deduplication import mark_done
from bot.core.errors import DatabaseLocked, DeliveredBefore
from bot.core.practice.answering import Answering
from bot.core.practice.consequences import update_ratings
from bot.core.practice.ratings import Elo, update
from bot.settings import Settings
from bot.storage.engine import make_engine
from bot.storage.locks import ALONGSIDE
from bot.storage.orm import AttemptRow, ChannelRow, CommunityRow, LearnerRow
from bot.storage.unit_of_work import SqlUnitOfWork
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_grade, a_user
from tests.core.samples import DRIFT
from tests.databases import MakeUnitOfWork, units_of
from tests.fakes import FakeGrader, FixedClock

PLACE = Place("guild", "channel", "Guild", "general")
REPLICAS = 4


@pytest.fixture
def replicas(server_database: str) -> Iterator[list[Engine]]:
    """Connections as several programs have them, that wait for each other for a moment only."""
    engines = [make_engine(server_database, busy_seconds=0.2) for _ in range(2)]
    yield engines
    for engine in engines:
        engine.dispose()


def alongside(engine: Engine) -> MakeUnitOfWork:
    return units_of(engine.execution_options(**{ALONGSIDE: True}))


def test_answers_of_two_learners_are_stored_side_by_side(replicas: list[Engine]) -> None:
    one, other = map(alongside, replicas)
    for work, name in ((one, "Ada"), (other, "Grace")):
        with work() as uow:
            register_presence(uow, a_user(name), PLACE, NOON)
            uow.commit()
    with one() as ada, other() as grace:
        for uow, name in ((ada, "Ada"), (grace, "Grace")):
            learner = uow.learners.find(a_user(name))
            assert learner
            ask = uow.asks.add(learner.id, DRIFT, NOON)
            uow.attempts.add(ask, "An answer.", NOON)
        grace.commit()
        ada.commit()
    with one() as uow:
        assert len(uow.attempts.pending()) == 2


def test_two_transactions_about_one_learner_wait_for_each_other(replicas: list[Engine]) -> None:
    one, other = map(alongside, replicas)
    with one() as uow:
        uow.learners.register(a_user(), NOON)
        uow.commit()
    with one() as first:
        first.learners.find(a_user())
        with pytest.raises(DatabaseLocked), other() as second:
            second.learners.find(a_user())


@pytest.mark.parametrize("first_alone", [True, False])
def test_what_is_alone_overlaps_with_nothing(replicas: list[Engine], *, first_alone: bool) -> None:
    kinds = (units_of, alongside) if first_alone else (alongside, units_of)
    one, other = (kind(engine) for kind, engine in zip(kinds, replicas, strict=True))
    with one() as first:
        first.learners.find(a_user())
        with pytest.raises(DatabaseLocked), other() as second:
            second.learners.find(a_user())


def test_what_another_has_changed_while_one_waited_is_seen(server_database: str) -> None:
    engines = [make_engine(server_database, busy_seconds=30) for _ in range(2)]
    one, other = map(alongside, engines)
    with one() as uow:
        learner = uow.learners.register(a_user(display_name="Ada"), NOON)
        uow.commit()
    names: list[str] = []

    def look() -> None:
        with other() as uow:
            found = uow.learners.find(a_user())
            assert found
            names.append(found.display_name)

    with one() as uow:
        uow.learners.find(a_user())
        thread = threading.Thread(target=look)
        thread.start()
        _until_somebody_waits(engines[0])
        change = text("UPDATE learners SET display_name = 'Countess' WHERE id = :id")
        uow._session.execute(change, {"id": learner.id})
        uow.commit()
    thread.join()
    assert names == ["Countess"]
    for engine in engines:
        engine.dispose()


def _until_somebody_waits(engine: Engine) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with Session(engine.execution_options(coach_reading=True)) as session:
        while not session.scalar(waiting):
            session.rollback()


def test_a_rush_on_several_replicas_loses_and_doubles_nothing(
    server_database: str, tmp_path_factory: pytest.TempPathFactory, bank: QuestionBank
) -> None:
    """Everybody registers at once, each delivery comes to each replica, and so does each grade."""
    learners = [f"learner {number}" for number in range(6)]
    stores = [_storage(server_database) for _ in range(REPLICAS)]
    before: list[str] = []

    def serve(storage: Storage) -> None:
        for name in learners:
            user = a_user(name)
            try:
                with storage.storing() as uow:
                    mark_done(uow, f"delivery of {name}", NOON)
                    here = register_presence(uow, user, PLACE, NOON)
                    where = {"community_id": here.community_id, "channel_id": here.channel_id}
                    ask = uow.asks.add(here.learner.id, DRIFT, NOON, **where)
                    uow.attempts.add(ask, f"An answer by {name}.", NOON)
                    uow.commit()
            except DeliveredBefore:
                before.append(name)
        answering = Answering(bank, FakeGrader(), storage.grading, FixedClock(), (update_ratings,))
        list(answering.grade_pending())

    _at_once(serve, stores)

    with stores[0].unit_of_work() as uow:
        assert isinstance(uow, SqlUnitOfWork)
        counts = {
            row.__tablename__: uow._session.scalar(select(func.count()).select_from(row))
            for row in (LearnerRow, CommunityRow, ChannelRow, AttemptRow)
        }
        difficulty = uow.elos.difficulties()[DRIFT]
        assert not uow.attempts.pending()
    assert counts == {"learners": 6, "communities": 1, "channels": 1, "attempts": 6}
    assert sorted(before) == sorted(learners * (REPLICAS - 1))
    assert difficulty == _after_games(bank, len(learners))


def _after_games(bank: QuestionBank, games: int) -> Elo:
    """How hard a question is after so many learners were graded alike, one after the other."""
    from bot.core.practice.selection import difficulty_of, skill_in

    question = bank.get(DRIFT)
    difficulty = difficulty_of(question, {})
    for _ in range(games):
        _, difficulty = update(skill_in(question.topic, {}), difficulty, a_grade().score)
    return difficulty


def _storage(url: str) -> Storage:
    return storage_of(Settings.model_validate({"database": url, "busy_seconds": 60}))


def _at_once(work: Callable[[Storage], None], stores: list[Storage]) -> None:
    failed: list[BaseException] = []

    def guarded(storage: Storage) -> None:
        try:
            work(storage)
        except BaseException as problem:  # noqa: BLE001 told by the test
            failed.append(problem)

    threads = [threading.Thread(target=guarded, args=(storage,)) for storage in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
