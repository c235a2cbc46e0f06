"""Note who and what is gone from a platform; it is kept for a while, should it come back."""

from collections.abc import Callable

from bot.core.ports.surroundings import Clock
from bot.core.ports.unit_of_work import UnitOfWork


class Departures:
    """Note that the coach was removed from a community, or that a channel is gone."""

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
        """Note that a channel of a community is gone."""
        with self._unit_of_work() as uow:
            known = uow.communities.find(platform, community)
            channel = uow.channels.find(known.id, external_id) if known else None
            if channel is not None:
                uow.channels.leave(channel.id, self._clock.now())
                uow.commit()

    def back(self, platform: str, external_id: str, name: str) -> None:
        """Note that the coach is in a community that is known; nobody new is written down."""
        with self._unit_of_work() as uow:
            known = uow.communities.find(platform, external_id)
            if known is not None and known.left_at is not None:
                uow.communities.register(platform, external_id, name, self._clock.now())
                uow.commit()
