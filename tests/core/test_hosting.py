"""Who may run a community."""

import pytest

from bot.core.community import Place
from bot.core.errors.base import HostsOnly, OnlyInCommunity
from bot.core.hosting import as_host, in_community


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
