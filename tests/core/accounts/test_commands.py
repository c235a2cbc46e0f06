"""/settings and /link as people type them, on real databases."""

import re
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.accounts.commands import account_commands, parse_change
from bot.core.accounts.errors import UnclearValue
from bot.core.accounts.model import LearnerSettings, SettingsChange
from bot.core.accounts.service import Accounts
from bot.core.accounts.settings import SETTINGS
from bot.core.command_refs import CommandRef, spans
from bot.core.errors import SettingRejected, UnknownZone, UsageError
from bot.core.limits import OutOfRange
from bot.core.words.errors import sentence_of
from tests.builders import a_user
from tests.core.samples import text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA = a_user("D")


@pytest.fixture
def accounts(every_unit_of_work: MakeUnitOfWork) -> Accounts:
    return Accounts(every_unit_of_work, FixedClock())


def type_in(accounts: Accounts, line: str, user=ADA) -> str:
    return text_of(typed(account_commands(accounts), line, user))


def test_settings_are_shown_to_somebody_new(accounts: Accounts):
    told = type_in(accounts, "settings")

    assert "not chosen" in told
    assert "04:00" in told
    assert "/settings zone Berlin" in told
    assert "/visibility shows and changes it" in told


def test_each_setting_can_be_changed(accounts: Accounts):
    for line in ("zone Berlin", "day-starts 5", "reviews 30", "reminders on"):
        told = type_in(accounts, f"settings {line}")

    assert accounts.settings(ADA) == LearnerSettings("Europe/Berlin", 5, 30, reminders=True)
    assert "Europe/Berlin" in told
    assert "05:00" in told
    assert "30 reviews" in told
    assert "Reminders: on" in told


def test_whatever_can_be_chosen_is_shown_and_changed_by_its_example():
    assert [each.field for each in SETTINGS] == [each.name for each in fields(LearnerSettings)]
    for each in SETTINGS:
        (typed,) = [part.line for part in spans(each.how_to_set) if isinstance(part, CommandRef)]

        assert list(parse_change(typed.removeprefix("settings "))) == [each.field]
        assert each.said(each.chosen(LearnerSettings()))


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("ZONE = new york", {"zone": "new york"}),
        ("time-zone: Asia/Kolkata", {"zone": "Asia/Kolkata"}),
        ("tz none", {"zone": None}),
        ("day starts at 4:00", {"day_starts": 4}),
        ("day_starts 4 am", {"day_starts": 4}),
        ("Day-Starts   4h", {"day_starts": 4}),
        ("reviews a day 12", {"reviews_a_day": 12}),
        ("reviews 12 a day", {"reviews_a_day": 12}),
        ("reviews to 12.", {"reviews_a_day": 12}),
        ("remind me yes", {"reminders": True}),
        ("reminders OFF", {"reminders": False}),
    ],
)
def test_settings_may_be_typed_as_people_do(typed, change):
    assert parse_change(typed) == change


@pytest.mark.parametrize(
    ("typed", "problem", "told"),
    [
        ("colour blue", UsageError, "/settings reminders on"),
        ("reminders perhaps", UnclearValue, "/settings reminders on (or off)"),
        ("reviews", UnclearValue, "A value is missing"),
        ("reviews many", UnclearValue, "from 1 to 200"),
        ("reviews 0", OutOfRange, "from 1 to 200"),
        ("day-starts 13", OutOfRange, "from 0 to 12"),
        ("zone Berln", UnknownZone, "Europe/Berlin"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_says_what_to_do(accounts, typed, problem, told):
    with pytest.raises(problem) as caught:
        type_in(accounts, f"settings {typed}")

    assert told in sentence_of(caught.value)
    assert accounts.settings(ADA) == LearnerSettings()


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(["", *(name for each in SETTINGS for name in each.called)]),
    value=st.text(max_size=300),
)
def test_any_words_are_a_change_of_one_setting_or_a_sentence(name: str, value: str):
    told = changed_or_told(f"{name} {value}")

    if isinstance(told, str):
        assert len(told.splitlines()) == 1
    else:
        assert len(told) == 1
        assert set(told) <= {each.field for each in SETTINGS}


def changed_or_told(typed: str) -> SettingsChange | str:
    try:
        return parse_change(typed)
    except (SettingRejected, UsageError) as problem:
        return sentence_of(problem)


@given(number=st.integers(-(10**8), 10**8))
def test_every_whole_number_is_read_as_it_is(number: int):
    assert parse_change(f"reviews {number}") == {"reviews_a_day": number}


def test_link_gives_a_code_that_links_another_account(accounts: Accounts):
    other = a_user("S", platform="slack", team="T")
    type_in(accounts, "settings reviews 7")
    code = re.search(r"code is (\S+)\.", type_in(accounts, "link")).group(1)

    assert "linked" in type_in(accounts, f"link  {code} ", other)
    assert accounts.settings(other).reviews_a_day == 7
