from datetime import timedelta

import pytest

from bot.core.deduplication import LEASE, EventDeduplicator, Taken, mark_done
from bot.core.errors import DeliveredBefore
from bot.core.ports import HandledState
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

KEY = "slack:event:Ev1"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def deliveries(unit_of_work: MakeUnitOfWork, clock: FixedClock) -> EventDeduplicator:
    return EventDeduplicator(unit_of_work, clock)


def test_an_event_is_taken_once(deliveries: EventDeduplicator) -> None:
    assert deliveries.begin(KEY) is Taken.NEW
    assert deliveries.begin(KEY) is Taken.IN_WORK
    assert deliveries.known(KEY) == (HandledState.BEGUN, "")
    deliveries.finish(KEY, "1700000000.000100")
    assert deliveries.begin(KEY) is Taken.DONE
    assert deliveries.known(KEY) == (HandledState.DONE, "1700000000.000100")


def test_work_that_never_ended_is_taken_again_after_its_lease(
    deliveries: EventDeduplicator, clock: FixedClock
) -> None:
    assert deliveries.begin(KEY) is Taken.NEW
    clock.pass_by(LEASE - timedelta(seconds=1))
    assert deliveries.begin(KEY) is Taken.IN_WORK
    clock.pass_by(timedelta(seconds=1))
    assert deliveries.begin(KEY) is Taken.NEW


def test_work_that_failed_is_taken_again_at_once(deliveries: EventDeduplicator) -> None:
    assert deliveries.begin(KEY, "a thread") is Taken.NEW
    assert deliveries.known(KEY) == (HandledState.BEGUN, "a thread")
    deliveries.release(KEY)
    assert deliveries.known(KEY) == (None, "")
    assert deliveries.begin(KEY) is Taken.NEW


def test_what_is_done_stays_done_for_long(deliveries: EventDeduplicator, clock: FixedClock) -> None:
    deliveries.begin(KEY)
    deliveries.finish(KEY)
    clock.pass_by(10 * LEASE)
    assert deliveries.begin(KEY) is Taken.DONE


def test_what_is_done_in_a_transaction_is_done_once(
    deliveries: EventDeduplicator, unit_of_work: MakeUnitOfWork, clock: FixedClock
) -> None:
    deliveries.begin(KEY)
    with unit_of_work() as uow:
        mark_done(uow, KEY, clock.now())
        uow.commit()
    assert deliveries.begin(KEY) is Taken.DONE
    with unit_of_work() as uow, pytest.raises(DeliveredBefore):
        mark_done(uow, KEY, clock.now())
    deliveries.release(KEY)
    assert deliveries.begin(KEY) is Taken.DONE


def test_what_was_not_committed_is_not_done(
    deliveries: EventDeduplicator, unit_of_work: MakeUnitOfWork, clock: FixedClock
) -> None:
    with unit_of_work() as uow:
        mark_done(uow, KEY, clock.now())
    assert deliveries.begin(KEY) is Taken.NEW
