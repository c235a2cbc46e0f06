"""`coach daily`: the question of this computer's room comes once, and its results the next day."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Coach

SETUP = b"/daily setup 09:00 Berlin\n/quit\n"


def test_a_look_at_the_time_posts_once_and_the_next_day_brings_results(process: Coach):
    assert "The daily question is set" in process("chat", stdin=SETUP).out
    first = process("daily", "--once", "--at", "2031-05-07T10:00:00", TZ="UTC")
    again = process("daily", "--once", "--at", "2031-05-07T10:05:00", TZ="UTC")
    later = process("daily", "--once", "--at", "2031-05-08T10:00:00", TZ="UTC")

    assert (first.status, first.err) == (0, "")
    assert first.out.count("Question of the day") == 1
    assert again.out == ""
    assert "Results" in later.out
    assert "Nobody answered." in later.out
    assert later.out.count("Question of the day") == 1


def test_a_room_that_cannot_be_written_is_told(process: Coach, home: Path):
    assert process("chat", stdin=SETUP).status == 0
    (home / "room.tsv").mkdir()

    outcome = process("daily", "--once", "--at", "2031-05-07T10:00:00")

    assert outcome.status == 1
    assert "room.tsv cannot be" in outcome.err
    assert outcome.out == ""


def test_a_moment_needs_a_single_look(coach: Coach):
    outcome = coach("daily", "--at", "2031-05-07T10:00:00")
    assert outcome.status != 0
    assert "--once" in outcome.err


def test_a_chat_shows_the_question_of_the_room_to_whoever_comes_first(process: Coach, home: Path):
    process("chat", stdin=b"/daily setup 00:00 UTC\n/quit\n")
    with closing(sqlite3.connect(home / "coach.sqlite3")) as database:  # as if set up long ago
        database.execute("UPDATE daily_plans SET after = date('now', '-1 day')")
        database.commit()
    first = process("chat", stdin=b"/quit\n")
    second = process("chat", "--as", "Grace", stdin=b"/daily\n/quit\n")

    assert first.out.count("Question of the day") == 1
    assert "Answers stay private until it closes." in first.out
    assert "Answer in your own words." in second.out
