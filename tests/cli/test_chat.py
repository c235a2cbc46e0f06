"""The conversation of the real program, through a pipe."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Coach, rows

ANSWER = (
    "Concept drift means that the relationship between the inputs and the target changes over "
    "time. I compare predictions with the labels as they arrive, and I retrain the model on "
    "recent data."
)
PATIENCE = 300
Start = Callable[..., "subprocess.Popen[bytes]"]


def test_somebody_new_is_welcomed_and_may_leave_at_once(process: Coach, home: Path):
    outcome = process("chat", stdin=b"")

    assert outcome.status == 0
    assert outcome.out.startswith("Welcome to the interview coach.")
    assert outcome.err == ""


def test_whatever_comes_through_the_pipe_the_chat_ends_well(process: Coach):
    lines = [
        b"/help",
        b"an answer to nothing",
        b"/dance",
        b"/hint",
        b"/ask drift",
        b"\xff\xfe\x00",
        b"x" * 1_200_000,
        b"/hint",
        b"/skip",
        b"/progress",
        b"/quit",
        b"never read",
    ]

    outcome = process("chat", stdin=b"\r\n".join(lines))

    assert outcome.status == 0
    assert outcome.err == ""
    for words in ("What I can do", "no open question", "/dance", "Say more", "Skipped:"):
        assert words in outcome.out
    assert "I found no words" in outcome.out
    assert "I grade up to 4,000" in outcome.out
    assert "went wrong" not in outcome.out


@pytest.mark.slow
@pytest.mark.usefixtures("corpus")
def test_two_people_practise_at_once_and_the_next_chat_knows_both(
    start: Start, process: Coach, home: Path
):
    script = f"/ask drift\n{ANSWER}\n/progress\n/quit\n".encode()
    chats = [start("chat"), start("chat")]
    for chat in chats:
        chat.stdin.write(script)
        chat.stdin.flush()

    outcomes = [chat.communicate(timeout=PATIENCE) for chat in chats]
    later = process("chat", stdin=b"/progress\n/ask drift\n/quit\n")

    for chat, (out, err) in zip(chats, outcomes, strict=True):
        assert (chat.returncode, err) == (0, b"")
        assert "Question: What is concept drift" in out.decode()
        assert "Score: " in out.decode()
        assert "you wrote: “" in out.decode()
        assert "Your progress" in out.decode()
    assert later.status == 0
    assert "Welcome back" in later.out
    assert "2 answers so far; 1 of 4 questions answered" in later.out
    assert "You answered this on" in later.out
    assert rows(home / "coach.sqlite3", "SELECT count(*) FROM learners") == [(1,)]


@pytest.mark.slow
@pytest.mark.usefixtures("corpus")
def test_an_answer_survives_a_kill_while_it_is_graded(start: Start, process: Coach, home: Path):
    for _ in range(3):
        if killed_while_grading(start("chat"), home / "coach.sqlite3"):
            break
    else:
        pytest.fail("grading was always quicker than the kill")

    outcome = process("chat", stdin=b"/quit\n")

    assert outcome.status == 0
    assert "Your earlier answer has been graded now." in outcome.out
    assert ANSWER in outcome.out
    assert "Score: " in outcome.out
    assert rows(home / "coach.sqlite3", "SELECT count(*) FROM attempts WHERE score IS NULL") == [
        (0,)
    ]


def killed_while_grading(chat: "subprocess.Popen[bytes]", database: Path) -> bool:
    """Answer a question and kill the chat as soon as the answer is stored."""
    chat.stdin.write(f"/ask drift\n{ANSWER}\n".encode())
    chat.stdin.flush()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not pending(database):
        assert chat.poll() is None
        time.sleep(0.02)
    chat.kill()
    chat.communicate(timeout=PATIENCE)
    return pending(database)


def pending(database: Path) -> bool:
    if not database.exists():
        return False
    if not rows(database, "SELECT 1 FROM sqlite_master WHERE name = 'attempts'"):
        return False
    return bool(rows(database, "SELECT 1 FROM attempts WHERE score IS NULL"))
