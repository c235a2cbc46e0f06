"""Linking accounts and keeping settings, on a real database."""

import re
import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.core.accounts.errors import LinkToSelf, TooManyTries, UnknownCode
from bot.core.accounts.model import (
    ALPHABET,
    MINUTES_VALID,
    MOST_TRIES,
    LearnerSettings,
    PlatformUser,
    digest,
    new_code,
    spelled,
)
from bot.core.accounts.service import Accounts
from bot.core.errors import UnknownZone
from bot.core.limits import OutOfRange
from bot.core.words.errors import sentence_of
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT, text_of
from tests.databases import MakeUnitOfWork, units_of
from tests.fakes import FixedClock

DISCORD, SLACK = a_user("D"), a_user("S", platform="slack", team="T")
WRONG = "AAAA-AAAA"


class Desk:
    """The accounts of a database, with a clock at hand."""

    def __init__(self, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()
        self.accounts = Accounts(unit_of_work, self.clock)

    def code(self, user: PlatformUser = DISCORD) -> str:
        found = re.search(r"code is (\S+)\.", text_of(self.accounts.link_code(user)))
        assert found
        return found.group(1)

    def link(self, code: str, user: PlatformUser = SLACK) -> str:
        return text_of(self.accounts.link(user, code))

    def learners(self) -> tuple[int | None, ...]:
        with self.unit_of_work() as uow:
            found = [uow.learners.find(user) for user in (DISCORD, SLACK)]
        return tuple(learner and learner.id for learner in found)


@pytest.fixture
def desk(every_engine: Engine) -> Desk:
    return Desk(units_of(every_engine))


def test_a_code_makes_two_accounts_one(desk: Desk):
    with desk.unit_of_work() as uow:
        uow.asks.add(uow.learners.register(SLACK, NOON).id, DRIFT, NOON)
        uow.commit()

    told = desk.link(desk.code())

    first, second = desk.learners()
    assert first == second
    assert first is not None
    with desk.unit_of_work() as uow:
        assert [asked.question_id for asked in uow.asks.asked(first)] == [DRIFT]
    assert "linked" in told


def test_an_account_that_never_did_anything_can_be_linked(desk: Desk):
    desk.link(desk.code())

    assert len(set(desk.learners())) == 1


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: f"  {code} ", lambda c: c.replace("-", " ")]
)
def test_a_code_may_be_typed_as_people_do(desk: Desk, typed):
    desk.link(typed(desk.code()))

    assert len(set(desk.learners())) == 1


def test_a_code_serves_once(desk: Desk):
    code = desk.code()
    desk.link(code)

    with pytest.raises(UnknownCode):
        desk.link(code, a_user("third"))


def test_a_new_code_ends_the_old_one(desk: Desk):
    old, new = desk.code(), desk.code()

    with pytest.raises(UnknownCode):
        desk.link(old)
    desk.link(new)


@pytest.mark.parametrize(("seconds", "valid"), [(-1, True), (0, False)])
def test_a_code_expires(desk: Desk, seconds: int, *, valid: bool):
    code = desk.code()
    desk.clock.pass_by(timedelta(minutes=MINUTES_VALID, seconds=seconds))

    if valid:
        desk.link(code)
    else:
        with pytest.raises(UnknownCode):
            desk.link(code)

    assert (len(set(desk.learners())) == 1) is valid


def test_ones_own_code_links_nothing_and_stays_valid(desk: Desk):
    code = desk.code()

    with pytest.raises(LinkToSelf):
        desk.link(code, DISCORD)
    desk.link(code)


def test_after_too_many_wrong_codes_even_a_right_one_has_to_wait(desk: Desk):
    for _ in range(MOST_TRIES):
        with pytest.raises(UnknownCode):
            desk.link(WRONG)
        desk.clock.pass_by(timedelta(minutes=1))

    with pytest.raises(TooManyTries) as refused:
        desk.link(desk.code())

    assert refused.value.again_at == NOON + timedelta(hours=1)
    assert "13:00 UTC" in sentence_of(refused.value)
    assert len(set(desk.learners())) == 2
    desk.link(desk.code(a_user("other")), a_user("another"))
    desk.clock.at = refused.value.again_at
    desk.link(desk.code())


def test_only_the_digest_of_a_code_is_stored(every_engine: Engine, desk: Desk):
    code = desk.code().replace("-", "")

    with every_engine.connect() as connection:
        row = str(connection.execute(text("SELECT * FROM link_codes")).one())
    assert code not in row
    assert digest(code) in row


def test_of_two_accounts_that_use_one_code_at_once_one_is_linked(desk: Desk):
    code, outcomes = desk.code(), []

    def link(user: PlatformUser) -> None:
        try:
            outcomes.append(desk.link(code, user))
        except UnknownCode:
            outcomes.append("unknown")

    threads = [threading.Thread(target=link, args=(a_user(name),)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 2
    assert outcomes.count("unknown") == 1


def test_codes_are_drawn_anew_from_signs_that_nobody_mistakes():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL")
    assert digest(spelled(min(codes)).lower()) == digest(min(codes))


@given(typed=st.text())
def test_whatever_is_typed_as_a_code_has_a_digest(typed: str):
    assert re.fullmatch("[0-9a-f]{64}", digest(typed))


def test_settings_are_changed_one_by_one(desk: Desk):
    assert desk.accounts.settings(DISCORD) == LearnerSettings()

    desk.accounts.change_settings(DISCORD, zone="new york")
    desk.accounts.change_settings(DISCORD, day_starts=0, reminders=True)

    expected = LearnerSettings("America/New_York", 0, 20, reminders=True)
    assert desk.accounts.settings(DISCORD) == expected


@pytest.mark.parametrize(
    ("change", "problem"),
    [({"zone": "Atlantis", "day_starts": 5}, UnknownZone), ({"reviews_a_day": 0}, OutOfRange)],
)
def test_a_setting_that_does_not_fit_changes_nothing(desk: Desk, change, problem):
    with pytest.raises(problem):
        desk.accounts.change_settings(DISCORD, **change)

    assert desk.accounts.settings(DISCORD) == LearnerSettings()
