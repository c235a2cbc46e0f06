"""Work after the acknowledgement: Slack has its answer within three seconds, the person later.

Quick work opens forms and shows replies; slow work grades. Each has threads of its own, so that a
rush of answers keeps nobody from opening a form, which Slack allows for three seconds only. In
each, people take turns, and no workspace has more than some of the threads: one for which Slack
does not answer delays nobody else.

Work is done in steps, of which each returns the next; what follows slow work is quick. Where Slack
wants us to wait, the step is done again later, and holds no thread meanwhile.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from bot.core.deduplication import OWED, EventDeduplicator
from bot.core.errors import CoachError
from bot.core.fair_threads import FairThreads, Owner
from bot.platforms.slack.clients import pause_after
from bot.platforms.slack.waiting import Waiting

QUICK_THREADS: Final = 32
"""These mostly wait for Slack."""

SLOW_THREADS: Final = 8
"""These wait for the model, which has one processor; a few in line keep it busy. Where a cluster
grades, there are as many as it has work for."""

QUICK_EACH: Final = 8
SLOW_EACH: Final = 4
"""Of these threads, so many for one workspace; of those that wait for a cluster, half."""

QUICK_A_PERSON: Final = 2
"""Somebody may press a button while Slack is slow to take what is shown to them."""

Step = Callable[[], "Step | None"]
"""Something to do, which returns what is to be done next; it may be done again from its start."""

log = logging.getLogger(__name__)


class Cause(Protocol):
    """What work is done for: an event by its key, None where it completes none, of somebody."""

    @property
    def key(self) -> str | None:
        """The key of the event."""
        ...

    @property
    def owner(self) -> Owner:
        """Whose it is."""
        ...


class Event(NamedTuple):
    """A cause and nothing else."""

    key: str | None
    owner: Owner


class Again(Exception):
    """The step is to be done again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


@dataclass(eq=False)
class _Job:
    pool: FairThreads
    key: str | None
    owner: Owner
    step: Step | None
    tries: int = 0


class Later:
    """Do work in threads and note when an event has had its effect."""

    def __init__(self, deliveries: EventDeduplicator, grades_at_once: int = 0) -> None:
        """Make the threads, so many of which grade where a cluster has work for them."""
        slow = max(SLOW_THREADS, grades_at_once)
        self._deliveries = deliveries
        self._quick = FairThreads(
            QUICK_THREADS, "slack-quick", a_person=QUICK_A_PERSON, a_community=QUICK_EACH
        )
        each = max(SLOW_EACH, grades_at_once // 2)
        self._slow = FairThreads(slow, "slack-slow", a_community=each)
        self._waiting = Waiting[_Job](self._submit)
        self._open: set[_Job] = set()
        self._changed = threading.Condition()

    def quick(self, event: Cause, work: Step) -> None:
        """Do what takes milliseconds of our own; it completes the event."""
        self._take(_Job(self._quick, event.key, event.owner, work))

    def slow(self, event: Cause, work: Step) -> None:
        """Do what may have to wait for the model."""
        self._take(_Job(self._slow, event.key, event.owner, work))

    def again(self, key: str | None) -> None:
        """Take the same event anew: what it asked for was refused, and may be sent unchanged."""
        if key is not None:
            self._deliveries.release(key)

    def shows_in(self, key: str | None, place: str) -> None:
        """Note where an event's reply is to be shown, for whoever comes after this program."""
        if key is not None:
            self._deliveries.describe(key, place)

    def settle(self, key: str | None) -> None:
        """Note that the reply to an event is owed no more."""
        if key is not None:
            self._deliveries.release(f"{OWED}{key}")

    def drain(self, seconds: float) -> bool:
        """Wait until all is done, with what follows from it; return whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, seconds)

    def close(self, seconds: float) -> None:
        """Finish what was begun, for so many seconds; what then waits is given up."""
        for job in self._waiting.end_in(seconds):
            self._leave(job)
        self.drain(seconds)
        self._quick.close()
        self._slow.close()

    def _take(self, job: _Job) -> None:
        with self._changed:
            self._open.add(job)
        self._submit(job)

    def _submit(self, job: _Job) -> None:
        try:
            job.pool.submit(job.owner, lambda: self._do(job))
        except RuntimeError:  # it was shut down meanwhile
            self._leave(job)

    def _leave(self, job: _Job) -> None:
        with self._changed:
            self._open.discard(job)
            self._changed.notify_all()

    def _do(self, job: _Job) -> None:
        try:
            while job.step is not None:
                job.step = job.step()
                job.tries = 0
                if job.step is not None and job.pool is self._slow:
                    job.pool = self._quick
                    self._submit(job)
                    return
        except Exception as problem:
            seconds = problem.seconds if isinstance(problem, Again) else None
            if seconds is None:
                seconds = pause_after(problem, job.tries)
                job.tries += 1
            if seconds is not None:
                if not self._waiting.put(seconds, job):
                    self._leave(job)
                return
            log.exception("work for Slack failed (%s)", secrets.token_hex(3))
        self._finish(job)

    def _finish(self, job: _Job) -> None:
        try:
            if job.key is not None:
                self._deliveries.finish(job.key)
        except CoachError as problem:
            log.warning(
                "an event stays unfinished until its lease ends: %s", type(problem).__name__
            )
        finally:
            self._leave(job)
