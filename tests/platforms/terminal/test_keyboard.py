import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.platforms.terminal.keyboard import typed_lines

ENTER, CTRL_C, CTRL_D, ALT_ENTER = "\r", "\x03", "\x04", "\x1b\r"


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / "home" / "history"


def typed(
    keys: str,
    history: Path,
    draft: Callable[[], str] = lambda: "",
    meant: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the lines that come from these keys, up to Ctrl-D."""
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
        keyboard.send_text(keys + CTRL_D)
        return list(typed_lines(history, ("ask", "quit"), ("drift",), draft, lambda: meant))


def test_enter_sends_a_line_and_ctrl_d_ends(history: Path):
    assert typed(f"/ask drift{ENTER}an answer{ENTER}", history) == ["/ask drift", "an answer"]


def test_ctrl_c_throws_the_line_away_and_goes_on(history: Path):
    assert typed(f"oops{CTRL_C}good{ENTER}", history) == ["good"]


def test_alt_enter_begins_a_new_line_of_the_same_answer(history: Path):
    assert typed(f"first{ALT_ENTER}second{ENTER}", history) == ["first\nsecond"]


def test_a_refused_answer_is_on_the_line_to_be_edited(history: Path):
    drafts = iter(["too short", ""])

    lines = typed(f"too short{ENTER} no more{ENTER}", history, lambda: next(drafts))

    assert lines == ["too short", "too short no more"]


def test_ctrl_c_clears_a_refused_answer_too(history: Path):
    drafts = iter(["too short", ""])

    lines = typed(f"too short{ENTER}{CTRL_C}/skip{ENTER}", history, lambda: next(drafts))

    assert lines == ["too short", "/skip"]


def test_a_long_refused_answer_leaves_the_line_free_and_is_an_earlier_line(history: Path):
    text = "word " * 1000
    drafts = iter([text, ""])

    lines = typed(f"{text}{ENTER}/skip{ENTER}", history, lambda: next(drafts))

    assert lines == [text, "/skip"]
    assert text in history.read_text(encoding="utf-8")


def test_earlier_lines_are_kept_in_a_file_that_only_their_owner_reads(history: Path):
    typed(f"remember me{ENTER}", history)

    assert "remember me" in history.read_text(encoding="utf-8")
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_a_history_that_cannot_be_written_does_not_keep_anybody_from_typing(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    assert typed(f"hello{ENTER}", tmp_path / "file" / "history") == ["hello"]


def test_a_key_that_stands_for_a_line_sends_it_alone_and_begins_no_other_line(history: Path):
    keys = f"2 3 reasons, no 4{ENTER}4{ENTER}"

    assert typed(keys, history, meant=frozenset("123")) == ["2", " 3 reasons, no 4", "4"]


@pytest.mark.parametrize(("columns", "whole"), [(40, False), (120, True)])
def test_the_hint_below_the_line_fits_the_terminal(history: Path, columns: int, whole: bool):
    shown: list[str] = []

    class Narrow(DummyOutput):
        def get_size(self) -> Size:
            return Size(rows=20, columns=columns)

        def write(self, data: str) -> None:
            shown.append(data)

    with create_pipe_input() as keyboard, create_app_session(keyboard, Narrow()):
        keyboard.send_text(f"hello{ENTER}{CTRL_D}")
        list(typed_lines(history, ("ask",), (), lambda: ""))

    told = "".join(shown)
    assert "/quit" in told
    assert ("Ctrl-C" in told) is whole
