"""What hosts do to others is kept on record; this is the shape of whatever keeps it."""

from datetime import datetime
from typing import Protocol

from bot.core.ports import UnitOfWork


class HostActs(Protocol):
    """Keeps on record who did what in a community, in the transaction that does it."""

    def __call__(
        self,
        uow: UnitOfWork,
        community_id: int,
        actor_id: int,
        act: str,
        subject: str,
        at: datetime,
        detail: str = "",
        about_id: int | None = None,
        /,
    ) -> None:
        """Record an act; `subject` names its object, such as "appeal 7", `about_id` its learner."""
        ...


def unrecorded(
    _uow: UnitOfWork,
    _community_id: int,
    _actor_id: int,
    _act: str,
    _subject: str,
    _at: datetime,
    _detail: str = "",
    _about_id: int | None = None,
    /,
) -> None:
    """Keep no record."""
