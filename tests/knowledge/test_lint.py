"""What words alone tell about a question's quality."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.lint.accepted import AcceptedFault, load_accepted
from knowledge.lint.finding import Check
from knowledge.lint.words import lint_words
from knowledge.question import Question


@pytest.fixture(scope="module")
def drift(bank: QuestionBank) -> Question:
    """A shipped question without a fault."""
    return bank.get("monitoring/concept-drift")


def changed(question: Question, **fields: Any) -> Question:
    return question.model_copy(update=fields)


def with_point(question: Question, **fields: Any) -> Question:
    """Return the question with its first key point changed."""
    first, *others = question.key_points
    return changed(question, key_points=(first.model_copy(update=fields), *others))


def with_statement(question: Question, statement: str) -> Question:
    return with_point(question, statement=statement)


def only(faults: tuple[Fault, ...]) -> Fault:
    (fault,) = faults
    return fault


def test_the_shipped_bank_has_no_fault(bank: QuestionBank):
    assert lint_words(bank, load_accepted()) == ()


def test_a_fault_names_file_field_problem_and_remedy(drift: Question):
    fault = only(lint_words([with_point(drift, plain=drift.key_points[0].plain[:1])]))

    assert fault.file == "questions/monitoring/concept-drift.md"
    assert fault.field == "key_points[1].plain"
    assert "'changed-relationship' has 1" in fault.problem
    assert fault.remedy == "Write 2 at least"


@pytest.mark.parametrize(("name", "fewest"), [("paraphrases", 3), ("plain", 2), ("wrong", 3)])
def test_wordings_of_a_point_are_counted(drift: Question, name: str, fewest: int):
    enough = getattr(drift.key_points[0], name)[:fewest]

    assert lint_words([with_point(drift, **{name: enough})]) == ()
    assert only(lint_words([with_point(drift, **{name: enough[1:]})])).field.endswith(name)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The learning rate of the optimiser.", "no verb"),
        ("The mapping from inputs to labels moves after training", "without a full stop"),
        ("a mapping from inputs to labels moves after training.", "without a capital letter"),
        ("Retrain the model.", "fewer than 4 words"),
        ("Because the world has changed since then.", "end of another sentence"),
        ("Such as a new price or a pandemic.", "end of another sentence"),
    ],
)
def test_what_is_no_sentence_is_a_fragment(drift: Question, text: str, problem: str):
    wordings = (*drift.key_points[0].paraphrases, text)

    fault = only(lint_words([with_point(drift, paraphrases=wordings)]))

    assert problem in fault.problem
    assert fault.field == f"key_points[1].paraphrases[{len(wordings)}]"


@pytest.mark.parametrize(
    "text",
    [
        "k-means is run again on recent data.",
        "mAP falls when the concept moves.",
        "The conversion rose by two per cent in that week.",
        "The more the world changes, the older the pattern.",
        "Which rule holds has to be learned anew.",
        "Because the world changed, the old rule fails.",
        "Retrain it on recent data.",
        "The model's old rule doesn't hold any more.",
        "A bowl has one bottom.",
    ],
)
def test_sentences_of_every_shape_are_none(drift: Question, text: str):
    assert lint_words([with_point(drift, plain=(*drift.key_points[0].plain, text))]) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "The relationship between inputs and target changes; monitoring notices that late.",
        "The relationship between inputs and target changes. Monitoring notices that late.",
        "The relationship between inputs and target changes, and people retrain models weekly.",
    ],
)
def test_two_claims_in_a_statement_are_found(drift: Question, statement: str):
    assert "two claims" in only(lint_words([with_statement(drift, statement)])).problem


@pytest.mark.parametrize(
    "statement",
    [
        "The relationship between inputs and target changes, and it does so over time.",
        "The relationship between inputs and target changes, and the target with the inputs.",
        "Inputs, targets and their relationship change over time.",
        "The relationship changes, which is what P(y|x) stands for, e.g. in a crisis.",
    ],
)
def test_one_claim_in_two_clauses_is_one(drift: Question, statement: str):
    assert lint_words([with_statement(drift, statement)]) == ()


def test_a_wording_that_nobody_says_in_one_breath_is_too_long(drift: Question):
    breath = "The relationship between the inputs and the target changes " + "again and " * 13

    fault = only(lint_words([with_statement(drift, f"{breath}again.")]))

    assert (fault.field, fault.problem) == ("key_points[1].statement", "it has 36 words")


@pytest.mark.parametrize(("name", "count"), [("short", 101), ("short", 24), ("full", 99)])
def test_a_reference_is_as_long_as_it_is_spoken(drift: Question, name: str, count: int):
    answers = drift.reference_answers.model_copy(update={name: "word " * count})

    fault = only(lint_words([changed(drift, reference_answers=answers)]))

    assert (fault.field, fault.problem) == (
        f"reference_answers.{name}",
        f"it has {count} words",
    )


def test_a_sentence_in_two_lists_is_found_whatever_its_case_and_marks(drift: Question):
    first, second, *others = drift.key_points
    again = first.wrong[0].rstrip(".").upper() + "!"
    points = (first, second.model_copy(update={"wrong": (*second.wrong, again)}), *others)

    fault = only(lint_words([changed(drift, key_points=points)]))

    assert fault.field == f"key_points[2].wrong[{len(second.wrong) + 1}]"
    assert "key_points[1].wrong[1] of questions/monitoring/concept-drift.md" in fault.problem


def test_a_sentence_in_two_questions_is_found(bank: QuestionBank, drift: Question):
    other = bank.get("monitoring/data-drift-detection")
    both = with_point(other, wrong=(*other.key_points[0].wrong, drift.key_points[0].wrong[0]))

    assert only(lint_words([drift, both])).file == "questions/monitoring/data-drift-detection.md"


def test_a_phrasing_leads_to_one_question(bank: QuestionBank, drift: Question):
    other = bank.get("monitoring/data-drift-detection")
    taken = changed(other, phrasings=(*other.phrasings, drift.aliases[0].upper()))

    fault = only(lint_words([drift, taken]))

    assert fault.field == f"phrasings[{len(taken.phrasings)}]"


def test_two_questions_with_nearly_the_same_words_are_twins(bank: QuestionBank, drift: Question):
    other = bank.get("monitoring/data-drift-detection")
    twin = changed(other, prompt="How do you handle concept drift in production, and what is it?")

    fault = only(lint_words([drift, twin]))

    assert fault.field == "prompt"
    assert drift.id in fault.problem


@pytest.mark.parametrize("repeated", ["prompt", "hint", "follow-up"])
def test_a_follow_up_asks_something_new(drift: Question, repeated: str):
    texts = {
        "prompt": "How do you handle concept drift in production, and what is it?",
        "hint": drift.key_points[0].hint,
        "follow-up": drift.follow_ups[0].ask,
    }
    dead = drift.follow_ups[0].model_copy(update={"ask": texts[repeated]})

    fault = only(lint_words([changed(drift, follow_ups=(*drift.follow_ups, dead))]))

    assert fault.field == f"follow_ups[{len(drift.follow_ups) + 1}].ask"
    assert "it repeats" in fault.problem


@pytest.mark.parametrize("name", ["Hyperopt", "hyperopt", "scikit-optimize", "Theano"])
def test_a_retired_tool_is_not_recommended(drift: Question, name: str):
    wordings = (*drift.key_points[0].paraphrases, f"Tools such as {name} do this well.")

    fault = only(lint_words([with_point(drift, paraphrases=wordings)]))

    assert "no longer maintained" in fault.problem
    assert fault.remedy.startswith("Name ")


def test_a_retired_tool_may_be_named_as_one_and_in_what_is_wrong(drift: Question):
    explanation = "Hyperopt is no longer maintained. Optuna took its place."
    wrong = (*drift.key_points[0].wrong, "Hyperopt is what detects concept drift.")

    assert lint_words([changed(with_point(drift, wrong=wrong), explanation=explanation)]) == ()


def accepted(question: Question, text: str, check: Check = Check.TWO_CLAIMS) -> AcceptedFault:
    return AcceptedFault.model_validate(
        {
            "check": check,
            "question": question.id,
            "text": text,
            "reason": "The prompt asks for both of them.",
        }
    )


def test_an_accepted_sentence_is_left_alone(drift: Question):
    two = "The relationship between inputs and target changes; monitoring notices that late."

    assert lint_words([with_statement(drift, two)], [accepted(drift, two)]) == ()


def test_what_accepts_nothing_any_more_is_a_fault(drift: Question):
    fault = only(lint_words([drift], [accepted(drift, drift.key_points[0].statement)]))

    assert (fault.file, fault.field) == ("accepted_faults.yaml", "[1]")
    assert fault.remedy == "Remove the entry"


def test_an_entry_accepts_one_check_only(drift: Question):
    two = "The relationship between inputs and target changes; monitoring notices that late."
    other = accepted(drift, two, Check.FRAGMENT)

    assert len(lint_words([with_statement(drift, two)], [other])) == 2


@pytest.mark.parametrize("field", [{"check": "too-few"}, {"reason": ""}, {"question": "drift"}])
def test_facts_are_not_accepted_and_each_entry_says_why(tmp_path: Path, field: Mapping[str, str]):
    entry = {"check": "twin", "question": "a/b", "text": "What?", "reason": "It is not the same."}
    lines = [f"{name}: '{value}'" for name, value in (entry | field).items()]
    (tmp_path / "accepted_faults.yaml").write_text("- " + "\n  ".join(lines), encoding="utf-8")

    with pytest.raises(InvalidBank) as raised:
        load_accepted(tmp_path)

    assert all(fault.file == "accepted_faults.yaml" for fault in raised.value.faults)


def test_a_folder_without_the_file_accepts_nothing(tmp_path: Path):
    assert load_accepted(tmp_path) == ()
