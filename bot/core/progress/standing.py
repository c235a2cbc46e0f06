"""Ports of what else a learner's figures show: reviews due, the streak."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.accounts.model import Learner
from bot.core.figures import DayKind, DueForecast
from bot.core.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StreakFigures:
    """How many days a streak has, and what each local day meant for it."""

    days: int = 0
    kinds: Mapping[date, DayKind] = field(default_factory=dict)


def _no_reviews(_uow: UnitOfWork, _learner: Learner, _now: datetime) -> tuple[DueForecast, ...]:
    return ()


def _no_streak(_uow: UnitOfWork, _learner: Learner, _now: datetime) -> StreakFigures:
    return StreakFigures()


@dataclass(frozen=True)
class Standing:
    """Where the figures beside the answers come from; what nothing is known of stays empty.

    Each reads in the transaction it is handed, for one learner and one moment.
    """

    forecast: Callable[[UnitOfWork, Learner, datetime], tuple[DueForecast, ...]] = _no_reviews
    streak: Callable[[UnitOfWork, Learner, datetime], StreakFigures] = _no_streak
