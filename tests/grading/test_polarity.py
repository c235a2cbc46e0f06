"""Opposite statements are told apart, and agreement is left alone."""

import pytest

from grading.polarity import opposition, polarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The relationship changes", "The relationship does not change"),
        ("Dropout is used in training", "Dropout is never used in training"),
        ("A high learning rate", "A low learning rate"),
        ("Freeze the early layers", "Unfreeze the early layers"),
        ("The inputs are the same", "The inputs are different"),
        ("It works with labels", "It works without labels"),
        ("A bigger model always overfits", "A bigger model never overfits"),
        ("All of the layers are trained", "None of the layers are trained"),
        ("The error increases", "The error decreases"),
        ("Retrain on recent data", "Retrain on old data"),
    ],
)
def test_a_negation_or_an_opposite_word_turns_a_statement_round(one, other):
    assert opposition([one], [other])[0, 0] == 1
    assert opposition([other], [one])[0, 0] == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The relationship changes", "The relation is changing over time"),
        ("It is not the same", "It is different"),
        ("It does not increase", "It decreases"),
        ("It is not without risk", "It has risk"),
        ("Dropout does not run in production", "Dropout never runs in production"),
        ("From low to high", "From high to low"),
        ("", "Anything at all"),
    ],
)
def test_the_same_direction_in_other_words_is_no_opposition(one, other):
    assert opposition([one], [other])[0, 0] == 0


def test_two_negations_make_none():
    assert not polarity("It is never without labels").negated
    assert polarity("It is never labelled").negated


def test_every_pair_of_statements_is_compared():
    ours = ["It grows", "It does not grow"]
    theirs = ["It grows", "It shrinks", "A hedgehog"]

    assert opposition(ours, theirs).tolist() == [[0, 1, 0], [1, 0, 1]]
