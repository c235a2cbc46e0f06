"""How often one person, and one community, may have what costs: a bucket of tokens for each.

A bucket holds as many tokens as a minute allows and fills up evenly, so that somebody may do all of
it at once and then goes on at that rate. What is refused takes no token. The limits are counted in
this process alone.
"""

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from cachetools import LRUCache

from bot.core.accounts.model import PlatformUser
from bot.core.command_refs import Moment
from bot.core.communities.model import Place
from bot.core.platform_times import seconds_of_this_machine
from bot.core.ports import Clock
from bot.core.rate_limits.errors import AnswersTooFast, TooFast
from bot.core.rate_limits.model import Cost, Rate
from bot.core.words.phrases import counted

MINUTE: Final = 60.0

MOST_BUCKETS: Final = 20_000
"""Buckets kept, the last used ones: a few megabytes. One that is dropped was likely full again."""


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateLimits:
    """Let people do what costs, within the limits."""

    def __init__(
        self,
        clock: Clock,
        rates: Mapping[Cost, Rate],
        exempt: frozenset[str] = frozenset(),
        seconds: Callable[[], float] = seconds_of_this_machine,
    ) -> None:
        """Wire it.

        Args:
            clock: by which people are told when to go on.
            rates: the limits; what is not named has none.
            exempt: platforms without limits, such as a terminal of one's own.
            seconds: the seconds by which buckets fill up.
        """
        self._clock = clock
        self._rates = dict(rates)
        self._exempt = exempt
        self._seconds = seconds
        self._lock = threading.Lock()
        self._buckets: LRUCache[tuple[str, ...], _Bucket] = LRUCache(MOST_BUCKETS)

    def __len__(self) -> int:
        """Return how many buckets are kept."""
        return len(self._buckets)

    def spend(self, cost: Cost, user: PlatformUser, place: Place | None) -> None:
        """Let somebody have something once.

        Raises:
            TooFast: they, or all of their community, had too much of it.
        """
        wait, crowd = self._spend(cost, user, place)
        if wait:
            raise TooFast(self._told(wait), crowd)

    def answer(self, user: PlatformUser, place: Place | None, text: str) -> None:
        """Let somebody answer once.

        Raises:
            AnswersTooFast: they, or all of their community, sent too many.
        """
        wait, crowd = self._spend(Cost.ANSWER, user, place)
        if wait:
            raise AnswersTooFast(text, self._told(wait), crowd)

    def _spend(self, cost: Cost, user: PlatformUser, place: Place | None) -> tuple[float, bool]:
        """Take a token of each bucket; else return how long one stays empty, and whether all's."""
        rate = self._rates.get(cost, Rate())
        if user.platform in self._exempt:
            return 0.0, False
        community = place.community if place else user.team
        now = self._seconds()
        with self._lock:
            mine = self._bucket(
                (cost, user.platform, user.team, user.external_id), rate.person, now
            )
            ours = self._bucket(
                (cost, user.platform, community), rate.community if community else 0, now
            )
            for bucket, most, crowd in ((mine, rate.person, False), (ours, rate.community, True)):
                if bucket is not None and bucket.tokens < 1:
                    return (1 - bucket.tokens) * MINUTE / most, crowd
            for bucket in filter(None, (mine, ours)):
                bucket.tokens -= 1
        return 0.0, False

    def _bucket(self, key: tuple[str, ...], most: int, now: float) -> _Bucket | None:
        """Return a bucket as full as it is now, None where there is no limit."""
        if not most:
            return None
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(float(most), now)
        bucket.tokens = min(float(most), bucket.tokens + (now - bucket.at) * float(most) / MINUTE)
        bucket.at = now
        return bucket

    def _told(self, wait: float) -> str:
        seconds = max(1, math.ceil(wait))
        at = self._clock.now() + timedelta(seconds=seconds)
        return str(Moment(at, f"in {counted(seconds, 'second')}", soon=True))
