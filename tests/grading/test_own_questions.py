"""The real grader on questions with statements alone, as a person brings them along."""

import pytest

from grading.grade import Band, PointStatus
from grading.grader import Grader
from knowledge.bank import QuestionBank
from knowledge.own import OwnQuestion
from knowledge.uploads import read_upload

TABLE = """\
id,topic,prompt,point_1,point_2,point_3
label-delay,monitoring,How do you monitor a model whose true labels arrive weeks later?,\
"Until the labels arrive, watch the distributions of the inputs and of the predictions.",\
"Use a proxy that comes sooner than the label, such as clicks or complaints.",\
Compute the real metrics for the time of the prediction as soon as the labels are there.
"""
RIGHT = (
    "As long as I have no ground truth, I look at how the input features and the model's scores "
    "are distributed. An earlier signal like user complaints or clicks can stand in for the "
    "label. Once the labels come in, I calculate the true metrics for the day of the prediction."
)
PARTIAL = "While labels are missing I watch the distribution of the inputs and the predictions."
WRONG = (
    "I retrain the model every night with a larger learning rate and more layers, so that it "
    "becomes more accurate. Nothing has to be observed in production."
)


@pytest.fixture
def question(bank: QuestionBank) -> OwnQuestion:
    (draft,) = read_upload("questions.csv", TABLE.encode(), bank.topics)
    return draft.question(1)


def test_a_right_answer_earns_clearly_more_than_a_wrong_one(
    grader: Grader, question: OwnQuestion
) -> None:
    right, partial, wrong = (grader.grade(question, text) for text in (RIGHT, PARTIAL, WRONG))

    assert right.score > 0.6
    assert wrong.band in {Band.NONE, Band.WEAK}
    assert wrong.score + 0.1 < partial.score < right.score - 0.1
    assert partial.points[0].status is not PointStatus.MISSED


def test_its_own_statements_are_a_full_answer(grader: Grader, question: OwnQuestion) -> None:
    grade = grader.grade(question, question.reference_answers.full)

    assert grade.score > 0.85
    assert {point.status for point in grade.points} == {PointStatus.COVERED}


def test_what_is_no_answer_earns_nothing(grader: Grader, question: OwnQuestion) -> None:
    assert grader.grade(question, "I have no idea.").score == 0
    assert grader.grade(question, question.prompt).score == 0
