"""What a channel is told at its set-up, and when the time of its question changes."""

from datetime import time, timedelta

import pytest

from bot.core.daily.plan import Discussion
from bot.core.errors import Undeliverable
from knowledge.bank import QuestionBank
from tests.core.daily.fixtures import HEDY, HOSTED, Club
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork

LATER = timedelta(hours=1)


@pytest.fixture
def club(unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> Club:
    made = Club(unit_of_work, bank)
    made.plans.announcements.speaks(HEDY.platform, made.channels)
    return made


def heard(club: Club) -> list[str]:
    """What stands in the channel now, each message as it was last edited."""
    return [text_of((each.edits or [each.message])[-1]) for each in club.channels.of("drift")]


def test_a_channel_is_told_once_what_will_happen(club: Club) -> None:
    said = text_of(club.plans.set_up(HEDY, HOSTED, at=time(9), zone="Berlin"))
    assert "I've told #drift what will happen" in said
    (welcome,) = heard(club)
    assert "every day at 09:00 (Europe/Berlin)" in welcome
    assert "press Answer" in welcome
    assert "stop whenever you like" in welcome

    club.clock.pass_by(LATER)
    club.plans.change(HEDY, HOSTED, discussion=Discussion.NONE, easiest=2)
    assert heard(club) == [welcome]


def test_what_was_changed_in_a_pause_is_told_when_it_goes_on(club: Club) -> None:
    club.plans.set_up(HEDY, HOSTED, at=time(9), zone="Berlin")
    club.clock.pass_by(LATER)
    club.plans.pause(HEDY, HOSTED)
    club.plans.change(HEDY, HOSTED, at=time(10))
    assert len(heard(club)) == 1
    club.plans.resume(HEDY, HOSTED)
    club.plans.resume(HEDY, HOSTED)

    _, told = heard(club)
    assert "every day at 10:00" in told


def test_another_time_is_told_shortly(club: Club) -> None:
    club.plans.set_up(HEDY, HOSTED, at=time(9), zone="Berlin")
    club.clock.pass_by(LATER)
    club.plans.change(HEDY, HOSTED, at=time(18), weekdays=frozenset({0, 2}))

    _, told = heard(club)
    assert told.startswith("The question now comes every Mon and Wed at 18:00 (Europe/Berlin).")


def test_a_host_who_tries_several_times_leaves_one_message(club: Club) -> None:
    club.plans.set_up(HEDY, HOSTED, zone="Berlin")
    for hour in (10, 11, 12):
        club.plans.set_up(HEDY, HOSTED, at=time(hour))

    (welcome,) = heard(club)
    assert "every day at 12:00" in welcome
    assert "press Answer" in welcome


def test_a_host_hears_why_their_channel_was_not_told_and_it_is_told_later(club: Club) -> None:
    club.channels.broken["drift"] = Undeliverable("I lack the permission Send Messages there")
    said = text_of(club.plans.set_up(HEDY, HOSTED, zone="Berlin"))
    assert "can't post in #drift yet: I lack the permission Send Messages there." in said
    assert "Send Messages" in text_of(club.plans.status(HEDY, HOSTED))

    del club.channels.broken["drift"]
    club.clock.pass_by(LATER)
    club.plans.change(HEDY, HOSTED, at=time(11))
    (welcome,) = heard(club)
    assert "press Answer" in welcome
    assert "Send Messages" not in text_of(club.plans.status(HEDY, HOSTED))
