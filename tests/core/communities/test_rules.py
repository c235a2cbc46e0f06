"""What hosts choose for their community, on real databases."""

from datetime import date

import pytest

from bot.core.communities.model import Place
from bot.core.communities.rules import KEPT_DAYS, rule_commands
from bot.core.errors import HostsOnly, OnlyInCommunity, UsageError
from bot.core.limits import OutOfRange
from tests.builders import a_user
from tests.core.samples import text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

HERE = Place("guild", "drift", "ML club", "drift", host=True)


class Desk:
    def __init__(self, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.commands = rule_commands(unit_of_work, FixedClock())

    def type(self, words: str, place: Place | None = HERE) -> str:
        return text_of(typed(self.commands, f"rules {words}", a_user(), place))

    @property
    def community(self):
        with self.unit_of_work() as uow:
            found = uow.communities.find("discord", "guild")
        assert found is not None
        return found

    @property
    def noted(self) -> list[str]:
        with self.unit_of_work() as uow:
            return [entry.subject for entry in uow.audit.of_community(self.community.id, 0, 9)]


@pytest.fixture
def desk(every_unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(every_unit_of_work)


def test_hosts_choose_the_channel_in_which_they_hear_of_things(desk: Desk):
    assert "only when they look" in desk.type("")
    assert "in a channel of theirs" in desk.type("hosts here")
    assert desk.community.hosts_channel == "drift"
    assert desk.noted == ["hosts here"]
    assert "only when they look" in desk.type("hosts off")
    assert desk.community.hosts_channel == ""
    with pytest.raises(UsageError):
        desk.type("hosts everywhere")


def test_rules_are_shown_changed_and_noted(desk: Desk):
    assert "ranked like everybody" in desk.type("")
    assert "not ranked" in desk.type("staff off")
    assert "from 1 Jan 2027" in desk.type("Season  2027-01-01")
    assert "for 90 days" in desk.type("keep 90 days")

    assert not desk.community.staff_ranked
    assert desk.community.seasons_start == date(2027, 1, 1)
    assert desk.community.retention_days == 90
    assert desk.noted == ["keep 90 days", "season 2027-01-01", "staff off"]

    desk.type("staff on")
    desk.type("seasons off")
    desk.type("keep forever")
    assert desk.community.staff_ranked
    assert desk.community.seasons_start is desk.community.retention_days is None


def test_what_changes_nothing_is_not_noted(desk: Desk):
    assert "Saved" not in desk.type("staff on")
    assert desk.noted == []


@pytest.mark.parametrize("words", ["music on", "staff", "staff maybe", "season spring", "keep x"])
def test_what_is_no_rule_changes_nothing(desk: Desk, words: str):
    desk.type("")
    with pytest.raises(UsageError):
        desk.type(words)
    assert desk.noted == []


@pytest.mark.parametrize("days", [KEPT_DAYS.least - 1, KEPT_DAYS.most + 1])
def test_texts_are_kept_for_a_sane_time(desk: Desk, days: int):
    with pytest.raises(OutOfRange):
        desk.type(f"keep {days}")


def test_a_season_begins_on_a_day_that_every_month_has(desk: Desk):
    with pytest.raises(OutOfRange):
        desk.type("season 2027-01-31")


def test_only_hosts_rule_and_only_where_they_are(desk: Desk):
    with pytest.raises(HostsOnly):
        desk.type("staff off", Place("guild", "drift"))
    with pytest.raises(OnlyInCommunity):
        desk.type("", None)
