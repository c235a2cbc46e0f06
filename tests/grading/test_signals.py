"""The signals on vectors small enough to compute by hand."""

import numpy as np
import pytest

from grading.answer import Answer, Body, read_answer
from grading.entailment import Judgement
from grading.rubric import Rubric, RubricPoint, Statements, piece_weights
from grading.signals import (
    DIRECTION_PENALTY,
    LEAST_PROBABILITY,
    MOST_MARGIN,
    answer_margin,
    compare,
    leads,
    lexical_recall,
    signals_of_points,
    statement_margins,
    token_recall,
)
from grading.text import Span
from tests.fakes import WordEncoder

EAST, NORTH, NORTH_EAST = [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]


def statements(*rows, weights=None, stems=None, texts=None):
    """Lay out reference texts, each given as the list of its token vectors."""
    tokens = [token for row in rows for token in row]
    counts = [len(row) for row in rows]
    return Statements(
        texts=tuple(texts or [f"text {n}" for n in range(len(rows))]),
        sentences=np.array([row[0] for row in rows], dtype=np.float32),
        tokens=np.array(tokens, dtype=np.float32),
        weights=np.array(weights or [1.0] * len(tokens)),
        starts=np.array([0, *np.cumsum(counts)[:-1]]),
        stems=tuple(frozenset(words) for words in (stems or [[]] * len(rows))),
    )


def a_body(*tokens, weights=None, stems=()):
    return Body(
        tokens=np.array(tokens, dtype=np.float32),
        weights=np.array(weights or [1.0] * len(tokens)),
        stems=frozenset(stems),
    )


def an_answer(*tokens, stems=(), texts=("some text",)):
    """Make an answer whose statements point where its first tokens do."""
    vectors = np.array(tokens[: len(texts)], dtype=np.float32)
    return Answer(
        text=" ".join(texts),
        body=a_body(*tokens, stems=stems),
        statements=tuple(Span(0, len(text), text) for text in texts),
        sentences=len(texts),
        vectors=vectors,
        tokens=tuple(vector[np.newaxis] for vector in vectors),
        weights=tuple(np.ones(1) for _ in texts),
    )


def a_rubric(reference, points, prompt_stems=()):
    """Make a rubric; `points` gives right and wrong rows of each key point."""
    every = [np.array(rows, dtype=np.int64) for pair in points for rows in pair]
    return Rubric(
        question_id="evaluation/precision",
        prompt_stems=frozenset(prompt_stems),
        points=tuple(
            RubricPoint(f"p{n}", f"point {n}", 1.0, every[2 * n], every[2 * n + 1])
            for n in range(len(points))
        ),
        statements=reference,
        right=np.concatenate(every[::2]),
        wrong=np.concatenate(every[1::2]),
        misconceptions=(),
    )


class Inclined:
    """An entailment network that takes everything for the same, or for the opposite.

    Texts in `against` it takes the other way round.
    """

    def __init__(self, same, against=()):
        self.same = same
        self.against = against
        self.asked = []

    def judge(self, pairs):
        self.asked += pairs
        same = np.array([1 - self.same if s in self.against else self.same for s, _ in pairs])
        return Judgement(same, 1 - same, np.zeros(len(pairs)))


def log_odds(probability):
    return np.log(probability / (1 - probability))


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

    [signals], _ = signals_of_points(rubric, answer, compare(rubric, answer), Inclined(0.5))

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

    [signals], _ = signals_of_points(rubric, answer, compare(rubric, answer), Inclined(0.5))

    assert signals.recall == pytest.approx(0.6)
    assert signals.lexical_margin == 0.5
    assert signals.statement_margin == pytest.approx(0.6 - 0.8)
    assert signals.wrong == pytest.approx(0.8)
    assert signals.answer_margin == pytest.approx(0.36 - 0.64)


def test_recall_of_a_point_is_averaged_over_its_three_best_wordings():
    reference = statements([EAST], [EAST], [NORTH], [[-1.0, 0.0]])
    rubric = a_rubric(reference, [([0, 1, 2, 3], [])])
    answer = an_answer(EAST)

    [signals], _ = signals_of_points(rubric, answer, compare(rubric, answer), Inclined(0.5))

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


@pytest.mark.parametrize("same", [0.9, 0.1])
def test_the_whole_answer_is_judged_against_the_points_statement(same):
    rubric = a_rubric(statements([EAST], [NORTH], [NORTH_EAST]), [([0, 2], [1])])
    answer = an_answer(EAST, NORTH, texts=("One thing.", "Another one."))
    network = Inclined(same)

    [signals], _ = signals_of_points(rubric, answer, compare(rubric, answer), network)

    assert network.asked[0] == ("One thing. Another one.", "text 0")
    assert (signals.said, signals.denied) == pytest.approx((log_odds(same), log_odds(1 - same)))


def test_the_sentence_that_objects_most_is_the_proof_against_a_point():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], [1])])
    answer = an_answer(EAST, NORTH, texts=("It is so.", "It is not so."))
    network = Inclined(0.8, against={"It is not so."})

    [signals], [proof] = signals_of_points(rubric, answer, compare(rubric, answer), network)

    assert proof == (0, 1)
    assert signals.said_alone == pytest.approx(log_odds(0.8))
    assert signals.denied_alone == pytest.approx(log_odds(0.8))


def test_each_point_is_shown_by_the_sentence_that_bears_on_it_and_on_no_other():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], []), ([1], [])])
    answer = an_answer(EAST, NORTH_EAST, NORTH, texts=("East.", "Both, it seems.", "North."))
    network = Inclined(0.7)

    _, proofs = signals_of_points(rubric, answer, compare(rubric, answer), network)

    assert [proof.support for proof in proofs] == [0, 2]


def test_no_judgement_counts_without_bound():
    rubric = a_rubric(statements([EAST]), [([0], [])])
    answer = an_answer(EAST)

    [signals], _ = signals_of_points(rubric, answer, compare(rubric, answer), Inclined(1.0))

    assert signals.said == pytest.approx(log_odds(1 - LEAST_PROBABILITY))
    assert signals.denied == pytest.approx(log_odds(LEAST_PROBABILITY))


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

    [signals], _ = signals_of_points(rubric, answer, compare(rubric, answer), Inclined(0.5))

    assert np.sign(signals.order_margin) == sign


def test_without_wrong_versions_the_order_tells_nothing():
    rubric = a_rubric(statements([EAST]), [([0], [])])

    [signals], _ = signals_of_points(
        rubric, an_answer(EAST), compare(rubric, an_answer(EAST)), Inclined(0.5)
    )

    assert signals.order_margin == 0
