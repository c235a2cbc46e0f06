"""What a platform hands in: what it is, and how it is put together; nobody else knows its name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.core.champions.ports import RoleKeeper
from bot.core.checkup import Finding, StudyChannel
from bot.core.communities.ports import MemberLookup
from bot.core.ports import Clock, Messenger
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.front_desk import Services
from bot.platforms.runner import Job, Platform
from bot.settings import PlatformSettings, Settings


@dataclass(frozen=True)
class Served:
    """A platform that is configured: it is served, and speaks first.

    It may give roles to people, tell who is in its communities, and have jobs of its own.
    """

    platform: Platform
    messenger: Messenger
    roles: RoleKeeper | None = None
    members: MemberLookup | None = None
    jobs: tuple[Job, ...] = ()


Connect = Callable[[Services, Callable[[], UnitOfWork], Clock, Settings], Served | None]
"""Returns a platform where the settings configure it, else None; it starts nothing."""


@dataclass(frozen=True)
class Situation:
    """What a platform is looked at with.

    Attributes:
        settings: what the operator chose.
        clock: the time of this machine.
        channels: those of all platforms with a daily question, as far as the database tells.
        unit_of_work: begins a transaction; None while the database cannot be used as it is.
    """

    settings: Settings
    clock: Clock
    channels: tuple[StudyChannel, ...] = ()
    unit_of_work: Callable[[], UnitOfWork] | None = None


def nobody_served(*_parts: object) -> None:
    """Connect nothing: people come by themselves."""


def nothing_found(_situation: Situation) -> tuple[Finding, ...]:
    """Find nothing: there is nobody to reach."""
    return ()


@dataclass(frozen=True)
class Registration:
    """What a platform is.

    Attributes:
        name: as in `PlatformUser.platform`.
        connect: puts it together.
        settings: what an operator chooses for it, in `COACH_<NAME>__…`.
        configured_by: what configures it, to be read behind "Set"; empty where nothing has to.
        private_discussions: whether a discussion can be closed to those who have not answered.
        examine: looks whether it can be reached and lets the coach do what it has to; nothing is
            found where it is not configured.
        local: whether people type at this machine: then it posts only while somebody is there, and
            what they typed is kept in a history.
    """

    name: str
    connect: Connect = nobody_served
    settings: type[PlatformSettings] | None = None
    configured_by: str = ""
    private_discussions: bool = False
    examine: Callable[[Situation], Iterable[Finding]] = nothing_found
    local: bool = False
