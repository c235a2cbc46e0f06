"""What hosts do to others is kept on record; this is the shape of an act and of what keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.ports import UnitOfWork


@dataclass(frozen=True)
class HostAct:
    """What a host did in a community.

    `subject` names what it was done to, such as "appeal 7", and `about_id` the learner concerned;
    `detail` is the reason in the host's words.
    """

    community_id: int
    actor_id: int
    act: str
    subject: str
    at: datetime
    about_id: int
    detail: str = ""


Record = Callable[[UnitOfWork, HostAct], None]
"""Keeps an act on record, in the transaction that does it."""


def unrecorded(_uow: UnitOfWork, _act: HostAct) -> None:
    """Keep no record."""


def on_record(uow: UnitOfWork, act: HostAct) -> None:
    """Note an act in the audit log of its community."""
    uow.audit.add(
        act.community_id, act.actor_id, act.act, act.subject, act.at, act.detail, act.about_id
    )
