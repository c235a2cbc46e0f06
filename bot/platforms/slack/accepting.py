"""A socket that listens, and has patience where the system has no file left for a connection.

Cheroot takes such a failure for an unknown one and tries again at once, without end: whoever waits
for a connection to be closed waits in vain, and a processor is busy with nothing.
"""

import errno
import os
import socket
import time
from typing import Any, Final

from bot.core.faults import Faults

NONE_LEFT: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

PAUSE_SECONDS: Final = 0.1
"""Until a connection is taken again; requests are answered meanwhile, and their files are free."""

WHAT: Final = "new connections from Slack"


class PatientSocket:
    """Accept connections as another socket does, which does all else."""

    def __init__(self, listening: socket.socket, pause: float = PAUSE_SECONDS) -> None:
        self._listening = listening
        self._pause = pause
        self._faults = Faults()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listening, name)

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection.

        Raises:
            TimeoutError: none came, or none can be taken for a moment.
        """
        try:
            taken = self._listening.accept()
        except OSError as problem:
            if problem.errno not in NONE_LEFT:
                raise
            self._faults.met(WHAT, os.strerror(problem.errno))
            time.sleep(self._pause)
            raise TimeoutError from problem
        self._faults.over(WHAT)
        return taken
