"""Cleaning and splitting: every piece is a literal part of what the learner wrote."""

import re
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grading import text as text_module
from grading.text import (
    Span,
    clauses,
    clean,
    content_stems,
    negations,
    sentences,
    stem,
    storable,
    windows,
    word_spans,
    words,
)

FREE = settings(max_examples=60, deadline=None)
PROSE = st.text(alphabet="ab CD.!?;,:-•*()'\"\n\r\u2028é1 but", max_size=200)
ANYTHING = st.text(max_size=300)


def texts(spans):
    return [span.text for span in spans]


def test_clean_removes_what_cannot_be_seen_and_joins_white_space():
    dirty = "\ufeffIg\u200bno\u00adre\x00 \u202ethe\t\n\u3000ＲＥＬＵ ﬁlter\u00a0!"

    assert clean(dirty) == "Ignore the RELU filter !"


@FREE
@given(ANYTHING | st.text(st.characters(categories=["Cs", "Cf", "Cc", "Mn", "Zs"]), max_size=20))
def test_clean_changes_nothing_the_second_time(text):
    assert clean(clean(text)) == clean(text)


@FREE
@given(st.text(st.characters(), max_size=100))
@example("a\x00b\ud800c")
def test_storable_text_comes_back_from_a_database_as_it_was(text):
    kept = storable(text)

    (row,) = sqlite3.connect(":memory:").execute("SELECT ?", (kept,)).fetchall()

    assert row[0] == kept
    assert "\x00" not in kept


@pytest.mark.parametrize("text", ["Drift changes P(y|x).", "مرحبا 😀 e\u0301", "a\u200bb\r\nc"])
def test_storable_leaves_what_a_database_can_hold(text):
    assert storable(text) == text


@FREE
@given(PROSE | ANYTHING)
@example("One. Two.\n- three\n* four\n1) five; Six")
def test_sentences_are_literal_parts_in_order_that_do_not_overlap(text):
    found = sentences(text)

    assert all(text[span.start : span.end] == span.text for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(span.text == span.text.strip() and words(span.text) for span in found)


@FREE
@given(PROSE | ANYTHING)
def test_sentences_lose_no_word_of_letters(text):
    # A number that begins a line may be a list mark ("1) first"), so numbers do not count.
    kept = [word for span in sentences(text) for word in words(span.text)]

    def letters(found):
        return [word for word in found if not any(char.isnumeric() for char in word)]

    assert letters(kept) == letters(words(text))


@FREE
@given(PROSE)
@example("The inputs change, but the labels stay the same, because nobody retrained it")
def test_clauses_and_windows_are_literal_parts_of_the_text(text):
    for sentence in sentences(text):
        for piece in [*clauses(sentence), *windows(sentence, 3)]:
            assert text[piece.start : piece.end] == piece.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It drifts. I retrain it.", ["It drifts.", "I retrain it."]),
        ("it drifts. then i retrain", ["it drifts.", "then i retrain"]),
        ("Really? Yes! Sure.", ["Really?", "Yes!", "Sure."]),
        ("Use e.g. Optuna for it.", ["Use e.g. Optuna for it."]),
        ("Grid vs. Random search.", ["Grid vs. Random search."]),
        ("A rate of 0.1 is high.", ["A rate of 0.1 is high."]),
        ("- first thing\n* second thing\n• third", ["first thing", "second thing", "third"]),
        ("1. first thing\n2) second thing", ["first thing", "second thing"]),
        ("one line\r\nanother", ["one line", "another"]),
        ("Grid is slow; Random is fast", ["Grid is slow;", "Random is fast"]),
        ("# Heading\ntext", ["Heading", "text"]),
        ("...\n---\n!!!", []),
        ("", []),
        ("😀🔥", []),
    ],
)
def test_sentences_end_at_stops_lines_and_bullets(text, expected):
    assert texts(sentences(text)) == expected


def test_clauses_split_a_long_sentence_into_statements():
    text = "The inputs stay the same, but their meaning changes, so the model gets worse"

    pieces = clauses(Span(0, len(text), text))

    assert texts(pieces) == [
        "The inputs stay the same",
        "their meaning changes",
        "the model gets worse",
    ]


def test_a_list_of_single_words_stays_one_clause():
    text = "red, green, blue"

    assert texts(clauses(Span(0, len(text), text))) == [text]


def test_clauses_keep_their_place_in_the_whole_text():
    text = "First one. The inputs stay the same, but their meaning changes"
    second = sentences(text)[1]

    assert all(text[piece.start : piece.end] == piece.text for piece in clauses(second))


def test_windows_cut_after_so_many_words():
    text = "one two three four five"

    assert texts(windows(Span(0, len(text), text), 2)) == ["one two", "three four", "five"]


def test_words_fold_case_and_apostrophes():
    assert words("Don't STOP, it’s P(y|x)!") == ["dont", "stop", "its", "p", "y", "x"]


def test_word_spans_keep_the_words_as_written_and_their_places():
    text = "Don't over-fit x_1!"

    assert texts(word_spans(text)) == ["Don't", "over", "fit", "x", "1"]
    assert [text[span.start : span.end] for span in word_spans(text)] == texts(word_spans(text))


def test_content_stems_leave_out_words_without_content_and_keep_repeats():
    assert content_stems("The models are modelling the model") == ["model", "model", "model"]


def test_one_stem_stands_for_all_forms_of_a_word():
    assert {stem(word) for word in ("retrain", "retrains", "retrained", "retraining")} == {
        "retrain"
    }


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It changes", 0),
        ("It does not change", 1),
        ("It doesn’t change", 1),
        ("It never changes without us", 2),
        ("Another note", 0),
    ],
)
def test_negations_are_counted(text, count):
    assert negations(text) == count


ROOTS = ("relation", "train", "generaliz", "predict", "monitor", "deploy", "interpret", "calibrat")


def test_threads_get_the_same_stems_as_one_alone():
    words = [f"{root}{end}" for root in ROOTS for end in ("s", "ed", "ing", "ation", "ality", "ly")]
    stem.cache_clear()
    alone = [stem(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            stem.cache_clear()
            with ThreadPoolExecutor(4) as pool:
                together = list(pool.map(stem, words))
            assert together == alone
    finally:
        sys.setswitchinterval(interval)


def sentences_by_looking_back(text):
    """Return where sentences end, each abbreviation looked for in all that stands before."""
    return [
        match.span()
        for match in text_module._SENTENCE_END.finditer(text)
        if not text_module._ABBREVIATION.search(text[: match.start()])
    ]


def clauses_by_counting(text):
    """Return where clauses end, the words on both sides counted anew at each."""
    found, start = [], 0
    for match in SLOW_CLAUSE_END.finditer(text):
        sides = text[start : match.start()], text[match.end() :]
        if min(len(words(side)) for side in sides) >= text_module.MIN_CLAUSE_WORDS:
            found.append(match.span())
            start = match.end()
    return found


SLOW_CLAUSE_END = re.compile(text_module._CLAUSE_END.pattern.replace(r"(?<!\s)", ""), re.IGNORECASE)
TERMS = """e.g. i.e. etc. approx. No. no. fig vs. cf. et al. Dr. xapprox. a. B! c? d; E. and but
which because so that (in) ) ' " – - : , one two three data drifts""".split()
GAPS = [" ", "  ", "\n", "\r\n", "\t", ". ", ", ", " - ", ": "]
PIECES = st.lists(st.sampled_from(TERMS + GAPS), max_size=60)


@given(PROSE | ANYTHING | PIECES.map(" ".join) | PIECES.map("".join))
@settings(max_examples=300, deadline=None)
def test_pieces_are_those_of_a_search_that_looks_at_the_whole_text_each_time(text):
    assert list(text_module._sentence_breaks(text)) == sentences_by_looking_back(text)
    expected = text_module._cut(text, clauses_by_counting(text))
    assert clauses(Span(0, len(text), text)) == expected


class Read(str):
    """A text that keeps count of the characters that were copied out of it."""

    copied = 0

    def __getitem__(self, key):
        piece = super().__getitem__(key)
        Read.copied += len(piece)
        return piece


@pytest.mark.parametrize("piece", ["a\n", "a. ", "a; ", "a, ", "e.g. ", "a b c, "])
def test_splitting_copies_each_character_a_few_times_at_most(piece):
    text = Read(piece * (4000 // len(piece)))
    Read.copied = 0

    sentences(text)
    clauses(Span(0, len(text), text))

    assert 0 < Read.copied <= 8 * len(text)
