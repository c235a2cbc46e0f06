"""A learner's own sentence becomes an accepted wording of a key point."""

import pytest
from pydantic import ValidationError

from grading.corpus import Corpus
from knowledge.accepting import accepting
from knowledge.bank import QuestionBank
from knowledge.question import KeyPoint, Question
from tests.fakes import WordEncoder

SAID = "The plumbing of the whole affair went quietly sour."


@pytest.fixture
def question(bank: QuestionBank) -> Question:
    return bank.get("monitoring/concept-drift")


@pytest.fixture
def point(question: Question) -> KeyPoint:
    return question.key_points[0]


def test_an_accepted_sentence_is_right_and_comes_last(question, point):
    changed = accepting(question, point.id, SAID)

    assert changed.point(point.id).right == (*point.right, SAID)
    assert changed.point(point.id).wrong == point.wrong
    assert changed.key_points[1:] == question.key_points[1:]


@pytest.mark.parametrize("text", [SAID, f"  {SAID.upper()} "])
def test_a_sentence_that_is_known_adds_nothing(question, point, text):
    once = accepting(question, point.id, SAID)

    assert accepting(once, point.id, text) == once


def test_a_wrong_version_cannot_be_accepted(question, point):
    with pytest.raises(ValidationError, match="both right and wrong"):
        accepting(question, point.id, point.wrong[0])


@pytest.mark.parametrize("text", ["drift", "long " * 100])
def test_a_sentence_out_of_bounds_cannot_be_accepted(question, point, text):
    with pytest.raises(ValidationError):
        accepting(question, point.id, text)


def test_an_unknown_point_is_an_error(question):
    with pytest.raises(KeyError):
        accepting(question, "no-such-point", SAID)


def test_a_question_and_its_variant_have_rubrics_of_their_own(question, point):
    corpus = Corpus(QuestionBank([], []), WordEncoder())
    changed = accepting(question, point.id, SAID)

    before, after = corpus.rubric(question), corpus.rubric(changed)

    assert SAID not in before.statements.texts
    assert SAID in after.statements.texts
    assert len(after.points[0].right) == len(before.points[0].right) + 1
    assert corpus.rubric(question) is before
