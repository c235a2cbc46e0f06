"""Where messages go: rich on a terminal, plain text elsewhere."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TextIO

from bot.core.reply import Reply
from bot.platforms.terminal.plain import as_text

Show = Callable[[Reply], None]
Busy = Callable[[], AbstractContextManager[object]]


def show_on(stream: TextIO) -> Show:
    """Return a function that shows replies on a stream in the form that suits it."""
    if not stream.isatty():
        return lambda reply: _write(stream, as_text(reply))
    from rich.console import Console

    from bot.platforms.terminal.render import as_renderable

    console = Console(file=stream, highlight=False)
    return lambda reply: console.print(as_renderable(reply))


def busy_on(stream: TextIO) -> Busy:
    """Return a context that turns a spinner on a terminal, and does nothing elsewhere."""
    if not stream.isatty():
        return nullcontext
    from rich.console import Console

    console = Console(file=stream)
    return lambda: console.status("one moment…", spinner="dots")


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
