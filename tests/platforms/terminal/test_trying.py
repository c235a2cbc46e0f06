import io
import os
import sys
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.platforms.terminal.trying import Watched, tried


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_saved_file_has_changed_once(tmp_path: Path):
    path = tmp_path / "q.md"
    path.write_text("one")
    watched = Watched(path)
    assert not watched()

    path.write_text("another")
    assert (watched(), watched()) == (True, False)
    path.write_text("annother")
    os.utime(path, ns=(1, 1))
    assert watched()


def test_a_file_that_an_editor_puts_in_its_place_has_not_gone(tmp_path: Path):
    path = tmp_path / "q.md"
    path.write_text("one")
    watched = Watched(path)

    path.unlink()
    assert not watched()
    path.write_text("one more")
    assert watched()


def test_what_was_typed_stays_when_the_file_is_saved(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", Keyboard())
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
        looks = iter([False, True])

        def changed() -> bool:
            saved = next(looks, False)
            if saved:
                keyboard.send_text("an answer\r\x04")
            return saved

        keyboard.send_text("half of ")
        assert list(tried(changed, look_after=0.01)) == [None, "half of an answer"]


def test_a_pipe_is_told_of_a_change_before_the_next_answer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\ntwo\n"))
    looks = iter([False, True])

    assert list(tried(lambda: next(looks))) == ["one", None, "two"]
