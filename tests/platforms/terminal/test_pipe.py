import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.terminal.pipe import MAX_LINE, piped_lines


def lines_of(content: bytes, encoding: str = "utf-8") -> list[str]:
    return list(piped_lines(io.TextIOWrapper(io.BytesIO(content), encoding=encoding)))


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"one\ntwo\n", ["one", "two"]),
        (b"one\ntwo", ["one", "two"]),
        (b"one\r\ntwo\r\n", ["one", "two"]),
        (b"\n\n", ["", ""]),
        (b"first\\\nsecond\nthird\n", ["first\nsecond", "third"]),
        (b"first\\\r\nsecond\r\n", ["first\nsecond"]),
        (b"a\\\nb\\\nc\n", ["a\nb\nc"]),
        (b"open end\\", ["open end"]),
        (b"open end\\\n", ["open end"]),
        ("naïve 漢 🙂\n".encode(), ["naïve 漢 🙂"]),
        ("one\u2028still one\x0bstill\x85one\n".encode(), ["one\u2028still one\x0bstill\x85one"]),
    ],
)
def test_a_line_is_a_message_and_a_backslash_continues_it(content: bytes, lines: list[str]):
    assert lines_of(content) == lines


def test_what_is_no_utf8_is_replaced():
    (line,) = lines_of(b"caf\xe9 \xff\n")

    assert line == "caf\ufffd \ufffd"


def test_the_pipe_is_read_as_utf8_whatever_the_locale():
    assert lines_of("naïve\n".encode(), encoding="latin-1") == ["naïve"]


def test_a_line_of_two_megabytes_is_cut_and_the_next_line_is_whole():
    lines = lines_of(b"x" * 2_000_000 + b"\nnext\n")

    assert [len(line) for line in lines] == [MAX_LINE, 4]
    assert lines[1] == "next"


@pytest.mark.parametrize("length", [MAX_LINE - 1, MAX_LINE, MAX_LINE + 1])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_line_about_as_long_as_the_limit_does_not_swallow_the_next(length: int, end: bytes):
    lines = lines_of(b"x" * length + end + b"next" + end)

    assert [len(line) for line in lines] == [min(length, MAX_LINE), 4]


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_can_be_read(content: bytes):
    for line in lines_of(content):
        assert line.encode("utf-8").decode("utf-8") == line
