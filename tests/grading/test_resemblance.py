"""Sentences that sound wrong are told from those that do not, with the real model."""

import pytest

from grading.corpus import Corpus
from grading.resemblance import resembled_wrong
from knowledge.bank import QuestionBank
from knowledge.question import Question

DRIFT = "monitoring/concept-drift"


@pytest.fixture
def question(bank: QuestionBank) -> Question:
    return bank.get(DRIFT)


def test_a_wrong_statement_in_other_words_is_named(corpus: Corpus, question: Question):
    like = resembled_wrong(
        corpus,
        question,
        "changed-relationship",
        "The relationship between inputs and the target remains fixed after training.",
    )

    assert like is not None
    wrong = {text for point in question.key_points for text in point.wrong}
    assert like in wrong | {each.claim for each in question.misconceptions}


@pytest.mark.parametrize(
    "text",
    [
        "What used to follow from the inputs does not follow from them any more.",
        "The weather was nice in Lisbon on Sunday.",
    ],
)
def test_what_is_right_or_beside_the_point_is_not(corpus: Corpus, question: Question, text: str):
    assert resembled_wrong(corpus, question, "changed-relationship", text) is None


def test_a_point_that_is_not_there_is_an_error(corpus: Corpus, question: Question):
    with pytest.raises(KeyError):
        resembled_wrong(corpus, question, "no-such-point", "It is so.")
