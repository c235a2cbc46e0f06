"""Who may run a community: asked here, whatever a platform showed or hid."""

from bot.core.community import Place
from bot.core.errors.base import HostsOnly, OnlyInCommunity


def in_community(place: Place | None) -> Place:
    """Return the place of what concerns a community.

    Raises:
        OnlyInCommunity: it was asked in private.
    """
    if place is None:
        raise OnlyInCommunity
    return place


def as_host(place: Place | None) -> Place:
    """Return the place of somebody who may manage its community.

    Raises:
        OnlyInCommunity: it was asked in private.
        HostsOnly: they may not.
    """
    if not in_community(place).host:
        raise HostsOnly
    return in_community(place)
