"""Slack among the platforms."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.front_desk import Services
from bot.platforms.registration import Registration, Served
from bot.platforms.tray import TrayFiles
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.platforms.slack.platform import SlackPlatform


def platform_of(
    services: Services, unit_of_work: Callable[[], UnitOfWork], clock: Clock, settings: Settings
) -> "SlackPlatform":
    """Return the coach on Slack, whether it is configured or not."""
    from bot.platforms.slack.dispatch import SlackDesk
    from bot.platforms.slack.platform import SlackPlatform

    desk = SlackDesk(services, settings.slack.command)
    return SlackPlatform(desk, settings.slack, unit_of_work, clock)


def _connect(
    services: Services, unit_of_work: Callable[[], UnitOfWork], clock: Clock, settings: Settings
) -> Served | None:
    if not settings.slack.is_set:
        return None
    platform = platform_of(services, unit_of_work, clock, settings)
    return Served(platform, platform.messenger)


REGISTRATION = Registration(
    "slack",
    TrayFiles(),
    _connect,
    configured_by=(
        "COACH_SLACK__BOT_TOKEN and COACH_SLACK__APP_TOKEN to those of your Slack app "
        "(docs/slack.md)"
    ),
)
