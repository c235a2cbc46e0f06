"""Where people practise together, who belongs there, who may run it, and what was done.

A community is what a platform calls a server or a workspace. `left_at` says since when the coach, a
channel or a person is gone; whoever comes back is there again, with everything they had.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.core.errors import HostsOnly, OnlyInCommunity


class Role(StrEnum):
    """What somebody is in a community. Bots are never ranked, staff where the community says so."""

    MEMBER = "member"
    STAFF = "staff"
    BOT = "bot"


class Visibility(StrEnum):
    """How a learner appears to others in a community; until asked, not at all."""

    UNASKED = "unasked"
    NAMED = "named"
    ANONYMOUS = "anonymous"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Place:
    """Where something happens, in the ids of the user's platform.

    `channel` is empty in a conversation that only the learner sees. `role` is what the learner is
    there; None where the platform does not say, which leaves what was known. `host` says that they
    may manage the community there, as the platform sees it at this moment.
    """

    community: str
    channel: str = ""
    community_name: str = ""
    channel_name: str = ""
    role: Role | None = None
    host: bool = False


@dataclass(frozen=True)
class Community:
    """A server or a workspace of a platform, with what its hosts chose.

    `hosts_channel` is where hosts hear what waits for them, in the id of the platform; else empty.
    `retention_days` is how long answer texts are kept, None for ever; `seasons_start` is the first
    day of the first season of its leaderboards, None without seasons.
    """

    id: int
    platform: str
    external_id: str
    name: str
    created_at: datetime
    left_at: datetime | None = None
    staff_ranked: bool = True
    retention_days: int | None = None
    seasons_start: date | None = None
    hosts_channel: str = ""


@dataclass(frozen=True)
class Channel:
    """A channel of a community."""

    id: int
    community_id: int
    external_id: str
    name: str
    created_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class Membership:
    """A learner in a community: their name as last seen there and what others may see.

    `shares_answers` is the consent to quote answers when a question closes.
    """

    community_id: int
    learner_id: int
    display_name: str
    joined_at: datetime
    left_at: datetime | None = None
    role: Role = Role.MEMBER
    visibility: Visibility = Visibility.UNASKED
    shares_answers: bool = False


_EXPOSURE = (Visibility.UNASKED, Visibility.NAMED, Visibility.ANONYMOUS, Visibility.HIDDEN)
_STANDING = (Role.MEMBER, Role.STAFF, Role.BOT)


def merged(kept: Membership, gone: Membership) -> Membership:
    """Return what two memberships of one person in one community become.

    The stricter visibility stays; being asked counts as more than not being asked. Answers are
    quoted only where both agreed. The name is that of `kept`.
    """
    both = (kept, gone)
    departures = [membership.left_at for membership in both if membership.left_at is not None]
    return Membership(
        community_id=kept.community_id,
        learner_id=kept.learner_id,
        display_name=kept.display_name or gone.display_name,
        joined_at=min(membership.joined_at for membership in both),
        left_at=max(departures) if len(departures) == len(both) else None,
        role=max((membership.role for membership in both), key=_STANDING.index),
        visibility=max((membership.visibility for membership in both), key=_EXPOSURE.index),
        shares_answers=all(membership.shares_answers for membership in both),
    )


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


MOST_DETAIL: Final = 300
"""Characters of a reason that are kept; more belongs into a conversation."""

PAGE_SIZE: Final = 10


@dataclass(frozen=True)
class AuditEntry:
    """One act of a host.

    Attributes:
        act: a short word such as "exclude"; the wording has a phrase for it.
        subject: what it was done to, such as "answer 12"; empty where it is a person.
        detail: the reason, in the host's own words.
        actor_id: the host; None when their record is gone.
        actor: their name in the community; empty when it is not known.
        about_id: the person it was done to, if any; the entry goes with their record.
        about: their name in the community.
    """

    id: int
    community_id: int
    act: str
    subject: str
    at: datetime
    detail: str = ""
    actor_id: int | None = None
    actor: str = ""
    about_id: int | None = None
    about: str = ""
