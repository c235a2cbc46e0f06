"""What keeps count for those who watch."""

from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.watch.metrics import PrometheusMeter


def meter_of(settings: Settings) -> "PrometheusMeter | None":
    """Return what keeps count, None where nobody can ask for it."""
    if settings.watch.port is None:
        return None
    from bot.watch.metrics import PrometheusMeter

    return PrometheusMeter()
