"""The process that draws. It lives as long as its pipe, and may die without harm to the coach.

Orders and pictures travel as bytes; the first byte of an answer says whether it is a picture or
the name of what went wrong. A pickled order is never read.
"""

import gc
import multiprocessing
import signal
from datetime import date
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Protocol

DRAWN, FAILED = b"+", b"-"

START_SECONDS = 60.0
"""The first start on a machine reads every installed font; later ones take about a second."""


class RenderFailed(Exception):
    """No picture came; the message says why, without anything that people wrote."""


class Worker(Protocol):
    """Draws one order after the other."""

    def render(self, order: bytes, seconds: float) -> bytes:
        """Return the PNG.

        Raises:
            RenderFailed: the order could not be drawn in this time; a later one may be.
        """

    def stop(self) -> None:
        """End; a later order starts anew."""


class RenderProcess:
    """A worker in a process of its own, started with the first order. For one thread at a time."""

    def __init__(self, start_seconds: float = START_SECONDS) -> None:
        self._start_seconds = start_seconds
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def process_id(self) -> int:
        """The process that draws, for an operator to look at; 0 where none was started."""
        return (self._process.pid or 0) if self._process is not None else 0

    def render(self, order: bytes, seconds: float) -> bytes:
        """Draw; a process that dies or takes too long is ended, and the next order gets a new one.

        Raises:
            RenderFailed: the process died, took too long or reported a fault.
        """
        if self._process is None or not self._process.is_alive():
            self._start()
        return self._exchange(order, seconds)

    def stop(self) -> None:
        """End the process, if there is one."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _start(self) -> None:
        self.stop()
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        process = spawn.Process(target=serve, args=(theirs,), name="pictures", daemon=True)
        try:
            process.start()
        except OSError as error:
            raise RenderFailed("the drawing process could not be started") from error
        self._process = process
        theirs.close()
        self._answer(self._start_seconds)

    def _exchange(self, order: bytes, seconds: float) -> bytes:
        assert self._pipe is not None  # noqa: S101 set by _start
        try:
            self._pipe.send_bytes(order)
        except OSError as error:
            self.stop()
            raise RenderFailed("the drawing process ended unexpectedly") from error
        return self._answer(seconds)

    def _answer(self, seconds: float) -> bytes:
        """Wait for an answer, or for the end of the process."""
        assert self._pipe is not None  # noqa: S101 set by _start
        if not wait([self._pipe], seconds):
            self.stop()
            raise RenderFailed(f"drawing took longer than {seconds:g} s")
        try:
            answer = self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self.stop()
            raise RenderFailed("the drawing process ended unexpectedly") from error
        if answer[:1] != DRAWN:
            raise RenderFailed(answer[1:].decode("ascii", "replace"))
        return answer[1:]


def serve(pipe: Connection) -> None:
    """Draw what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coach, which closes the pipe
    _prepare()
    pipe.send_bytes(DRAWN)
    while True:
        try:
            order = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_drawn(order))
        gc.collect()  # figures are cycles; nobody waits now


def _prepare() -> None:
    """Load all that drawing needs by drawing once, untouched by a matplotlibrc that lies around."""
    import matplotlib as mpl

    from bot.core.figures import ProgressFigures, Theme
    from bot.pictures.render import render

    mpl.rcdefaults()
    render(ProgressFigures(date(2000, 1, 1), 0), Theme.DARK)
    gc.freeze()  # what was loaded stays; collecting after each picture need not look at it


def _drawn(order: bytes) -> bytes:
    from bot.pictures.render import render
    from bot.pictures.wire import decode

    try:
        return DRAWN + render(*decode(order))
    except Exception as error:  # noqa: BLE001 whatever it is, the next order must be served
        return FAILED + type(error).__name__.encode("ascii", "replace")
