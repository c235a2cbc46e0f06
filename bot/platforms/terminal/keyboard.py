"""Lines from a person at a terminal: prompt, history, completion, several lines in one answer."""

from collections.abc import Callable, Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, FuzzyCompleter, NestedCompleter, WordCompleter
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

HINT = "Enter sends · Alt+Enter new line · ↑ earlier lines · Ctrl-C clears · /ask /help /quit"

LONGEST_DRAFT = 1_000
"""Characters of a refused text that is put on the line again. A longer one would fill the screen,
and whatever is typed next would stand at its end; it is the latest of the earlier lines."""


def typed_lines(
    history: Path, commands: tuple[str, ...], names: tuple[str, ...], draft: Callable[[], str]
) -> Iterator[str]:
    """Yield what the person types until Ctrl-D; Ctrl-C clears the line.

    Args:
        history: file of earlier lines, readable by its owner only.
        commands: names of commands, without the slash.
        names: what can follow /ask.
        draft: returns the refused text that the next line begins with; Ctrl-C clears it.
    """
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        completer=_completer(commands, names),
        complete_while_typing=True,
        key_bindings=_keys(),
        bottom_toolbar=HTML(HINT),
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


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys
