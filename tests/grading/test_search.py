"""Free words find the question that was meant, or say how unsure they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.corpus import Corpus
from grading.errors import ModelUnavailable
from grading.search import QuestionSearch
from knowledge.bank import QuestionBank

UNSURE = 0.5


class BrokenEncoder:
    """A model that cannot be loaded."""

    model_id = "broken"

    def encode(self, texts):  # noqa: ARG002 as in the protocol
        raise ModelUnavailable("broken", "it is not there")


@pytest.mark.parametrize(
    ("words", "question_id"),
    [
        ("drift", "monitoring/concept-drift"),
        ("CONCEPT DRIFT", "monitoring/concept-drift"),
        ("  concept   drift\n", "monitoring/concept-drift"),
        ("concept-drift", "monitoring/concept-drift"),
        ("monitoring/concept-drift", "monitoring/concept-drift"),
        ("shap values", "interpretability/shap-values"),
        ("Lime", "interpretability/lime"),
        ("con\u200bcept drift", "monitoring/concept-drift"),
    ],
)
def test_a_name_in_any_case_is_found_for_certain(search, words, question_id):
    first = search.find(words)[0]

    assert (first.question_id, first.score) == (question_id, 1.0)


@pytest.mark.parametrize(
    ("words", "question_id"),
    [
        ("vanishing gradiant", "deep-learning/vanishing-gradients"),
        ("concpet drift", "monitoring/concept-drift"),
        ("bayesian optimzation", "hyperparameter-tuning/bayesian-optimization"),
        ("trainig-serving skew", "monitoring/training-serving-skew"),
    ],
)
def test_a_typing_mistake_still_finds_the_name(search, words, question_id):
    first = search.find(words)[0]

    assert first.question_id == question_id
    assert 0.85 < first.score < 1


def test_names_need_no_model(bank: QuestionBank):
    search = QuestionSearch(Corpus(bank, BrokenEncoder()))

    assert search.find("concept drift", top_k=1)[0].question_id == "monitoring/concept-drift"
    assert search.find("concpet drift", top_k=1)[0].question_id == "monitoring/concept-drift"
    with pytest.raises(ModelUnavailable):
        search.find("how do I notice that a model got worse", top_k=1)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("how do I notice that a model got worse", "monitoring"),
        ("why do early layers stop learning", "deep-learning"),
        ("reuse somebody else's network for my own pictures", "transfer-learning"),
        ("explain to one customer why the model refused the loan", "interpretability"),
        ("try settings at random or try all of them", "hyperparameter-tuning"),
        ("answer each request at once or overnight", "deployment"),
    ],
)
def test_a_paraphrase_finds_a_question_of_its_topic(bank, search, words, topic):
    # Topics overlap: a network for one's own pictures is asked about under computer vision as well.
    near = {bank.get(found.question_id).topic for found in search.find(words, top_k=3)}

    assert topic in near


@pytest.mark.parametrize("words", ["zxcvbn qwertz", "how to boil eggs", "😀🔥", "42", "?!"])
def test_words_about_nothing_in_the_bank_have_a_low_score(search, words):
    assert all(found.score < UNSURE for found in search.find(words))


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "\u200b\u202e"])
def test_no_words_find_nothing(search, words):
    assert search.find(words) == ()


def test_a_huge_text_is_read_as_far_as_needed(search):
    found = search.find("How do SHAP values work? " + "And so on. " * 10_000)

    assert found[0].question_id == "interpretability/shap-values"


@pytest.mark.parametrize("top_k", [1, 3, 5])
def test_as_many_are_found_as_asked_for_each_once_best_first(search, top_k):
    found = search.find("explain one prediction", top_k)

    assert len(found) == len({one.question_id for one in found}) == top_k
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_question_found_by_name_is_not_repeated_among_its_neighbours(search):
    found = search.find("concept drift")

    assert [one.question_id for one in found].count("monitoring/concept-drift") == 1
    assert len(found) > 1


def test_the_same_words_find_the_same(search):
    assert search.find("how do I keep a model fresh") == search.find("how do I keep a model fresh")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_any_text_finds_questions_of_the_bank_with_scores_in_0_to_1(bank, search, words):
    found = search.find(words)

    assert len(found) <= 5
    assert all(0 <= one.score <= 1 and one.question_id in bank for one in found)
