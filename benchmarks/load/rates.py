"""The highest rate of answers that is held: every one acknowledged, 99 % within a second."""

from collections.abc import Awaitable, Callable

from benchmarks.load.figures import RateFigures, Times, Trial
from benchmarks.load.rush import Rush
from benchmarks.load.serving import Serving

HELD_WITHIN = 1.0
"""Seconds of p99 up to which a rate counts as held."""

FIRST, MOST = 20.0, 320.0
"""Answers a second: the first trial, doubled until it is not held, and the last one at most."""

HALVINGS = 3
"""So often the gap between what was held and what was not is halved."""

Try = Callable[[float], Awaitable[Times]]


async def search(
    trial: Try, first: float = FIRST, most: float = MOST, halvings: int = HALVINGS
) -> RateFigures:
    """Return the highest rate that is held, by doubling and then halving the gap.

    A trial measures the acknowledgements at a rate.
    """
    trials: list[Trial] = []

    async def holds(rate: float) -> bool:
        times = await trial(rate)
        held = not times.missing and times.p99 < HELD_WITHIN
        trials.append(Trial(per_second=round(rate, 1), acknowledged=times, held=held))
        return held

    low, rate = 0.0, first
    while await holds(rate):
        low, rate = rate, min(2 * rate, most)
        if low >= most:
            return RateFigures(held_per_second=low, at_most=most, trials=tuple(trials))
    high = rate
    for _ in range(halvings):
        middle = (low + high) / 2
        if await holds(middle):
            low = middle
        else:
            high = middle
    return RateFigures(held_per_second=round(low, 1), at_most=most, trials=tuple(trials))


async def measure_rate(served: Serving, seconds: float) -> RateFigures:
    """Search with rushes of so many seconds; grades of earlier ones go on meanwhile."""

    async def trial(rate: float) -> Times:
        rush = Rush(served, max(1, round(rate * seconds)), seconds)
        await rush.send()
        times = rush.acknowledged
        assert times is not None  # noqa: S101 at least one was sent
        return times

    return await search(trial)
