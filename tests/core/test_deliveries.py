from datetime import timedelta

import pytest

from bot.core.deliveries import LEASE, Deliveries
from bot.core.ports.handled import HandledState
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

KEY = "slack:event:Ev1"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def deliveries(unit_of_work: MakeUnitOfWork, clock: FixedClock) -> Deliveries:
    return Deliveries(unit_of_work, clock)


def test_an_event_is_taken_once(deliveries: Deliveries) -> None:
    assert deliveries.begin(KEY)
    assert not deliveries.begin(KEY)
    assert deliveries.known(KEY) == (HandledState.BEGUN, "")
    deliveries.finish(KEY, "1700000000.000100")
    assert not deliveries.begin(KEY)
    assert deliveries.known(KEY) == (HandledState.DONE, "1700000000.000100")


def test_work_that_never_ended_is_taken_again_after_its_lease(
    deliveries: Deliveries, clock: FixedClock
) -> None:
    assert deliveries.begin(KEY)
    clock.pass_by(LEASE - timedelta(seconds=1))
    assert not deliveries.begin(KEY)
    clock.pass_by(timedelta(seconds=1))
    assert deliveries.begin(KEY)


def test_work_that_failed_is_taken_again_at_once(deliveries: Deliveries) -> None:
    assert deliveries.begin(KEY, "a thread")
    assert deliveries.known(KEY) == (HandledState.BEGUN, "a thread")
    deliveries.release(KEY)
    assert deliveries.known(KEY) == (None, "")
    assert deliveries.begin(KEY)


def test_what_is_done_stays_done_for_long(deliveries: Deliveries, clock: FixedClock) -> None:
    deliveries.begin(KEY)
    deliveries.finish(KEY)
    clock.pass_by(10 * LEASE)
    assert not deliveries.begin(KEY)
