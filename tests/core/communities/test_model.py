"""Who may run a community."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.communities.model import (
    Membership,
    Place,
    Role,
    Visibility,
    as_host,
    in_community,
    merged,
)
from bot.core.errors import HostsOnly, OnlyInCommunity
from tests.builders import NOON

KEPT = Membership(1, 1, "Ada", NOON)
GONE = Membership(1, 2, "Countess", NOON - timedelta(days=1))


@pytest.mark.parametrize(
    ("one", "other", "stays"),
    [
        (Visibility.NAMED, Visibility.ANONYMOUS, Visibility.ANONYMOUS),
        (Visibility.ANONYMOUS, Visibility.HIDDEN, Visibility.HIDDEN),
        (Visibility.NAMED, Visibility.HIDDEN, Visibility.HIDDEN),
        (Visibility.UNASKED, Visibility.NAMED, Visibility.NAMED),
        (Visibility.UNASKED, Visibility.UNASKED, Visibility.UNASKED),
    ],
)
def test_the_stricter_visibility_stays(one: Visibility, other: Visibility, stays: Visibility):
    kept, gone = replace(KEPT, visibility=one), replace(GONE, visibility=other)

    assert merged(kept, gone).visibility is stays
    assert merged(gone, kept).visibility is stays


def test_answers_are_quoted_only_where_both_agreed():
    agreed, not_asked = replace(KEPT, shares_answers=True), GONE

    assert not merged(agreed, not_asked).shares_answers
    assert merged(agreed, replace(not_asked, shares_answers=True)).shares_answers


def test_a_person_has_left_when_both_accounts_have():
    left = replace(GONE, left_at=NOON)

    assert merged(KEPT, left).left_at is None
    later = replace(KEPT, left_at=NOON + timedelta(days=1))
    assert merged(later, left).left_at == later.left_at


def test_the_kept_account_gives_its_name_and_the_older_one_its_date():
    both = merged(KEPT, replace(GONE, role=Role.STAFF))

    assert (both.learner_id, both.display_name, both.role) == (1, "Ada", Role.STAFF)
    assert both.joined_at == GONE.joined_at
    assert merged(replace(KEPT, display_name=""), GONE).display_name == "Countess"


def test_a_host_may_manage_their_place():
    place = Place("1", host=True)

    assert as_host(place) is place


def test_a_member_may_not_manage_the_place_they_are_in():
    assert in_community(Place("1")) == Place("1")
    with pytest.raises(HostsOnly):
        as_host(Place("1"))


def test_in_private_there_is_nothing_to_manage():
    with pytest.raises(OnlyInCommunity):
        as_host(None)
    with pytest.raises(OnlyInCommunity):
        in_community(None)
