from hypothesis import given
from hypothesis import strategies as st

from bot.core.safe_text import one_line
from bot.pictures.lettering import fit, wrap
from tests.pictures.figures import any_text

widths = st.integers(1, 40)


def measure(text: str) -> float:
    return len(text)


@given(any_text, widths)
def test_a_fitted_line_is_never_too_wide(text: str, width: int):
    assert len(fit(text, width, measure)) <= width


@given(any_text, widths, st.integers(1, 4))
def test_wrapped_lines_are_few_and_never_too_wide(text: str, width: int, most: int):
    lines = wrap(text, width, measure, most)

    assert len(lines) <= most
    assert all(len(line) <= width for line in lines)


def test_a_text_that_fits_is_not_changed():
    assert fit("Ada", 3, measure) == "Ada"
    assert wrap("two words", 20, measure) == ("two words",)


def test_words_are_kept_whole_where_they_can_be():
    assert wrap("the quick brown fox jumps", 11, measure) == ("the quick", "brown fox…")


def test_a_word_longer_than_a_line_is_broken():
    assert wrap("abcdefghij", 4, measure) == ("abcd", "efg…")


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=12))
def test_wrapping_loses_no_words(words: list[str]):
    text = " ".join(words)

    assert " ".join(wrap(text, 10, measure, most=len(text))) == one_line(text)
