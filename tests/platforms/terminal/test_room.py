"""Posting to the terminal: once each, shown once, and honest about a file that cannot be used."""

from pathlib import Path

import pytest

from bot.core.errors import Undeliverable
from bot.core.ports import Address
from bot.core.reply import Paragraph, Reply
from bot.platforms.terminal.room import TerminalRoom
from tests.builders import NOON

TO = Address("terminal", "room", "room")
MESSAGE = Reply((Paragraph("What is drift?"),))


def room_at(file: Path) -> TerminalRoom:
    return TerminalRoom(file, lambda: NOON)


def test_what_is_posted_is_shown_once_and_found_by_the_next_program(tmp_path: Path):
    file = tmp_path / "new" / "room"
    room = room_at(file)
    message_id = room.post(TO, MESSAGE, "daily-1-20261123", "77")
    results = room.reply(TO, message_id, MESSAGE, "results-1-20261123")

    assert room.news() == (MESSAGE, MESSAGE)
    assert room.news() == ()
    later = room_at(file)
    assert later.find(TO, "daily-1-20261123", NOON) == message_id
    assert later.find(TO, "results-1-20261123", NOON) == results
    assert later.find(TO, "daily-1-2026112", NOON) is None
    assert later.news() == ()


def test_before_anything_was_posted_nothing_is_found(tmp_path: Path):
    assert room_at(tmp_path / "room").find(TO, "daily-1-20261123", NOON) is None


def test_a_file_that_cannot_be_used_is_told(tmp_path: Path):
    room = room_at(tmp_path)  # a folder
    with pytest.raises(Undeliverable, match="cannot be written"):
        room.post(TO, MESSAGE, "daily-1-20261123")
    with pytest.raises(Undeliverable, match="cannot be read"):
        room.find(TO, "daily-1-20261123", NOON)
    assert room.news() == ()
    trouble = room.trouble()
    assert trouble is not None
    assert "cannot be read" in trouble.reason
    assert room.trouble() is None


def test_a_damaged_file_loses_no_other_line(tmp_path: Path):
    file = tmp_path / "room"
    file.write_bytes(b"\xff\xfe\x00\ndaily-1-20261123\t2026\n")
    assert room_at(file).find(TO, "daily-1-20261123", NOON) == "daily-1-20261123"


def test_people_hear_their_news_when_they_come(tmp_path: Path):
    with pytest.raises(Undeliverable) as caught:
        room_at(tmp_path / "room").tell("room", "ada", MESSAGE)
    assert caught.value.permanent
