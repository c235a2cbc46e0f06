"""The signals on vectors small enough to compute by hand."""

import numpy as np
import pytest

from grading.answer import read_answer
from grading.rubric import piece_weights
from grading.signals import (
    DIRECTION_PENALTY,
    MOST_MARGIN,
    Heard,
    answer_margin,
    compare,
    leads,
    lexical_recall,
    signals_of_points,
    statement_margins,
    token_recall,
)
from tests.fakes import WordEncoder
from tests.grading.small_vectors import (
    EAST,
    NORTH,
    NORTH_EAST,
    a_body,
    a_rubric,
    an_answer,
    statements,
)

UNHEARD = [Heard(0.0, 0.0, 0.0, 0.0)]


def test_token_recall_is_the_weighted_mean_of_each_reference_tokens_best_match():
    reference = statements([EAST, NORTH], [NORTH_EAST], weights=[1, 3, 1])
    answer = a_body(EAST, NORTH_EAST)

    recall = token_recall(reference, answer)

    # east finds itself (1), north finds north-east (.8): (1*1 + 3*.8) / 4; north-east finds itself.
    assert recall == pytest.approx([0.85, 1.0])


def test_token_recall_ignores_what_the_answer_says_beside():
    reference = statements([EAST])

    assert token_recall(reference, a_body(NORTH, EAST)) == pytest.approx([1.0])


def test_lexical_recall_is_the_share_of_the_references_stems():
    reference = statements([EAST], [EAST], stems=[["drift", "label", "alert", "test"], []])

    assert lexical_recall(reference, frozenset(["drift", "cake"])).tolist() == [
        0.25,
        0.0,
    ]


def test_statements_that_point_in_opposite_directions_lose_similarity():
    reference = statements([EAST], [EAST], texts=["It changes", "It does not change"])
    rubric = a_rubric(reference, [([0], [1])])

    comparison = compare(rubric, an_answer(EAST, texts=("It changes",)))

    assert comparison.similarity.tolist()[0] == pytest.approx([1.0, 1.0 - DIRECTION_PENALTY])
    assert statement_margins(rubric, comparison) == pytest.approx([DIRECTION_PENALTY])


def test_the_margin_of_an_answer_is_the_mean_of_its_statements_differences_of_squares():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], [1])])

    comparison = compare(rubric, an_answer(EAST, NORTH_EAST, texts=("one text", "two text")))

    assert answer_margin(rubric, comparison) == pytest.approx(((1 - 0) + (0.36 - 0.64)) / 2)


def test_an_answer_cannot_earn_points_by_leaning_to_the_right_side():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], [1])])
    answer = an_answer(EAST)

    [signals] = signals_of_points(rubric, answer, compare(rubric, answer), UNHEARD)

    assert signals.answer_margin == MOST_MARGIN


def test_without_wrong_versions_the_margin_is_the_similarity():
    rubric = a_rubric(statements([EAST]), [([0], [])])

    assert statement_margins(rubric, compare(rubric, an_answer(NORTH_EAST))) == pytest.approx([0.6])


def test_a_statement_leads_for_the_point_that_it_is_nearest_to():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], []), ([1], [])])
    comparison = compare(rubric, an_answer(NORTH_EAST))
    every = [point.right for point in rubric.points]

    assert leads(every, every[0], comparison) == pytest.approx([0.6 - 0.8])
    assert leads(every, every[1], comparison) == pytest.approx([0.8 - 0.6])


def test_a_point_without_rows_never_leads_and_a_single_one_always_does():
    rubric = a_rubric(statements([EAST]), [([0], [])])
    comparison = compare(rubric, an_answer(NORTH_EAST))
    none = np.array([], dtype=np.int64)

    assert leads([rubric.points[0].right, none], none, comparison).tolist() == [0.0]
    assert leads([rubric.points[0].right], rubric.points[0].right, comparison) == pytest.approx(
        [0.6]
    )


def test_point_signals_weigh_right_against_wrong():
    reference = statements([EAST], [NORTH], stems=[["right"], ["wrong", "word"]])
    rubric = a_rubric(reference, [([0], [1])], prompt_stems=["drift"])
    answer = an_answer(NORTH_EAST, stems=["right", "word", "drift", "cake"])

    [signals] = signals_of_points(rubric, answer, compare(rubric, answer), UNHEARD)

    assert signals.recall == pytest.approx(0.6)
    assert signals.lexical_margin == 0.5
    assert signals.statement_margin == pytest.approx(0.6 - 0.8)
    assert signals.wrong == pytest.approx(0.8)
    assert signals.answer_margin == pytest.approx(0.36 - 0.64)


def test_recall_of_a_point_is_averaged_over_its_three_best_wordings():
    reference = statements([EAST], [EAST], [NORTH], [[-1.0, 0.0]])
    rubric = a_rubric(reference, [([0, 1, 2, 3], [])])
    answer = an_answer(EAST)

    [signals] = signals_of_points(rubric, answer, compare(rubric, answer), UNHEARD)

    assert signals.recall == pytest.approx((1 + 1 + 0) / 3)


def test_content_words_weigh_most_function_and_prompt_words_little_punctuation_nothing():
    weights = piece_weights(("the", "drift", "##ing", "label", "not", "."), frozenset({"drift"}))

    the, drift, ing, label, negation, stop = weights
    assert stop == 0 < the < drift == ing < label == negation == 1


def test_where_nothing_has_weight_everything_weighs_the_same():
    assert piece_weights((".", "!"), frozenset()).tolist() == [1.0, 1.0]


def test_an_answer_is_read_into_sentences_and_their_clauses():
    encoder = WordEncoder()
    text = "The inputs stay the same, but their meaning changes. I retrain it."

    answer = read_answer(text, encoder.encode, frozenset())

    assert [span.text for span in answer.statements] == [
        "The inputs stay the same, but their meaning changes.",
        "I retrain it.",
        "The inputs stay the same",
        "their meaning changes.",
    ]
    assert answer.vectors.shape == (4, 16)
    assert len(answer.body.tokens) == len(answer.body.weights) == 12


@pytest.mark.parametrize("text", ["word " * 799, "Drift. " * 500, "a, " * 1300, "x" * 4000])
def test_any_length_of_answer_is_read_in_pieces_of_bounded_size(text):
    answer = read_answer(text, WordEncoder().encode, frozenset())

    assert max(len(span.text.split()) for span in answer.statements) <= 80
    assert all(text[span.start : span.end] == span.text for span in answer.statements)


def test_a_long_answer_is_read_in_stretches_of_whole_sentences():
    text = " ".join(f"Sentence {n} has these six words." for n in range(50))
    answer = read_answer(text, WordEncoder().encode, frozenset())

    stretches = answer.stretches(60)

    assert " ".join(stretches) == text
    assert [len(stretch.split()) for stretch in stretches] == [60, 60, 60, 60, 60]


@pytest.mark.parametrize(("said", "sign"), [("Cats chase mice.", 1), ("Mice chase cats.", -1)])
def test_the_order_of_the_words_tells_who_does_what(said, sign):
    texts = ["Cats chase mice.", "Mice chase cats."]
    rubric = a_rubric(statements([EAST], [EAST], texts=texts), [([0], [1])])
    answer = an_answer(EAST, texts=(said,))

    [signals] = signals_of_points(rubric, answer, compare(rubric, answer), UNHEARD)

    assert np.sign(signals.order_margin) == sign


def test_without_wrong_versions_the_order_tells_nothing():
    rubric = a_rubric(statements([EAST]), [([0], [])])
    answer = an_answer(EAST)

    [signals] = signals_of_points(rubric, answer, compare(rubric, answer), UNHEARD)

    assert signals.order_margin == 0
