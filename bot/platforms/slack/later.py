"""Work after the acknowledgement: Slack has its answer within three seconds, the person later.

Quick work opens forms and shows hints; slow work grades. Each has threads of its own, so that a
rush of answers keeps nobody from opening a form, which Slack allows for three seconds only.
"""

import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final

from bot.core.deduplication import EventDeduplicator
from bot.core.errors import CoachError

QUICK_THREADS: Final = 16
"""These mostly wait for Slack."""

SLOW_THREADS: Final = 8
"""These wait for the model, which has one processor; a few in line keep it busy."""

log = logging.getLogger(__name__)


class Later:
    """Do work in threads and note when an event has had its effect."""

    def __init__(self, deliveries: EventDeduplicator) -> None:
        self._deliveries = deliveries
        self._quick = ThreadPoolExecutor(QUICK_THREADS, "slack-quick")
        self._slow = ThreadPoolExecutor(SLOW_THREADS, "slack-slow")
        self._running: set[Future[None]] = set()

    def quick(self, key: str | None, work: Callable[[], None]) -> None:
        """Do what takes milliseconds of our own; `key` is the event that it completes."""
        self._submit(self._quick, key, work)

    def slow(self, key: str | None, work: Callable[[], None]) -> None:
        """Do what may have to wait for the model."""
        self._submit(self._slow, key, work)

    def again(self, key: str | None) -> None:
        """Take the same event anew: what it asked for was refused, and may be sent unchanged."""
        if key is not None:
            self._deliveries.release(key)

    def drain(self, seconds: float) -> bool:
        """Wait until all is done, with what follows from it; return whether it is."""
        end = time.monotonic() + seconds
        while running := tuple(self._running):
            if wait(running, max(0.0, end - time.monotonic())).not_done:
                return False
        return True

    def close(self, seconds: float) -> None:
        """Finish what was begun, for so many seconds; what then waits is given up."""
        self.drain(seconds)
        self._quick.shutdown(wait=False, cancel_futures=True)
        self._slow.shutdown(wait=False, cancel_futures=True)

    def _submit(self, pool: ThreadPoolExecutor, key: str | None, work: Callable[[], None]) -> None:
        future = pool.submit(self._do, key, work)
        self._running.add(future)
        future.add_done_callback(self._running.discard)

    def _do(self, key: str | None, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("work for Slack failed (%s)", secrets.token_hex(3))
        try:
            if key is not None:
                self._deliveries.finish(key)
        except CoachError as problem:
            log.warning(
                "an event stays unfinished until its lease ends: %s", type(problem).__name__
            )
