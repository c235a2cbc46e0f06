"""Note who is here: the learner, and where a place is given its community, channel, membership.

Everything is created on first sight and brought up to date on every later one, inside the
transaction of the use case. So no platform has to announce anybody, and nothing is created twice.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.core.accounts.model import Learner, PlatformUser
from bot.core.community import Channel, Community, Membership, Place
from bot.core.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Presence:
    """Who is here and where; outside a community there is only the learner."""

    learner: Learner
    community: Community | None = None
    channel: Channel | None = None
    membership: Membership | None = None

    @property
    def community_id(self) -> int | None:
        """Return the id of the community, None outside of any."""
        return self.community.id if self.community else None

    @property
    def channel_id(self) -> int | None:
        """Return the id of the channel, None outside of any."""
        return self.channel.id if self.channel else None


def arrive(uow: UnitOfWork, user: PlatformUser, place: Place | None, now: datetime) -> Presence:
    """Return who is here and where, registered where they were not known."""
    learner = uow.learners.register(user, now)
    if place is None:
        return Presence(learner)
    community = uow.communities.register(user.platform, place.community, place.community_name, now)
    channel = None
    if place.channel:
        channel = uow.channels.register(community.id, place.channel, place.channel_name, now)
    membership = uow.memberships.join(community.id, learner.id, user.display_name, place.role, now)
    return Presence(learner, community, channel, membership)
