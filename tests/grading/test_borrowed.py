"""A reference answer of another question is recognised, whatever stands around it."""

import pytest

from grading.borrowed import Borrowed
from grading.grade import Band, Flag
from knowledge.bank import QuestionBank
from knowledge.graded import load_graded_answers
from tests.grading import answers

DRIFT = "monitoring/concept-drift"


@pytest.fixture(scope="module")
def references(bank: QuestionBank) -> Borrowed:
    return Borrowed(bank)


def all_references(bank: QuestionBank) -> list[tuple[str, str]]:
    return [(question.id, text) for question in bank for text in question.reference_answers.texts]


@pytest.mark.parametrize(
    "disguise",
    [
        "{}",
        "Well, here is what I would say. {}",
        "{} That is all I know about it.",
        "What is concept drift? I would put it like this: {} I hope that this answers it.",
    ],
)
def test_every_reference_is_found_under_another_question(bank, references, disguise):
    lost = [
        question_id
        for question_id, text in all_references(bank)
        if references.owner(disguise.format(text), but="a/b") != question_id
    ]

    assert lost == []


def test_case_white_space_and_a_few_typos_hide_nothing(bank, references):
    for question_id, text in all_references(bank):
        typed = "\n\n".join(text.upper().replace("THE ", "TEH ").split(" "))

        assert references.owner(f"So: {typed}", but="a/b") == question_id


def test_a_reference_of_the_question_itself_is_no_other_ones(bank, references):
    own = [references.owner(text, but=question_id) for question_id, text in all_references(bank)]

    assert set(own) == {None}


def test_no_sample_answer_is_taken_for_another_questions_reference(bank, references):
    taken = [
        sample.answer
        for entry in load_graded_answers(bank)
        for sample in entry.answers
        if references.owner(sample.answer, but=entry.question)
    ]

    assert taken == []


def test_a_part_of_a_reference_is_not_the_whole(bank, references):
    text = bank.get(DRIFT).reference_answers.full

    assert references.owner(text[: len(text) // 2], but="a/b") is None


@pytest.mark.parametrize("answer", ["", "x", "drift " * 600, "🙂" * 4000, answers.RIGHT])
def test_other_texts_are_nobodys(references, answer):
    assert references.owner(answer, but="a/b") is None


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        # Each earned 0.85 or more before: good texts about a neighbouring matter.
        ("deployment/deployment-challenges", "deployment/performance-after-deployment"),
        ("transfer-learning/feature-extraction-vs-fine-tuning", "transfer-learning/fine-tuning"),
        ("monitoring/concept-drift", "deployment/performance-after-deployment"),
        ("hyperparameter-tuning/parameters-vs-hyperparameters", "transfer-learning/fine-tuning"),
        # And one far from it.
        ("deep-learning/vanishing-gradients", "interpretability/lime"),
    ],
)
@pytest.mark.parametrize("opening", ["", "I think it is about this. "])
def test_a_reference_of_another_question_is_off_topic_and_earns_nothing(
    grader, bank, asked, other, opening
):
    for text in bank.get(other).reference_answers.texts:
        grade = grader.grade(bank.get(asked), opening + text)

        assert (grade.score, grade.band) == (0, Band.NONE)
        assert grade.flags == (Flag.OFF_TOPIC,)
        assert grade.closest_question == other


def test_an_instruction_beside_it_is_flagged_too(grader, bank):
    text = bank.get("interpretability/lime").reference_answers.short

    grade = grader.grade(bank.get(DRIFT), f"{answers.INJECTION} {text}")

    assert grade.score == 0
    assert grade.flags == (Flag.OFF_TOPIC, Flag.INSTRUCTION_TO_GRADER)
