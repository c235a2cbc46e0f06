"""The graded sample answers: complete, consistent with the bank, and checked against it."""

from importlib.resources import files
from pathlib import Path

import pytest
import yaml

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


def test_no_question_has_graded_answers_twice(bank: QuestionBank):
    graded = [entry.question for entry in load_graded_answers(bank)]

    assert len(graded) == len(set(graded)) >= 33


def test_both_halves_hold_questions_of_every_topic_that_has_graded_answers(bank: QuestionBank):
    graded = load_graded_answers(bank)
    topics = {
        half: {bank.get(entry.question).topic for entry in graded if entry.half is half}
        for half in Half
    }

    assert len(topics[Half.FIT]) >= 6
    assert topics[Half.FIT] == topics[Half.HELD_OUT]


def test_every_question_with_graded_answers_has_good_wrong_and_worthless_ones(bank: QuestionBank):
    lacking = {
        entry.question: KINDS_EVERYWHERE - {answer.kind for answer in entry.answers}
        for entry in load_graded_answers(bank)
    }

    assert {question: kinds for question, kinds in lacking.items() if kinds} == {}


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


@pytest.fixture
def entry() -> dict[str, object]:
    """The shipped answers to one question, as the file holds them."""
    path = Path(str(files("knowledge"))) / "graded_answers" / "monitoring.yaml"
    return next(iter(yaml.safe_load(path.read_text(encoding="utf-8"))))


def faults_of(bank: QuestionBank, root: Path, text: str) -> list[tuple[str, str]]:
    """Return place and problem of every fault of one file of graded answers."""
    (root / "graded_answers").mkdir()
    (root / "graded_answers" / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidBank) as raised:
        load_graded_answers(bank, root)
    assert {fault.file for fault in raised.value.faults} == {"graded_answers/mine.yaml"}
    return [(fault.field, fault.problem) for fault in raised.value.faults]


def test_a_folder_without_graded_answers_has_none(bank: QuestionBank, tmp_path: Path):
    assert load_graded_answers(bank, tmp_path) == ()


def test_a_point_in_two_lists_is_reported(bank: QuestionBank, tmp_path: Path, entry):
    entry["answers"][0]["partly"] = [entry["answers"][0]["covers"][0]]

    ((place, problem),) = faults_of(bank, tmp_path, yaml.safe_dump([entry]))

    assert place == f"{entry['question']} ({entry['answers'][0]['kind']})"
    assert "is listed twice" in problem


def test_a_question_with_two_entries_is_reported(bank: QuestionBank, tmp_path: Path, entry):
    faults = faults_of(bank, tmp_path, yaml.safe_dump([entry, entry]))

    assert faults == [(entry["question"], "it stands here twice")]


def test_a_key_written_twice_is_reported(bank: QuestionBank, tmp_path: Path, entry):
    text = yaml.safe_dump([entry]).replace("  half: fit", "  half: fit\n  half: held-out")

    ((_, problem),) = faults_of(bank, tmp_path, text)

    assert "'half' stands here twice" in problem
