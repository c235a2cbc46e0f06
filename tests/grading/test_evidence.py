"""What is heard of a point, and which sentence shows it, on vectors to compute by hand."""

import numpy as np
import pytest

from grading.entailment import LEAST_PROBABILITY, Judgement
from grading.evidence import hear, sentence_signals
from grading.fits import Fit, SentenceFits
from grading.signals import compare
from tests.grading.small_vectors import (
    EAST,
    NORTH,
    NORTH_EAST,
    a_rubric,
    an_answer,
    statements,
)

FITS = SentenceFits(
    bears_out=Fit(intercept=-1.0, weights={"same": 1.0, "nearness": 3.0, "lead": 3.0}),
    denies=Fit(intercept=-1.0, weights={"opposite": 1.0}),
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


@pytest.mark.parametrize("same", [0.9, 0.1])
def test_the_whole_answer_is_judged_against_the_points_statement(same):
    rubric = a_rubric(statements([EAST], [NORTH], [NORTH_EAST]), [([0, 2], [1])])
    answer = an_answer(EAST, NORTH, texts=("One thing.", "Another one."))
    network = Inclined(same)

    [heard], _ = hear(rubric, answer, compare(rubric, answer), network, FITS)

    assert network.asked[0] == ("One thing. Another one.", "text 0")
    assert (heard.said, heard.denied) == pytest.approx((log_odds(same), log_odds(1 - same)))


def test_the_sentence_that_objects_most_is_the_proof_against_a_point():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], [1])])
    answer = an_answer(EAST, NORTH, texts=("It is so.", "It is not so."))
    network = Inclined(0.8, against={"It is not so."})

    [heard], [proof] = hear(rubric, answer, compare(rubric, answer), network, FITS)

    assert proof == (0, 1)
    assert heard.said_alone == pytest.approx(log_odds(0.8) - 1 + 3 * 1 + 3 * 1)
    assert heard.denied_alone == pytest.approx(log_odds(0.8) - 1)


def test_each_point_is_shown_by_the_sentence_that_bears_on_it_and_on_no_other():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], []), ([1], [])])
    answer = an_answer(EAST, NORTH_EAST, NORTH, texts=("East.", "Both, it seems.", "North."))
    network = Inclined(0.7)

    _, proofs = hear(rubric, answer, compare(rubric, answer), network, FITS)

    assert [proof.support for proof in proofs] == [0, 2]


def test_no_judgement_counts_without_bound():
    rubric = a_rubric(statements([EAST]), [([0], [])])
    answer = an_answer(EAST)

    [heard], _ = hear(rubric, answer, compare(rubric, answer), Inclined(1.0), FITS)

    assert heard.said == pytest.approx(log_odds(1 - LEAST_PROBABILITY))
    assert heard.denied == pytest.approx(log_odds(LEAST_PROBABILITY))


def test_what_fits_learn_from_are_all_sentences_beside_all_points():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], []), ([1], [])])
    answer = an_answer(EAST, NORTH_EAST, texts=("East.", "Both, it seems."))

    first, second = sentence_signals(rubric, answer, compare(rubric, answer), Inclined(0.7))

    assert [each.nearness for each in first] == pytest.approx([1.0, 0.6])
    assert [each.lead for each in second] == pytest.approx([-1.0, 0.2])
    assert [each.same for each in (*first, *second)] == pytest.approx([log_odds(0.7)] * 4)


def test_a_sentence_leans_to_what_is_wrong_by_how_much_nearer_it_is_to_that():
    rubric = a_rubric(statements([EAST], [NORTH]), [([0], [1])])
    answer = an_answer(NORTH_EAST)

    [[signals]] = sentence_signals(rubric, answer, compare(rubric, answer), Inclined(0.5))

    assert signals.leaning == pytest.approx(0.8 - 0.6)
    assert signals.nearness_either == pytest.approx(0.8)
