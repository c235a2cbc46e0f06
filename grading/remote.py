"""Grade in a cluster, by way of a process that talks to it.

The library of a cluster ends the process that it lives in once the cluster has been gone for a
minute. So it lives in a process of its own; when that ends, the next answer starts it anew. Nothing
is graded here instead: an answer for which no grade comes in time is refused, and may come again.
"""

import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Final, NamedTuple, Protocol

from grading.errors import GraderUnreachable
from grading.grade import Grade, GraderId
from knowledge.question import Question

START_SECONDS: Final = 240.0
"""A process that has not reached the cluster by then is ended. Replicas load their model meanwhile,
side by side."""

PAUSE_SECONDS: Final = 5.0
"""Between the end of a process and the next one."""

END_SECONDS: Final = 5.0
"""For a process to stop a cluster that it started, before it is told more firmly."""

STARTING: Final = "it is not reached yet"
LATE: Final = "no grade came in time"
ENDED: Final = "the process that talks to it has ended"


class Order(NamedTuple):
    """An answer to grade within so many seconds."""

    number: int
    question: Question
    answer: str
    seconds: float


class Standing(NamedTuple):
    """What grades in the cluster: its release, and its GraderId as JSON; both empty for nothing."""

    release: str
    grader: str


Told = str | Exception
"""A Grade as JSON, or why there is none."""


class Link(Protocol):
    """A process, and the pipe to it.

    It is sent orders, and None at the end. What comes back is (0, Standing or an Exception) once,
    then (number, Told).
    """

    pipe: Connection

    def end(self) -> None:
        """Have the process end that was told to, and close the pipe."""
        ...


class SpawnedLink:
    """A process that runs a function with the other end of the pipe as its first argument."""

    def __init__(self, target: Callable[..., None], *args: object) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=target, args=(theirs, *args), name="cluster", daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def process_id(self) -> int:
        """The process, for an operator to look at."""
        return self._process.pid or 0

    def end(self) -> None:
        """Let the process end by itself, which stops a cluster that it started, else end it."""
        for further in (self._process.terminate, self._process.kill):
            self._process.join(END_SECONDS)
            if self._process.is_alive():
                further()
        self.pipe.close()


class _Line:
    """One process: what it was sent, and who waits for it."""

    def __init__(self, link: Link) -> None:
        self.standing: Future[Standing] = Future()
        self.over: str | None = None
        self._link = link
        self._numbers = count(1)
        self._waiting: dict[int, Future[Told]] = {}
        self._lock = threading.Lock()
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="cluster", daemon=True)
        self._writer.start()
        threading.Thread(target=self._read, name="cluster", daemon=True).start()

    def ask(self, question: Question, answer: str, seconds: float) -> "Future[Told]":
        """Send an answer, and return where its grade will be."""
        told: Future[Told] = Future()
        with self._lock:
            if self.over is not None:
                raise GraderUnreachable(self.over)
            order = Order(next(self._numbers), question, answer, seconds)
            self._waiting[order.number] = told
        told.add_done_callback(lambda _: self._waiting.pop(order.number, None))
        self._orders.put(order)
        return told

    def end(self, reason: str = ENDED) -> None:
        """End the process, and refuse what waits; the first reason stays."""
        with self._lock:
            if self.over is not None:
                return
            self.over = reason
            waiting = list(self._waiting.values())
        with suppress(InvalidStateError):
            self.standing.set_exception(GraderUnreachable(reason))
        for told in waiting:
            _put(told, GraderUnreachable(reason))
        self._orders.put(None)
        self._writer.join(1.0)
        self._link.end()

    def _write(self) -> None:
        """Send from a thread of its own: a process that reads no more holds up nobody else."""
        try:
            order: Order | None = self._orders.get()
            while order is not None:
                self._link.pipe.send(order)
                order = self._orders.get()
            self._link.pipe.send(None)
        except (OSError, ValueError):
            return  # the process is gone, which its reader tells

    def _read(self) -> None:
        reason = ENDED
        try:
            while True:
                number, told = self._link.pipe.recv()
                if number:
                    _put(self._waiting.get(number), told)
                elif isinstance(told, Standing):
                    _put(self.standing, told)
                else:
                    reason = getattr(told, "reason", type(told).__name__)
                    return
        except (EOFError, OSError, TypeError):  # a pipe that is closed here raises the last one
            return
        finally:
            self.end(reason)


def _put(future: "Future[Any] | None", told: Any) -> None:
    """Hand over what came, unless nobody waits for it any more."""
    if future is not None:
        with suppress(InvalidStateError):
            future.set_result(told)


class RemoteGrader:
    """Grade elsewhere within a time; safe to share between threads."""

    def __init__(
        self,
        open_link: Callable[[], Link],
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start nothing yet.

        Args:
            open_link: starts a process that talks to the cluster.
            seconds: how long whoever asks for a grade waits at most.
            clock: counts seconds.
        """
        self._open_link = open_link
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._line: _Line | None = None
        self._began = 0.0
        self._failed: str | None = None
        self._closed = False

    def start(self) -> None:
        """See to it that a process reaches for the cluster, without waiting for it.

        Raises:
            GraderUnreachable: the last one has ended a moment ago, or this was closed.
        """
        self._current()

    def standing(self, seconds: float) -> Standing:
        """Return what grades in the cluster, waiting for it for so long.

        Raises:
            GraderUnreachable: it does not answer.
        """
        try:
            return self._current().standing.result(seconds)
        except TimeoutError:
            raise GraderUnreachable(STARTING) from None

    def trouble(self) -> str | None:
        """Return why nothing can be graded now, None where something can."""
        line = self._line
        if line is not None and line.over is None and line.standing.done():
            return None
        return self._failed or (line.over if line else None) or STARTING

    def grade(self, question: Question, answer: str) -> Grade:
        """Return the grade that a Grader here would give.

        The first process is waited for; while one is started after another that failed, an answer
        is refused at once.

        Raises:
            GraderUnreachable: no grade came in time; nothing was graded.
            GraderBusy: too many answers wait in the cluster.
            ModelUnavailable: the cluster cannot load its model.
        """
        until = self._clock() + self._seconds
        line = self._current()
        if self._failed is not None and not line.standing.done():
            raise GraderUnreachable(self._failed)
        self._reached(line, until)
        left = max(0.0, until - self._clock())
        waiting = line.ask(question, answer, left)
        try:
            told = waiting.result(left)
        except TimeoutError:
            raise GraderUnreachable(LATE) from None
        finally:
            waiting.cancel()
        if isinstance(told, Exception):
            raise told
        return Grade.model_validate_json(told)

    def close(self) -> None:
        """End the process; no other one is started."""
        with self._lock:
            self._closed, line = True, self._line
        if line is not None:
            line.end("the coach is stopping")

    def _reached(self, line: _Line, until: float) -> None:
        try:
            line.standing.result(max(0.0, until - self._clock()))
        except TimeoutError:
            raise GraderUnreachable(STARTING) from None
        self._failed = None

    def _current(self) -> _Line:
        """Return the process that lives, or start one."""
        with self._lock:
            line, now = self._line, self._clock()
            if line is not None and not line.standing.done() and now - self._began > START_SECONDS:
                line.end(f"it was not reached within {START_SECONDS:g} s")
            if line is not None and line.over is None:
                return line
            if self._closed:
                raise GraderUnreachable("the coach is stopping")
            if line is not None:
                self._failed = line.over
                if now - self._began < PAUSE_SECONDS:
                    raise GraderUnreachable(str(line.over))
            self._began = now
            try:
                self._line = _Line(self._open_link())
            except OSError as error:
                self._failed = f"no process can be started to talk to it ({type(error).__name__})"
                raise GraderUnreachable(self._failed) from error
            return self._line


def identity_of(standing: Standing) -> GraderId:
    """Return which grader grades in the cluster."""
    return GraderId.model_validate_json(standing.grader)
