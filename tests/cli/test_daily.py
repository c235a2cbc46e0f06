"""`coach daily`: the question of this computer's room comes once, and its results the next day."""

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


def test_a_moment_needs_a_single_look(coach: Coach):
    outcome = coach("daily", "--at", "2031-05-07T10:00:00")
    assert outcome.status != 0
    assert "--once" in outcome.err
