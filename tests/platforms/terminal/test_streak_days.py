"""Days in a row at the terminal, with the commands as the application puts them together."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.platforms.terminal.test_week import KNOWS, Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def answer(terminal: Terminal) -> str:
    terminal.type("/ask drift")
    return terminal.type(KNOWS)


def test_a_streak_grows_day_by_day_and_a_freeze_keeps_it(terminal: Terminal):
    terminal.type("/settings zone Berlin")
    assert "You have no streak yet." in terminal.type("/streak")

    assert "Day 1 of a new streak." in answer(terminal)
    assert "in a row" not in answer(terminal)
    for day in range(2, 8):
        terminal.next_day()
        assert f"Day {day} in a row." in answer(terminal)
    assert "Your streak is 7 days. Your longest is 7 days." in terminal.type("/streak")
    assert "You have 1 freeze." in terminal.screen.text

    # Nobody is there on Monday. Between two sessions at a terminal nothing is out of service.
    terminal.next_day()
    terminal.next_day()
    assert "An answer today adds to it." in terminal.type("/streak")
    assert "Day 8 in a row." in answer(terminal)
    why = terminal.type("/streak why")
    assert "Mon 2026-11-30: missed, and covered by a freeze" in why
    assert "Tue 2026-12-01: answered" in why
    assert "You have no freezes." in why

    assert "2026-12" not in terminal.type("/streak why november")
    assert "8-day streak" in terminal.type("/progress")


def test_days_without_an_answer_end_a_streak_and_the_record_stays(terminal: Terminal):
    answer(terminal)
    terminal.next_day()
    answer(terminal)
    for _ in range(3):
        terminal.next_day()

    told = terminal.type("/streak")

    assert "No streak is running. The next answer starts one. Your longest is 2 days." in told
    assert "Day 1 of a new streak." in answer(terminal)


def test_an_outage_of_the_service_excuses_its_day(terminal: Terminal):
    terminal.features.heartbeat.beat()
    answer(terminal)
    terminal.next_day()
    terminal.clock.pass_by(timedelta(hours=20))
    terminal.features.heartbeat.beat()
    terminal.start()

    assert "Day 2 in a row." in answer(terminal)
    assert "Tue 2026-11-24: excused" in terminal.type("/streak why")


def test_help_names_it_and_other_words_are_a_sentence(terminal: Terminal):
    assert "'yesterday'" in terminal.type("/streak why yesterday")
    assert "/streak [why] [all | MONTH]" in terminal.type("/help")
