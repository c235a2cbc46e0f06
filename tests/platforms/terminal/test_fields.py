import io
import sys
from collections.abc import Callable

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.platforms.terminal.fields import asking


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


def enough(text: str) -> str:
    return "" if len(text) > 3 else "too short"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    def keys(pressed: str) -> str:
        monkeypatch.setattr(sys, "stdin", Keyboard())
        with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
            keyboard.send_text(pressed)
            return asking()("Name", "what it is called", enough)

    return keys


def test_a_value_is_typed(typed: Callable[[str], str]):
    assert typed("drift\r") == "drift"


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_person_may_stop_at_any_field(typed: Callable[[str], str], key: str):
    with pytest.raises(EOFError):
        typed(key)


def test_a_pipe_gives_a_line_for_each_field_and_then_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "stdin", io.StringIO("drift\n\n"))
    ask = asking()

    assert [ask("Name", "what it is called", enough) for _ in range(2)] == ["drift", ""]
    with pytest.raises(EOFError):
        ask("Name", "what it is called", enough)
    assert capsys.readouterr().out.startswith("Name: what it is called\n")
