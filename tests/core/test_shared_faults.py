"""What is wrong with many is said once, and at the end how often it was met."""

import logging

import pytest

from bot.core.shared_faults import SharedFaults


@pytest.fixture
def faults(caplog: pytest.LogCaptureFixture) -> SharedFaults:
    caplog.set_level(logging.INFO)
    seconds = iter(range(0, 1000, 10))
    return SharedFaults("posts on Slack", lambda: next(seconds))


def test_it_is_said_at_its_beginning_and_when_the_last_is_well(faults: SharedFaults, caplog):
    for _ in range(3):
        for who in range(100):
            faults.met("Slack could not be reached", who)
    for who in range(100):
        faults.well(who)

    assert caplog.messages == [
        "fault: posts on Slack: Slack could not be reached",
        "fault over: posts on Slack: Slack could not be reached: after 10 s (met 300 times by 100)",
    ]


def test_who_is_gone_holds_no_fault_open(faults: SharedFaults, caplog):
    faults.met("too slow", 1)
    faults.met("too slow", 2)

    faults.only({2})
    assert len(caplog.messages) == 1
    faults.only(())

    assert "met 2 times by 2" in caplog.messages[1]


def test_each_reason_is_a_fault_of_its_own_and_nobody_has_two(faults: SharedFaults, caplog):
    faults.met("too slow", 1)
    faults.met("out of reach", 1)
    faults.well(2)

    assert [each.partition(" after")[0] for each in caplog.messages] == [
        "fault: posts on Slack: too slow",
        "fault over: posts on Slack: too slow:",
        "fault: posts on Slack: out of reach",
    ]


def test_a_fault_that_comes_again_is_said_again(faults: SharedFaults, caplog):
    for _ in range(2):
        faults.met("too slow", 1)
        faults.well(1)

    assert [each.split(":")[0] for each in caplog.messages] == ["fault", "fault over"] * 2
