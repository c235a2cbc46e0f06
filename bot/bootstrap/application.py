"""A coach, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bootstrap.features import Features, features_of, make_painter
from bot.bootstrap.grading import Grading, grading_of
from bot.bootstrap.metering import meter_of
from bot.bootstrap.once import once
from bot.bootstrap.platforms import registered
from bot.bootstrap.storage import Storage, storage_of
from bot.clock import SystemClock
from bot.core.ports import Clock, Paints
from bot.platforms.registration import Served
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.watch.metrics import PrometheusMeter


@dataclass(frozen=True)
class Application:
    """A coach with all its parts.

    `served` returns the platforms that are configured; `meter` keeps count where anybody asks.
    """

    settings: Settings
    storage: Storage
    grading: Grading
    features: Features
    served: Callable[[], tuple[Served, ...]]
    meter: "PrometheusMeter | None" = None


def application_of(
    settings: Settings,
    *,
    serving: bool = False,
    clock: Clock | None = None,
    grading: Grading | None = None,
    painter: Callable[[], Paints] = make_painter,
) -> Application:
    """Return the coach that the settings describe.

    Args:
        settings: what the operator chose.
        serving: whether many people are served at once; then one thread runs the model for all.
        clock: the time, by default the system's.
        grading: another grading than that of the settings.
        painter: makes what draws, when the first picture is asked for.

    Raises:
        InvalidBank: a question file has faults.
        SettingUnusable: a setting needs what is not installed.
    """
    platforms = registered()
    storage = storage_of(settings, {each.name for each in platforms if each.local})
    grading = grading or grading_of(settings, serving=serving)
    clock = clock or SystemClock()
    meter = meter_of(settings) if serving else None
    features = features_of(settings, storage, grading, clock, platforms, painter, meter)

    @once
    def served() -> tuple[Served, ...]:
        found = (
            each.connect(features, storage.unit_of_work, clock, settings) for each in platforms
        )
        connected = tuple(each for each in found if each is not None)
        members = {each.platform.name: each.members for each in connected if each.members}
        features.attendance.lookups.update(members)
        return connected

    return Application(settings, storage, grading, features, served, meter)
