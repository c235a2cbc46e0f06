"""Whether the coach lives, and whether it is ready: each part looked at again and again.

Each part has a thread of its own that looks, so that one that hangs delays no other, and nobody who
asks has to wait: they get what was seen last.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from bot.core.faults import Faults
from bot.watch.server import Page

LOOK_SECONDS: Final = 5.0
"""Between two looks at a part."""

PATIENCE_SECONDS: Final = 15.0
"""A look that takes longer says itself that something is wrong."""

STUCK_SECONDS: Final = 60.0
"""After so long without a turn the event loop, which serves everybody, is taken for stuck. Longer
than any burst of work on a busy machine."""

JSON: Final = "application/json"

Look = Callable[[], str | None]
"""Returns why a part cannot be used now, None where it can; what it raises says so too."""

log = logging.getLogger(__name__)


class Part:
    """Something without which nobody can be served."""

    def __init__(self, name: str, look: Look, faults: Faults, clock: Callable[[], float]) -> None:
        self.name = name
        self._look = look
        self._faults = faults
        self._clock = clock
        self._seen: str | None = "it is starting"
        self._began: float | None = None
        self._was_well = False

    def look(self) -> None:
        """Look once, and say so where something changed; a start is no fault."""
        self._began = self._clock()
        try:
            seen, problem = self._look(), None
        except Exception as error:  # noqa: BLE001 whatever it is, the part cannot be used
            seen, problem = getattr(error, "reason", "") or type(error).__name__, error
        self._began, self._seen = None, seen
        if seen is None:
            self._was_well = True
            self._faults.over(self.name)
        elif self._was_well or problem is not None:
            self._faults.met(self.name, seen)

    def trouble(self) -> str | None:
        """Return why it cannot be used, None where it can."""
        began = self._began
        waited = 0.0 if began is None else self._clock() - began
        if waited > PATIENCE_SECONDS:
            return f"no answer for {waited:.0f} s"
        return self._seen


class Readiness:
    """Know of each part whether it can be used."""

    def __init__(
        self, looks: Mapping[str, Look], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Look at nothing yet; `clock` counts seconds."""
        faults = Faults(clock)
        self.parts = tuple(Part(name, look, faults, clock) for name, look in looks.items())
        self._clock = clock
        self._pulse = clock()
        self._over = threading.Event()

    def start(self) -> None:
        """Begin to look."""
        for part in self.parts:
            name = f"watch-{part.name}"
            threading.Thread(target=self._watch, args=(part,), name=name, daemon=True).start()

    def stop(self) -> None:
        """Look no more, and be ready for nobody."""
        self._over.set()

    def beat(self) -> None:
        """Note that the event loop, which serves everybody, has its turns."""
        self._pulse = self._clock()

    def alive(self) -> Page:
        """Say that the program lives; if not, it has to be started anew."""
        silent = self._clock() - self._pulse
        if silent > STUCK_SECONDS:
            return Page(HTTPStatus.SERVICE_UNAVAILABLE, f"stuck for {silent:.0f} s\n".encode())
        return Page(HTTPStatus.OK, b"ok\n")

    def troubles(self) -> dict[str, str | None]:
        """Return of each part why it cannot be used, None where it can."""
        stopping = "it is stopping" if self._over.is_set() else None
        return {part.name: part.trouble() for part in self.parts} | {"program": stopping}

    def ready(self) -> Page:
        """Say whether people can be served, and of each part why not."""
        found = self.troubles()
        well = not any(found.values())
        parts = {
            name: {"ok": True} if reason is None else {"ok": False, "reason": reason}
            for name, reason in found.items()
        }
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        body = json.dumps({"ready": well, "parts": parts}, indent=2)
        return Page(status, f"{body}\n".encode(), JSON)

    def _watch(self, part: Part) -> None:
        while not self._over.is_set():
            part.look()
            self._over.wait(LOOK_SECONDS)
