from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.cutting import pieces, size

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
long_words = st.builds(lambda text, times: text * times, words, st.integers(1, 40))


@given(long_words, st.integers(60, 500))
def test_nothing_is_lost_where_a_text_is_cut(wrote: str, most: int):
    parts = list(pieces(wrote, most))

    assert all(size(part) <= most for part in parts)
    assert all(part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(wrote.split())


@given(long_words, st.integers(60, 500))
def test_what_is_added_to_a_piece_counts(wrote: str, most: int):
    quoted = pieces(wrote, most, lambda piece: "> " + piece.replace("\n", "\n> "))

    assert all(piece.startswith("> ") and size(piece) <= most for piece in quoted)


def test_a_text_is_cut_at_the_end_of_a_sentence():
    for sentence in ("A model drifts when the world changes. ", "モデルは古くなります。"):
        parts = list(pieces(sentence * 60, 500))

        assert len(parts) > 1
        assert all(part.endswith(sentence.strip()) for part in parts)


def test_a_long_sentence_is_cut_between_words_and_a_long_word_between_letters():
    assert list(pieces("one two three", 8)) == ["one two", "three"]
    assert list(pieces("ae\u0301iou", 2)) == ["a", "e\u0301", "io", "u"]


def test_an_emoji_counts_twice():
    assert size("a👩") == 3
