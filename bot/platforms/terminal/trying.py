"""Answers that somebody tries, typed or from a pipe, and the file that they watch meanwhile."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app

from bot.platforms.terminal.pipe import piped_lines

Changed = Callable[[], bool]
"""Tells whether a file was saved since it was last asked."""

LOOK_AFTER = 0.4
"""Seconds between two looks at the file: what is saved shows at once, and costs nothing."""

HINT = "Enter tries the answer · save the question's file to read it anew · Ctrl-D ends"


class Watched:
    """A file, and whether it changed; one that is gone for a moment has not."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = self._look()

    def __call__(self) -> bool:
        """Return whether the file is another than at the last call."""
        state = self._look()
        if state is None or state == self._state:
            return False
        self._state = state
        return True

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size


def tried(changed: Changed, look_after: float = LOOK_AFTER) -> Iterator[str | None]:
    """Yield each answer, and None each time that the file was saved."""
    if sys.stdin.isatty():
        yield from _typed(changed, look_after)
        return
    for line in piped_lines(sys.stdin):
        if changed():
            yield None
        yield line


def _typed(changed: Changed, look_after: float) -> Iterator[str | None]:
    session: PromptSession[str] = PromptSession(bottom_toolbar=HINT)
    begun = ""

    def watch() -> None:
        get_app().create_background_task(_until(changed, look_after))

    while True:
        try:
            yield session.prompt("› ", default=begun, pre_run=watch)
            begun = ""
        except KeyboardInterrupt:
            begun = ""
        except EOFError:
            return
        except _SavedError as saved:
            begun = saved.typed
            yield None


class _SavedError(Exception):
    """The file was saved while somebody was typing; `typed` is what they had."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


async def _until(changed: Changed, look_after: float) -> None:
    """Leave the prompt as soon as the file changed."""
    while not changed():
        await asyncio.sleep(look_after)
    app = get_app()
    app.exit(exception=_SavedError(app.current_buffer.text))
