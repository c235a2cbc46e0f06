import zoneinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.accounts.model import LearnerSettings, changed
from bot.core.calendar.timezones import zone_named
from bot.core.errors import UnknownZone
from bot.core.limits import OutOfRange
from bot.core.words.errors import sentence_of

BEFORE = LearnerSettings(zone="Asia/Kolkata", day_starts=5, reviews_a_day=7, reminders=True)


def test_what_is_not_named_stays():
    assert changed(BEFORE) == BEFORE
    assert changed(BEFORE, day_starts=0) == LearnerSettings("Asia/Kolkata", 0, 7, reminders=True)
    assert changed(BEFORE, zone=None).zone is None
    assert changed(BEFORE, zone="berlin").zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("change", "least", "most"),
    [
        ({"day_starts": -1}, 0, 12),
        ({"day_starts": 13}, 0, 12),
        ({"reviews_a_day": 0}, 1, 200),
        ({"reviews_a_day": 201}, 1, 200),
    ],
)
def test_a_number_out_of_range_is_refused_with_both_ends(
    change: dict[str, Any], least: int, most: int
):
    with pytest.raises(OutOfRange) as refused:
        changed(BEFORE, **change)

    assert (refused.value.limits.least, refused.value.limits.most) == (least, most)
    assert f"from {least} to {most}" in sentence_of(refused.value)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("  europe/BERLIN ", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("America/New  York", "America/New_York"),
        ("kiritimati", "Pacific/Kiritimati"),
        ("ho chi minh", "Asia/Ho_Chi_Minh"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_and_by_its_city(words: str, zone: str):
    assert zone_named(words) == zone


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("Lisbone", "Europe/Lisbon"),
        ("new yrok", "America/New_York"),
        ("cordoba", "America/Argentina/Cordoba"),
    ],
)
def test_a_zone_that_is_not_known_leads_to_near_ones(words: str, nearest: str):
    with pytest.raises(UnknownZone) as refused:
        zone_named(words)

    assert nearest in refused.value.nearest
    assert nearest in sentence_of(refused.value)


@pytest.mark.parametrize(
    "words", ["", "   ", "localtime", "posixrules", "../../etc/passwd", "x" * 99]
)
def test_what_is_no_zone_is_refused(words: str):
    with pytest.raises(UnknownZone) as refused:
        zone_named(words)

    assert refused.value.words == words.strip()


@given(words=st.text(max_size=200))
def test_whatever_is_typed_is_a_zone_or_refused_with_zones(words: str):
    found: tuple[str, ...]
    try:
        found = (zone_named(words),)
    except UnknownZone as refused:
        found = refused.nearest

    assert set(found) <= zoneinfo.available_timezones()
    assert len(found) <= 6
