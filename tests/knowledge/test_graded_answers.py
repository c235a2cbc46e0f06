"""The graded sample answers: complete, consistent with the bank, and checked against it."""

import pytest

from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank
from knowledge.graded import AnswerKind, Half, load_graded_answers

KINDS_EVERYWHERE = {
    AnswerKind.STRONG,
    AnswerKind.STRONG_PLAIN,
    AnswerKind.CONFIDENTLY_WRONG,
    AnswerKind.KEYWORD_LIST,
    AnswerKind.ECHO,
    AnswerKind.OFF_TOPIC,
    AnswerKind.INJECTION,
}


def test_every_question_of_the_bank_has_graded_answers_once(bank: QuestionBank):
    graded = load_graded_answers(bank)

    assert sorted(entry.question for entry in graded) == sorted(question.id for question in bank)


def test_both_halves_hold_questions_of_every_topic(bank: QuestionBank):
    graded = load_graded_answers(bank)

    for half in Half:
        topics = {bank.get(entry.question).topic for entry in graded if entry.half is half}
        assert topics == {topic.id for topic in bank.topics}


def test_every_question_has_good_wrong_and_worthless_answers(bank: QuestionBank):
    lacking = {
        entry.question: KINDS_EVERYWHERE - {answer.kind for answer in entry.answers}
        for entry in load_graded_answers(bank)
    }

    assert {question: kinds for question, kinds in lacking.items() if kinds} == {}


def test_no_point_is_both_made_and_contradicted(bank: QuestionBank):
    torn = [
        (entry.question, answer.kind)
        for entry in load_graded_answers(bank)
        for answer in entry.answers
        if len({*answer.covers, *answer.partly, *answer.contradicts})
        < len(answer.covers) + len(answer.partly) + len(answer.contradicts)
    ]

    assert torn == []


def test_answers_to_a_question_that_is_not_in_the_bank_are_reported(bank: QuestionBank):
    gone = "monitoring/concept-drift"
    smaller = QuestionBank(bank.topics, [question for question in bank if question.id != gone])

    with pytest.raises(InvalidBank) as raised:
        load_graded_answers(smaller)

    (fault,) = raised.value.faults
    assert (fault.file, fault.field) == ("graded_answers/monitoring.yaml", gone)


def test_a_key_point_that_the_question_has_not_is_reported_for_each_answer(bank: QuestionBank):
    question = bank.get("monitoring/concept-drift")
    renamed = question.key_points[0].model_copy(update={"id": "renamed"})
    changed = question.model_copy(update={"key_points": (renamed, *question.key_points[1:])})
    others = [other for other in bank if other.id != question.id]

    with pytest.raises(InvalidBank) as raised:
        load_graded_answers(QuestionBank(bank.topics, [*others, changed]))

    faults = raised.value.faults
    assert {fault.problem for fault in faults} == {"no key point 'changed-relationship'"}
    assert len(faults) > 1
    assert list(faults) == sorted(faults)
