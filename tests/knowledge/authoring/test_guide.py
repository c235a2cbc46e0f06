"""The guide asks for what is missing, refuses what will not do, and keeps the rest."""

import pytest

from knowledge.authoring import checks
from knowledge.authoring.draft import Draft, gaps_of, question_of
from knowledge.authoring.guide import Guide
from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank

STATEMENT = "A canary release shows a model a small share of the traffic first."


@pytest.fixture
def saved() -> list[Draft]:
    return []


@pytest.fixture
def guide(bank: QuestionBank, saved: list[Draft]) -> Guide:
    draft = Draft("deployment", "canary", {"prompt": "What is a canary?", "kind": "concept"})
    return Guide(draft, bank, saved.append)


def write(guide: Guide, *texts: str) -> None:
    for text in texts:
        step = guide.step()
        assert step is not None, text
        assert guide.write(step, text) == "", (step.label, text)


def test_a_question_is_complete_when_the_guide_has_nothing_more_to_ask(
    guide: Guide, saved: list[Draft]
):
    long = "A canary gets a small share of the traffic before everybody does."
    write(guide, "2", "canaries", "a bird in a coal mine", long, long + " Then it grows.")
    for number in range(3):
        sentences = [f"Sentence {number}.{n} about the canary." for n in range(8)]
        write(guide, f"Claim {number} about the canary.", "ess", *sentences, "A hint, is it?", "2")
    write(guide, "", "When does it end?", "Who looks at it?")
    write(guide, "book; Site Reliability; Beyer; 2016", "art; Canaries; Sato; 2014", "Ada")

    assert guide.step() is None
    assert gaps_of(guide.draft) == ()
    assert question_of(guide.draft).sources[1].kind == "article"
    assert saved[-1] == guide.draft


def test_what_is_passed_over_is_asked_again_by_the_next_guide(guide: Guide, bank: QuestionBank):
    step = guide.step()
    assert step is not None
    guide.write(step, "")

    after = guide.step()
    assert after is not None
    assert after.key != step.key
    again = Guide(guide.draft, bank, lambda _: None).step()
    assert again is not None
    assert again.key == step.key


def test_a_step_back_takes_back_what_was_written(guide: Guide, saved: list[Draft]):
    write(guide, "4", "canaries")

    assert guide.back()
    assert "aliases" not in guide.draft.fields
    assert saved[-1] == guide.draft
    assert guide.back()
    assert not guide.back()


def test_a_sentence_stands_once_in_a_question(guide: Guide):
    write(guide, "2", "", "", "", STATEMENT, "essential")
    step = guide.step()
    assert step is not None

    told = guide.write(step, STATEMENT.upper())
    assert told == "it stands there already, as the statement of point 1"
    assert guide.draft.fields["key_points"] == [
        {"id": "canary-release-shows-model", "statement": STATEMENT, "role": "essential"}
    ]


def test_an_example_comes_from_a_question_of_the_same_topic(guide: Guide, bank: QuestionBank):
    shipped = bank.by_topic("deployment")[0]
    shown = set()
    while (step := guide.step()) is not None:
        shown.add(guide.example(step))
        guide.write(step, "")

    assert shipped.reference_answers.short in shown
    assert shipped.key_points[0].statement in shown


@pytest.mark.parametrize(
    ("check", "good", "bad", "told"),
    [
        (checks.difficulty, "3", "9", "a whole number from 1 to 5"),
        (checks.weight, "2,5", "7", "a number from 0.5 to 5"),
        (checks.kind, "comp", "co", "one of concept, comparison, design, behavioural"),
        (checks.source, "docs; MLflow; Databricks; 2024", "docs; MLflow", "write four parts"),
        (checks.source, "p; A paper; Ada; 2024", "zine; A paper; Ada; 2024", "kind: one of book"),
        (checks.source, "b; A book; Ada; 2024", "b; A book; Ada; soon", "year: a year such as"),
    ],
)
def test_a_value_that_will_not_do_is_told_why(check, good: str, bad: str, told: str):
    assert check(good) == ""
    assert told in check(bad)


def test_lengths_are_those_of_the_format():
    assert checks.length_of("statement", "Too short") == "3 characters too few"
    assert checks.length_of("term", "x" * 90) == "10 characters too many"
    assert "lower-case" in checks.length_of("slug", "Not A Slug")


def test_names_that_the_bank_has_are_refused(bank: QuestionBank):
    shipped = next(iter(bank))

    assert shipped.id in checks.prompt(shipped.prompt, bank)
    assert shipped.id in checks.alias(shipped.aliases[0], bank)


def test_a_draft_can_be_graded_from_three_points_on():
    few = Draft("monitoring", "x", {"prompt": "What is label delay?", "key_points": [STATEMENT]})
    with pytest.raises(InvalidBank):
        question_of(few)

    three = [STATEMENT, "Another claim is made here.", "And a third claim is made here."]
    assert len(question_of(few.having(key_points=three)).key_points) == 3
