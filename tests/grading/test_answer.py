"""How an answer is taken apart: every word is read once, every statement is literal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.answer import MAX_WORDS, read_answer, sentences_of
from grading.text import words
from tests.fakes import WordEncoder

TEXT = "Batch runs on a schedule, but real-time answers each request. It costs more."


def test_only_sentences_are_embedded():
    encoder = WordEncoder()

    answer = read_answer(TEXT, encoder.encode, frozenset())

    assert encoder.asked == [span.text for span in sentences_of(TEXT)]
    assert answer.sentences == 2
    assert len(answer.statements) > 2


def test_a_clause_has_its_own_words_vectors():
    answer = read_answer(TEXT, WordEncoder().encode, frozenset())

    clause = next(row for row, s in enumerate(answer.statements) if s.text.startswith("real-time"))
    (alone,) = WordEncoder().encode([answer.statements[clause].text])
    assert answer.tokens[clause] == pytest.approx(alone.tokens)
    assert answer.vectors[clause] == pytest.approx(alone.sentence, abs=1e-6)


def test_the_body_is_all_sentences_in_order():
    answer = read_answer(TEXT, WordEncoder().encode, frozenset())

    assert len(answer.body.tokens) == len(answer.body.weights) == len(TEXT.split())
    assert "schedul" in answer.body.stems


def test_what_is_left_out_takes_its_clauses_along():
    answer = read_answer(TEXT, WordEncoder().encode, frozenset())

    rest = answer.only(answer.rows_without([0]))

    assert [span.text for span in rest.statements] == ["It costs more."]
    assert len(rest.body.tokens) == 3
    assert rest.body.stems == {"cost"}
    assert answer.rows_without([]) == list(range(len(answer.statements)))


@given(st.text(max_size=300).filter(words))
@settings(deadline=None)
def test_every_statement_is_a_literal_part_and_has_a_unit_vector(text):
    answer = read_answer(text, WordEncoder().encode, frozenset())

    for span in answer.statements:
        assert text[span.start : span.end] == span.text
    assert np.linalg.norm(answer.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(answer.statements) == len(answer.vectors) == len(answer.tokens)


@pytest.mark.parametrize("piece", ["a ", "a\n", "a. ", "a b c, "])
def test_a_thousand_words_are_read_of_an_answer_of_more(piece):
    text = "  - Drift. " + piece * (3900 // len(piece))
    encoder = WordEncoder()

    answer = read_answer(text, encoder.encode, frozenset())

    assert sum(len(words(each)) for each in encoder.asked) == min(MAX_WORDS, len(words(text)))
    for span in answer.statements:
        assert text[span.start : span.end] == span.text


def test_all_of_an_answer_in_prose_is_read():
    text = TEXT * 48
    encoder = WordEncoder()

    read_answer(text, encoder.encode, frozenset())

    assert 3500 < len(text) < 4000
    assert sum(len(words(each)) for each in encoder.asked) == len(words(text))
