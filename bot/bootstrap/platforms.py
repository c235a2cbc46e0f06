"""The platforms there are, each put together by its own folder."""

from importlib import import_module

from bot.platforms import is_there
from bot.platforms.registration import Registration

PLATFORMS = (
    "discord",
    "slack",
    "terminal",
)
"""The folders in bot/platforms, in the order in which they are started; a line each."""


def registered() -> tuple[Registration, ...]:
    """Return what each platform says of itself; one whose folder was deleted is not there."""
    found = (
        import_module(f"bot.platforms.{name}.registration") for name in filter(is_there, PLATFORMS)
    )
    return tuple(module.REGISTRATION for module in found)
