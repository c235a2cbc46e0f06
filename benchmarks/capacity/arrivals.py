"""A day of answers: channels in time zones get their question, and people answer after it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.float64]

DAY = 86_400.0
POSTED_AT = 9 * 3600.0
"""Nine o'clock by the wall of the channel, the time that `/coach setup` proposes."""

ZONES = {-8: 0.10, -5: 0.20, 0: 0.15, 1: 0.20, 5.5: 0.20, 8: 0.10, 9: 0.05}
"""Hours from UTC, and which share of the channels is there."""

MEDIAN_DELAY = 2 * 3600.0
SPREAD = 1.2
"""Of the logarithm of the delay: one in ten answers within half an hour, one in ten after nine
hours. A guess; `coach simulate` takes another median."""


@dataclass(frozen=True)
class Crowd:
    """Who practises, and how.

    Attributes:
        learners: all that take part.
        a_channel: of these, how many in each channel.
        answers: those of a learner to the question of the day and by themselves, a day.
        delay: the median of the seconds from the post to an answer.
    """

    learners: int
    a_channel: int = 30
    answers: float = 1.0
    delay: float = MEDIAN_DELAY

    @property
    def channels(self) -> int:
        """How many channels there are."""
        return max(1, round(self.learners / self.a_channel))

    @property
    def channels_at_once(self) -> int:
        """How many channels are due in the busiest minute."""
        return max(1, round(self.channels * max(ZONES.values())))

    def day(self, seed: int) -> Seconds:
        """Return the moments of one day's answers in UTC, in order, in seconds."""
        luck = np.random.default_rng(seed)
        count = int(luck.poisson(self.learners * self.answers))
        hours = luck.choice(list(ZONES), size=count, p=list(ZONES.values()))
        delays = luck.lognormal(np.log(self.delay), SPREAD, count)
        moments: Seconds = np.sort((POSTED_AT - hours * 3600 + delays) % DAY)
        return moments
