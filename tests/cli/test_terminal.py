"""The conversation of the real program, at a terminal."""

import sys
from pathlib import Path

import pexpect
import pytest

PATIENCE = 300


@pytest.mark.slow
@pytest.mark.usefixtures("corpus")
def test_a_person_at_a_terminal_asks_answers_and_sees_the_score(
    environment: dict[str, str], tmp_path: Path, home: Path
):
    chat = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "chat"],
        env=environment | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
        cwd=str(tmp_path),
        encoding="utf-8",
        dimensions=(40, 100),
        timeout=PATIENCE,
    )
    try:
        chat.expect("Welcome to the interview coach")
        chat.expect("›")
        chat.send("/ask drift\r")
        chat.expect("What is concept drift")
        chat.expect("›")
        chat.send("It means that the relation between the inputs and the target changes.\r")
        chat.expect(r"\d %")
        chat.expect("What earned credit")
        chat.expect("›")
        chat.send("/quit\r")
        chat.expect(pexpect.EOF)
        chat.wait()
    finally:
        chat.close(force=True)

    assert chat.exitstatus == 0
    assert "/ask drift" in (home / "history").read_text(encoding="utf-8")
