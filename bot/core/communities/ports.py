"""Ports of communities: where people practise, who belongs there, the audit log."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.core.communities.model import AuditEntry, Channel, Community, Membership, Role


class MemberLookup(Protocol):
    """A platform that tells who is in its communities."""

    def is_member(self, community: str, person: str) -> bool:
        """Tell whether a person is in a community just now.

        It asks once and waits for seconds at most. Undeliverable is raised where the platform did
        not tell, which says nothing of the person.
        """
        ...


class Communities(Protocol):
    """The servers and workspaces of all platforms."""

    def get(self, community_id: int) -> Community | None:
        """Return the community, or None when it is gone."""
        ...

    def find(self, platform: str, external_id: str) -> Community | None:
        """Return the community that a platform names so, or None."""
        ...

    def register(self, platform: str, external_id: str, name: str, at: datetime) -> Community:
        """Return the community, created on the first call and present again if it had left.

        An empty name leaves the one that is known.
        """
        ...

    def update(self, community: Community) -> None:
        """Store what its hosts chose, which is all but its names and dates."""
        ...

    def with_hosts_channel(self, platforms: Collection[str]) -> tuple[Community, ...]:
        """Return the communities of platforms that have a channel of hosts, and the coach."""
        ...

    def leave(self, community_id: int, at: datetime) -> None:
        """Note that the coach was removed; an earlier departure stays."""
        ...


class Channels(Protocol):
    """The channels of communities."""

    def get(self, channel_id: int) -> Channel | None:
        """Return the channel, or None when it is gone."""
        ...

    def find(self, community_id: int, external_id: str) -> Channel | None:
        """Return the channel that the community's platform names so, or None."""
        ...

    def register(self, community_id: int, external_id: str, name: str, at: datetime) -> Channel:
        """Return the channel, created on the first call and present again if it had left.

        An empty name leaves the one that is known.
        """
        ...

    def leave(self, channel_id: int, at: datetime) -> None:
        """Note that the channel is gone from its platform; an earlier departure stays."""
        ...


class Memberships(Protocol):
    """Who belongs to which community, and what others may see of them there."""

    def get(self, community_id: int, learner_id: int) -> Membership | None:
        """Return the membership, or None."""
        ...

    def of_learner(self, learner_id: int) -> tuple[Membership, ...]:
        """Return the learner's memberships, also those of places they left."""
        ...

    def staff(self, community_id: int) -> int | None:
        """Return a learner who was last seen managing the community, or None."""
        ...

    def join(
        self, community_id: int, learner_id: int, display_name: str, role: Role | None, at: datetime
    ) -> Membership:
        """Return the membership, created on the first call and present again if they had left.

        The name and the role are kept as last seen; an empty name and no role change nothing.
        """
        ...

    def behind(
        self, place: tuple[int, int], most: int, platforms: Collection[str]
    ) -> tuple[Membership, ...]:
        """Return the next memberships behind one, by the ids of community and learner.

        They are of communities of these platforms that the coach is in; leavers are among them.
        """
        ...

    def update(self, membership: Membership) -> None:
        """Store the visibility and the consent to quote answers."""
        ...

    def leave(self, community_id: int, learner_id: int, at: datetime) -> None:
        """Note that the learner left the community; an earlier departure stays."""
        ...


class Audit(Protocol):
    """The acts of hosts; entries are added and never changed."""

    def add(
        self,
        community_id: int,
        actor_id: int,
        act: str,
        subject: str,
        at: datetime,
        detail: str = "",
        about_id: int | None = None,
    ) -> None:
        """Note what a host did; a detail is cut to MOST_DETAIL characters.

        `about_id` is the learner it was done to, if any: with their record the entry goes. So name
        a person by it and never in the subject.
        """
        ...

    def count(self, community_id: int) -> int:
        """Return how many acts are noted of a community."""
        ...

    def of_community(self, community_id: int, skip: int, most: int) -> tuple[AuditEntry, ...]:
        """Return acts of a community with the names of people there, the newest first."""
        ...
