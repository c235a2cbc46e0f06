"""A bound on the time that a request may take to arrive, by closing its connection for reading.

Cheroot bounds each read, not all reads of a request: one byte now and then would hold a thread for
ever. What has arrived is still read, and an answer still goes out.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

MOST_SECONDS: Final = 10.0
"""For a whole request; Slack waits for three."""

SECONDS_IN_A_RUSH: Final = 0.5
"""For a request while others wait for a thread; Slack sends each in one piece."""

TICK_SECONDS: Final = 0.1


class Patience:
    """Cut off requests that take too long to arrive; `waiting` tells how many wait for a thread."""

    def __init__(
        self, waiting: Callable[[], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._waiting = waiting
        self._clock = clock
        self._turns: dict[socket.socket, float] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()

    def start(self) -> None:
        """Begin to look."""
        threading.Thread(target=self._run, name="slack-patience", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()

    @contextmanager
    def with_turn_of(self, connection: socket.socket) -> Iterator[None]:
        """Bound the time in which a request arrives that is read in the block."""
        with self._lock:
            self._turns[connection] = self._clock()
        try:
            yield
        finally:
            with self._lock:
                del self._turns[connection]

    def look(self) -> None:
        """Cut off those that have had their time."""
        most = SECONDS_IN_A_RUSH if self._waiting() else MOST_SECONDS
        with self._lock:
            before = self._clock() - most
            for connection in [each for each, began in self._turns.items() if began < before]:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)

    def _run(self) -> None:
        while not self._over.wait(TICK_SECONDS):
            self.look()
