"""Carry out a look within its time, whatever it meets."""

import queue
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace

from bot.core.checkup import Finding, Look, problem

MASKED = "••••••"

SLOW = "Try again, and see what keeps it busy if it takes as long again."
UNFORESEEN = "Please report it with what the command says."


@dataclass
class Examination:
    """Looks at one thing after the other; `left` are looks that had not ended when time was up."""

    looks: Collection[Look]
    secrets: Collection[str] = ()
    clock: Callable[[], float] = time.monotonic
    left: list[str] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        """Yield what is found, as it is found; no secret is in it."""
        for look in self.looks:
            for found in self._within_time(look):
                yield replace(
                    found, found=self._discreet(found.found), remedy=self._discreet(found.remedy)
                )

    def _within_time(self, look: Look) -> Iterator[Finding]:
        came: queue.SimpleQueue[Finding | None] = queue.SimpleQueue()

        def run() -> None:
            try:
                for found in look.run():
                    came.put(found)
            except Exception as error:  # noqa: BLE001 one thing that fails is a finding of its own
                told = f"could not be looked at ({type(error).__name__})"
                came.put(problem(look.subject, told, UNFORESEEN))
            came.put(None)

        threading.Thread(target=run, name=look.subject, daemon=True).start()
        end = self.clock() + look.seconds
        while True:
            try:
                found = came.get(timeout=max(0.0, end - self.clock()))
            except queue.Empty:
                self.left.append(look.subject)
                yield problem(look.subject, f"not done within {look.seconds:g} seconds", SLOW)
                return
            if found is None:
                return
            yield found

    def _discreet(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, MASKED)
        return text
