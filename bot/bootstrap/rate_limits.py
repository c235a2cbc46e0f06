"""The limits that an operator chose for what costs."""

from collections.abc import Collection

from bot.core.ports import Clock
from bot.core.rate_limits.model import Cost, Rate
from bot.core.rate_limits.service import RateLimits
from bot.settings import Settings


def rate_limits_of(settings: Settings, clock: Clock, local: Collection[str]) -> RateLimits:
    """Return the limits; `local` are platforms on a machine of one's own, which have none."""
    chosen = settings.rate_limits.model_dump()
    factor = settings.rate_limits.community_factor
    rates = {cost: Rate(chosen[cost], chosen[cost] * factor) for cost in Cost}
    return RateLimits(clock, rates, frozenset(local))
