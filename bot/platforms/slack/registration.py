"""Slack among the platforms."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from bot.core.checkup import Finding
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.front_desk import Services
from bot.platforms.registration import Registration, Served, Situation
from bot.platforms.runner import Job
from bot.platforms.slack.settings import SlackSettings
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.platforms.slack.platform import SlackPlatform

TAKE_OVER_SECONDS: Final = 10.0
"""Between two looks for what a program left that died; it is taken up at the second."""


def platform_of(
    services: Services, unit_of_work: Callable[[], UnitOfWork], clock: Clock, settings: Settings
) -> "SlackPlatform":
    """Return the coach on Slack, whether it is configured or not."""
    from bot.platforms.slack.dispatch import SlackDesk
    from bot.platforms.slack.platform import SlackPlatform

    chosen = settings.of(SlackSettings)
    return SlackPlatform(SlackDesk(services, chosen.command), chosen, unit_of_work, clock)


def _connect(
    services: Services, unit_of_work: Callable[[], UnitOfWork], clock: Clock, settings: Settings
) -> Served | None:
    if not settings.of(SlackSettings).is_set:
        return None
    platform = platform_of(services, unit_of_work, clock, settings)
    jobs = (Job("what another program owed", TAKE_OVER_SECONDS, platform.take_over),)
    return Served(platform, platform.messenger, members=platform.members, jobs=jobs)


def _examine(situation: Situation) -> Iterable[Finding]:
    from bot.platforms.slack.checkup import examine

    return examine(situation)


REGISTRATION = Registration(
    "slack",
    _connect,
    SlackSettings,
    configured_by=(
        "COACH_SLACK__BOT_TOKEN and COACH_SLACK__APP_TOKEN to those of your Slack app "
        "(docs/slack.md)"
    ),
    examine=_examine,
)
