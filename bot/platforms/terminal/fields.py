"""One value from a person at a terminal, told with every key whether it will do."""

import sys
from collections.abc import Callable
from typing import Protocol

from bot.platforms.terminal.pipe import piped_lines

Check = Callable[[str], str]
"""Returns what is wrong with a text, empty for nothing."""


class Ask(Protocol):
    """Asks for a value until it will do.

    Raises:
        EOFError: nothing more comes.
    """

    def __call__(self, label: str, help_: str, check: Check) -> str:
        """Return what was typed, which may be nothing."""
        ...


def asking() -> Ask:
    """Return what asks at the keyboard, or reads the lines of a pipe."""
    return _typed if sys.stdin.isatty() else _Piped()


def _typed(label: str, help_: str, check: Check) -> str:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.application import get_app

    def verdict() -> str:
        text = get_app().current_buffer.text
        if not text.strip():
            return f" {help_}   (Enter: later · ? example · < back)"
        return f" {check(text) or 'good'}   ({len(text.strip())} characters)"

    session: PromptSession[str] = PromptSession(bottom_toolbar=verdict)
    try:
        return session.prompt(f"{label} › ")
    except KeyboardInterrupt:
        raise EOFError from None


class _Piped:
    """Reads a line for each value, and says for what."""

    def __init__(self) -> None:
        self._lines = piped_lines(sys.stdin)

    def __call__(self, label: str, help_: str, check: Check) -> str:
        """Return the next line; what is wrong with it is said by who asked."""
        del check
        sys.stdout.write(f"{label}: {help_}\n")
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        return line
