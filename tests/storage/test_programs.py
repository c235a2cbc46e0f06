"""Several programs on one server know each other, and leave to each other what it is at."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, create_engine

from bot.core.coach.late_grades import IN_WORK, LateGrades
from bot.core.deduplication import EventDeduplicator, mark_owed
from bot.core.notifications.service import Notices
from bot.core.practice.answering import Answering
from bot.storage.engine import BUSY_SECONDS, make_engine, url_of
from bot.storage.programs import others_of
from knowledge.bank import QuestionBank
from tests.builders import a_user
from tests.core.samples import ANSWER, coach_of
from tests.databases import MakeUnitOfWork, units_of
from tests.fakes import FakeGrader, FixedClock

ADA = a_user("ada")
GONE_SECONDS = 30.0


class Program:
    """A coach with connections of its own."""

    def __init__(self, bank: QuestionBank, url: str, clock: FixedClock) -> None:
        self.url = url
        self.engine: Engine = make_engine(url, BUSY_SECONDS)
        self.work: MakeUnitOfWork = units_of(self.engine)
        answering = Answering(bank, FakeGrader(), self.work, clock)
        self.coach = coach_of(bank, answering, self.work, clock)
        self.owed = LateGrades(bank, answering, self.coach, self.work, clock)
        self.deliveries = EventDeduplicator(self.work, clock)
        self.notices = Notices(self.work, clock)

    def die(self) -> None:
        """Lose every connection, as whoever is killed does; the server notices a little later."""
        with self.work() as uow:
            mine = uow.programs.mine
        self.engine.dispose()
        # Who waits here has a connection that is no program's, or it would be one more to wait for.
        watching = create_engine(url_of(self.url))
        ends = monotonic() + GONE_SECONDS
        with watching.connect() as connection:
            while mine in (others_of(connection) or ()) and monotonic() < ends:
                connection.rollback()  # the server lists anew in each transaction
                sleep(0.02)
        watching.dispose()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def start(
    bank: QuestionBank, server_database: str, clock: FixedClock
) -> Iterator[Callable[[], Program]]:
    started: list[Program] = []

    def begin() -> Program:
        started.append(Program(bank, server_database, clock))
        return started[-1]

    yield begin
    for each in started:
        each.die()


def test_programs_on_a_server_see_each_other_come_and_go(start: Callable[[], Program]):
    one, other = start(), start()
    with one.work() as uow:
        assert uow.programs.others() == frozenset()
        mine = uow.programs.mine
    with other.work() as uow:
        assert uow.programs.others() == {mine}
        assert uow.programs.mine != mine
    one.die()
    with other.work() as uow:
        assert uow.programs.others() == frozenset()


def test_of_a_file_nobody_knows_who_has_it_open(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        assert uow.programs.others() is None
        assert uow.programs.mine


def test_an_answer_that_another_program_grades_is_left_to_it_until_that_is_gone(
    start: Callable[[], Program], clock: FixedClock
):
    takes = start()
    takes.coach.ask(ADA, "drift")
    takes.coach.take_answer(ADA, ANSWER)
    clock.pass_by(timedelta(seconds=1))
    starts = start()
    clock.pass_by(timedelta(seconds=1))

    assert starts.owed.complete() == 0
    takes.die()

    assert starts.owed.complete() == 1
    assert len(starts.notices.waiting(ADA)) == 1
    assert starts.owed.complete() == 0


def test_an_answer_is_taken_from_a_program_that_hangs(
    start: Callable[[], Program], clock: FixedClock
):
    hangs, other = start(), start()
    hangs.coach.ask(ADA, "drift")
    hangs.coach.take_answer(ADA, ANSWER)
    clock.pass_by(IN_WORK)

    assert other.owed.complete() == 1


def test_a_reply_that_another_program_is_about_to_show_is_left_to_it(
    start: Callable[[], Program], clock: FixedClock
):
    shows, starts = start(), start()
    shows.deliveries.begin("slack:view:1", "a form")
    with shows.work() as uow:
        mark_owed(uow, "slack:event:1", "7 [a form]", clock.now())
        uow.commit()

    assert starts.deliveries.left("") == ()
    shows.die()

    left = starts.deliveries.left("")
    assert {each.about for each in left} == {"a form", "7 [a form]"}
    assert starts.deliveries.left("", at_start=False) == left


def test_what_a_dead_program_left_is_taken_over_by_one_other(
    start: Callable[[], Program], clock: FixedClock
):
    dies, quicker, slower = start(), start(), start()
    dies.deliveries.begin("slack:view:1", "a form")
    dies.die()
    clock.pass_by(timedelta(seconds=1))
    (left,) = slower.deliveries.left("")

    assert quicker.deliveries.take_over(left)

    assert not slower.deliveries.take_over(left)
    assert slower.deliveries.left("") == ()
    assert quicker.deliveries.left("", at_start=False) == ()
    quicker.die()
    assert slower.deliveries.left("") == (left,)


def test_on_a_file_only_an_earlier_run_left_something(
    unit_of_work: MakeUnitOfWork, clock: FixedClock
):
    deliveries = EventDeduplicator(unit_of_work, clock)
    deliveries.begin("slack:view:1", "a form")

    assert [each.key for each in deliveries.left("")] == ["slack:view:1"]
    assert deliveries.left("", at_start=False) == ()
