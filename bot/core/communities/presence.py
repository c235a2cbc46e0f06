"""Note who is here, and who and what is gone from a platform.

Everything is created on first sight and brought up to date on every later one, inside the
transaction of the use case. So no platform has to announce anybody, and nothing is created twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.accounts.model import Learner, PlatformUser
from bot.core.communities.model import Channel, Community, Membership, Place
from bot.core.notifications.model import ChannelGone
from bot.core.notifications.service import tell_host
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork


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


def register_presence(
    uow: UnitOfWork, user: PlatformUser, place: Place | None, now: datetime
) -> Presence:
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


class Departures:
    """Note that the coach was removed from a community or is back, or that a channel is gone."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def community(self, platform: str, external_id: str) -> None:
        """Note that the coach is no longer in a community; nothing is posted there any more."""
        with self._unit_of_work() as uow:
            known = uow.communities.find(platform, external_id)
            if known is not None:
                uow.communities.leave(known.id, self._clock.now())
                uow.commit()

    def channel(self, platform: str, community: str, external_id: str) -> None:
        """Note that a channel of a community is gone; whoever set up a question there is told."""
        with self._unit_of_work() as uow:
            known = uow.communities.find(platform, community)
            channel = uow.channels.find(known.id, external_id) if known else None
            if known is None or channel is None:
                return
            plan, now = uow.plans.get(channel.id), self._clock.now()
            if plan is not None and channel.left_at is None:
                news = ChannelGone(channel=channel.name or external_id)
                tell_host(uow, plan.host_learner_id, news, now, known.id)
            uow.channels.leave(channel.id, now)
            uow.commit()

    def named(self, user: PlatformUser, place: Place) -> None:
        """Note how somebody is called who acted before the platform had told it."""
        with self._unit_of_work() as uow:
            register_presence(uow, user, place, self._clock.now())
            uow.commit()

    def back(self, platform: str, external_id: str, name: str) -> None:
        """Note that the coach is in a community that is known; nobody new is written down."""
        with self._unit_of_work() as uow:
            known = uow.communities.find(platform, external_id)
            if known is not None and known.left_at is not None:
                uow.communities.register(platform, external_id, name, self._clock.now())
                uow.commit()
