"""Signs of life and the outages between them, on real databases."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.streaks.heartbeat import TOLERANCE, Heartbeat
from bot.core.streaks.outages import Outage
from tests.builders import NOON
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

MINUTE = timedelta(minutes=1)
LONG_AGO = NOON - timedelta(days=9)


class Service:
    """Processes on one database, which beat when a test says so."""

    def __init__(self, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()

    def beat(self, after: timedelta = timedelta(0), kind: str = "service") -> Outage | None:
        self.clock.pass_by(after)
        return Heartbeat(self.unit_of_work, self.clock, kind).beat()

    @property
    def outages(self) -> tuple[Outage, ...]:
        with self.unit_of_work() as uow:
            return uow.outages.since(LONG_AGO)


@pytest.fixture
def service(every_unit_of_work: MakeUnitOfWork) -> Service:
    return Service(every_unit_of_work)


def test_the_first_sign_of_life_ends_no_outage(service: Service):
    assert service.beat() is None
    assert service.outages == ()


def test_a_gap_within_the_tolerance_is_none(service: Service):
    service.beat()

    assert service.beat(TOLERANCE) is None
    assert service.outages == ()


def test_a_longer_gap_is_an_outage_from_sign_to_sign(service: Service):
    service.beat()
    found = service.beat(TOLERANCE + MINUTE)

    assert found == Outage(NOON, NOON + TOLERANCE + MINUTE)
    assert service.outages == (found,)
    assert service.beat(MINUTE) is None


def test_any_process_keeps_the_service_alive(service: Service):
    service.beat(kind="discord")
    for _ in range(60):
        service.beat(MINUTE, kind="slack")

    assert service.beat(kind="discord") is None
    assert service.outages == ()


def test_two_processes_that_come_back_together_record_one_outage(service: Service):
    service.beat()
    service.clock.pass_by(timedelta(hours=7))

    service.beat(kind="discord")
    service.beat(kind="slack")

    assert service.outages == (Outage(NOON, NOON + timedelta(hours=7)),)


def test_a_clock_moved_back_is_no_outage_and_hides_none(service: Service):
    service.beat(kind="discord")
    service.beat(timedelta(days=-2), kind="slack")
    assert service.outages == ()

    service.beat(timedelta(hours=5), kind="slack")

    back = NOON - timedelta(days=2)
    assert service.outages == (Outage(back, back + timedelta(hours=5)),)


def test_a_clock_that_was_years_ahead_excuses_nothing_that_is_to_come(service: Service):
    service.beat()
    service.beat(timedelta(days=700))
    service.clock.at = NOON + MINUTE
    service.beat()

    assert service.outages == (Outage(NOON, NOON + MINUTE),)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(gaps=st.lists(st.integers(-3_000, 3_000), max_size=12))
def test_outages_lie_between_signs_of_life_however_the_clock_jumps(
    unit_of_work: MakeUnitOfWork, gaps: list[int]
):
    service = Service(unit_of_work)
    service.clock.at = NOON
    for gap in gaps:
        service.beat(gap * MINUTE)
        assert all(outage.end <= service.clock.at for outage in service.outages)
    if gaps:
        with unit_of_work() as uow:
            assert uow.heartbeats.latest() == service.clock.at
