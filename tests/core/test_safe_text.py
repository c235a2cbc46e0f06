import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.safe_text import cut, one_line

any_text = st.text(st.characters(), max_size=60)


@given(any_text, st.integers(1, 40))
def test_a_line_is_short_and_holds_nothing_that_commands_a_screen(text: str, most: int):
    line = one_line(text, most)

    assert len(line) <= most
    assert not {unicodedata.category(char) for char in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert line == " ".join(line.split())
    line.encode("utf-8")


@given(any_text)
def test_a_line_that_was_made_safe_stays_as_it_is(text: str):
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize("name", ["Ada", "Łukasz", "日本語", "मानव", "👩‍👩‍👧", "می‌خواهم"])
def test_names_of_every_script_are_kept(name: str):
    assert one_line(name) == name


def test_marks_that_turn_the_reading_direction_go():
    assert one_line("a\u202eb\u2066c") == "abc"


def test_towers_of_marks_are_lowered():
    assert one_line("Z" + "\u0335" * 50 + "a") == "Z\u0335\u0335a"


def test_a_long_text_ends_with_an_ellipsis():
    assert one_line("one two three", 8) == "one two…"


def test_nothing_is_cut_between_a_letter_and_its_marks():
    assert cut("ae\u0301o", 2) == "a"
    assert cut("a👩\u200d👧", 3) == "a👩"
    assert cut("abc", 3) == "abc"
