"""A clock that runs ahead of the platforms' is not believed; one that nobody contradicts is."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.core.platform_times import DOUBTED_SECONDS, MOST_AHEAD, PlatformTimes
from tests.fakes import FixedClock

DAY = timedelta(days=1)


AHEAD = (
    "fault: this machine's clock is ahead of the platforms' by 1 day, 0:00:00: "
    "nothing is posted by it until it is set right"
)
AGREE = "fault over: this machine's clock and the platforms' agree again"


class Machine:
    """A machine with a clock that can be set, and seconds that pass."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.seconds = 0.0
        self.times = PlatformTimes(self.clock, lambda: self.seconds)

    def wait(self, time: timedelta) -> None:
        self.seconds += time.total_seconds()
        self.clock.pass_by(time)

    def reply(self) -> None:
        self.times.told(format_datetime(self.clock.now(), usegmt=True))


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_without_a_reply_the_clock_is_believed(machine: Machine):
    machine.clock.pass_by(DAY)

    assert not machine.times.is_ahead()


def test_time_that_passes_is_no_jump(machine: Machine):
    machine.reply()
    machine.wait(30 * DAY)

    assert not machine.times.is_ahead()


def test_a_clock_set_ahead_is_doubted_until_it_is_set_right(
    machine: Machine, caplog: pytest.LogCaptureFixture
):
    machine.reply()
    machine.clock.pass_by(DAY)

    assert machine.times.is_ahead()
    assert machine.times.is_ahead()
    assert caplog.messages == [AHEAD]
    machine.clock.pass_by(-DAY)
    assert not machine.times.is_ahead()
    assert caplog.messages == [AHEAD, AGREE]


def test_each_reply_that_contradicts_a_clock_is_no_line_of_its_own(
    machine: Machine, caplog: pytest.LogCaptureFixture
):
    for _ in range(5):
        machine.times.told(format_datetime(machine.clock.now() - DAY, usegmt=True))
        machine.wait(timedelta(seconds=20))
        assert machine.times.is_ahead()

    assert caplog.messages == [AHEAD]


def test_a_clock_that_was_ahead_from_the_start_is_found_out_by_the_first_reply(machine: Machine):
    theirs = format_datetime(machine.clock.now(), usegmt=True)
    machine.clock.pass_by(2 * MOST_AHEAD)
    machine.times.told(theirs)

    assert machine.times.is_ahead()


def test_a_clock_is_doubted_for_as_long_as_replies_contradict_it(machine: Machine):
    for _ in range(5):
        theirs = format_datetime(machine.clock.now() - DAY, usegmt=True)
        machine.times.told(theirs)
        machine.wait(timedelta(seconds=DOUBTED_SECONDS - 1))
        assert machine.times.is_ahead()


def test_after_an_hour_without_a_reply_a_frozen_machine_goes_on(machine: Machine):
    machine.reply()
    machine.clock.pass_by(DAY)
    assert machine.times.is_ahead()
    machine.wait(timedelta(seconds=DOUBTED_SECONDS))

    assert not machine.times.is_ahead()


@pytest.mark.parametrize("step", [MOST_AHEAD, -DAY, timedelta()])
def test_minutes_ahead_and_days_behind_are_no_reason(machine: Machine, step: timedelta):
    machine.reply()
    machine.clock.pass_by(step)

    assert not machine.times.is_ahead()


@pytest.mark.parametrize("date", [None, "", "yesterday", "Mon, 99 Foo 2026"])
def test_what_is_no_date_says_nothing(machine: Machine, date: str | None):
    machine.times.told(date)
    machine.clock.pass_by(DAY)

    assert not machine.times.is_ahead()
