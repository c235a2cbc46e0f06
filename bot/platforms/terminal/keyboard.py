"""Lines from a person at a terminal: prompt, history, completion, several lines in one answer."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import Completer, FuzzyCompleter, NestedCompleter, WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from bot.platforms.terminal.claims import MOST_CLAIMS

HINTS = (
    "Enter sends · Alt+Enter new line · ↑ earlier lines · Ctrl-C clears · /ask /help /quit",
    "Enter sends · /ask /help /quit",
)
"""What stands below the line: the longest that the terminal has room for."""

LONGEST_DRAFT = 1_000
"""Characters of a refused text that is put on the line again. A longer one would fill the screen,
and whatever is typed next would stand at its end; it is the latest of the earlier lines."""


def typed_lines(
    history: Path,
    commands: tuple[str, ...],
    names: tuple[str, ...],
    draft: Callable[[], str],
    keys: Callable[[], frozenset[str]] = frozenset,
) -> Iterator[str]:
    """Yield what the person types until Ctrl-D; Ctrl-C clears the line.

    Args:
        history: file of earlier lines, readable by its owner only.
        commands: names of commands, without the slash.
        names: what can follow /ask.
        draft: returns the refused text that the next line begins with; Ctrl-C clears it.
        keys: returns the digits that are a whole line when pressed on an empty one.
    """
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        completer=_completer(commands, names),
        complete_while_typing=True,
        key_bindings=_keys(keys),
        bottom_toolbar=_hint,
        multiline=False,
    )
    begun = ""
    while True:
        try:
            line = session.prompt("› ", default=begun)
        except KeyboardInterrupt:
            begun = ""
            continue
        except EOFError:
            return
        yield line
        refused = draft()
        begun = refused if len(refused) <= LONGEST_DRAFT else ""


def _hint() -> str:
    room = get_app().output.get_size().columns
    return next((hint for hint in HINTS if len(hint) <= room), HINTS[-1])


def _history(path: Path) -> FileHistory | InMemoryHistory:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


def _completer(commands: tuple[str, ...], names: tuple[str, ...]) -> Completer:
    after_ask = FuzzyCompleter(WordCompleter(list(names), sentence=True))
    return NestedCompleter({f"/{name}": after_ask if name == "ask" else None for name in commands})


def _keys(meant: Callable[[], frozenset[str]]) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    for digit in map(str, range(1, MOST_CLAIMS + 1)):
        keys.add(digit, filter=Condition(partial(_alone, digit, meant)))(_send)
    return keys


def _alone(key: str, meant: Callable[[], frozenset[str]]) -> bool:
    return key in meant() and not get_app().current_buffer.text


def _send(event: KeyPressEvent) -> None:
    """Send the key as a line of its own."""
    event.current_buffer.insert_text(event.data)
    event.current_buffer.validate_and_handle()
