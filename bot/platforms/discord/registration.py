"""Discord among the platforms."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from bot.core.champions.service import Champions
from bot.core.checkup import Finding
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.discord.settings import CONFIGURED_BY, DiscordSettings
from bot.platforms.front_desk import FrontDesk, Services
from bot.platforms.registration import Registration, Served, Situation
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.platforms.discord.platform import DiscordPlatform


def platform_of(
    services: Services, unit_of_work: Callable[[], UnitOfWork], clock: Clock, settings: Settings
) -> "DiscordPlatform":
    """Return the coach on Discord, whether it is configured or not."""
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.discord.registry import Registry

    champions = Champions(unit_of_work, clock)
    registry = Registry(settings.home / "discord-commands.json")
    return DiscordPlatform(FrontDesk(services), champions, registry, settings.of(DiscordSettings))


def _connect(
    services: Services, unit_of_work: Callable[[], UnitOfWork], clock: Clock, settings: Settings
) -> Served | None:
    if not settings.of(DiscordSettings).secret:
        return None
    platform = platform_of(services, unit_of_work, clock, settings)
    speaks = platform.messenger
    return Served(platform, speaks, roles=speaks, members=speaks)


def _examine(situation: Situation) -> Iterable[Finding]:
    from bot.platforms.discord.checkup import examine

    return examine(situation)


REGISTRATION = Registration(
    "discord",
    _connect,
    DiscordSettings,
    configured_by=CONFIGURED_BY,
    private_discussions=True,
    examine=_examine,
)
