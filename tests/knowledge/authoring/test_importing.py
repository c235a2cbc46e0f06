"""Files of others become drafts: all their questions, nothing invented, nothing lost in silence."""

from pathlib import Path

import pytest
import yaml

from knowledge.authoring.draft import UNSORTED, gaps_of, read_draft, save, written
from knowledge.authoring.guesses import TopicGuess, kind_of, slug_for
from knowledge.authoring.importing import Imported, read_questions
from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank
from knowledge.question import QuestionKind
from tests.knowledge.authoring.packages import BASIC, CLOZE, deck
from tests.repository.checkout import ROOT

SEED = ROOT.parent / "shared" / "seed.md"
ANSWER = (
    "It sends a small share of the traffic to a model. If its figures hold, the share grows. "
    "If they do not, the old model takes over again."
)


def imported(folder: Path, name: str, text: str | bytes, bank: QuestionBank) -> Imported:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_questions(path, bank.topics, TopicGuess(bank))


def test_notes_become_drafts_in_the_folders_of_their_topics(tmp_path: Path, bank: QuestionBank):
    text = f"# Monitoring\n- How do you notice drift?\n# Serving\n## What is a canary?\n{ANSWER}\n"

    first, second = imported(tmp_path, "notes.md", text, bank).drafts
    assert (first.topic, first.prompt) == ("monitoring", "How do you notice drift?")
    assert (second.topic, second.slug) == ("deployment", "canary")
    assert second.fields["reference_answers"] == {"full": ANSWER}
    statements = [point["statement"] for point in second.fields["key_points"]]
    assert " ".join(statements) == ANSWER


def test_what_is_missing_is_marked_and_the_mark_goes_with_the_gap(
    tmp_path: Path, bank: QuestionBank
):
    (draft,) = imported(tmp_path, "n.md", "- How do you notice drift?", bank).drafts
    path = save(draft, tmp_path / "drafts")
    text = path.read_text()

    assert "# note: imported from n.md" in text
    assert "# to do: difficulty: 1 for a first interview" in text
    assert read_draft(path) == draft
    assert "# to do: difficulty" not in written(draft.having(difficulty=3))


def test_a_table_may_call_its_columns_as_people_do(tmp_path: Path, bank: QuestionBank):
    text = (
        "Question;Answer;Category;Level;Owner\n"
        f'What is a canary?;"{ANSWER}";serving;2;Ada\n'
        "What is a canary?;Again;serving;2;Ada\n"
    )

    found = imported(tmp_path, "q.csv", text, bank)
    (draft,) = found.drafts
    assert (draft.topic, draft.fields["difficulty"]) == ("deployment", 2)
    assert draft.fields["reference_answers"]["full"] == ANSWER
    assert len(draft.fields["key_points"]) == 3
    assert found.remarks == (
        "Left out, because no question has such a column: owner",
        "It asks twice: What is a canary?",
    )


def test_yaml_may_be_as_short_as_a_list_of_questions(tmp_path: Path, bank: QuestionBank):
    listed = ["How do you notice drift?", {"prompt": "What is a canary?", "colour": "yellow"}]

    found = imported(tmp_path, "q.yaml", yaml.safe_dump(listed), bank)
    assert [draft.prompt for draft in found.drafts] == [listed[0], "What is a canary?"]
    assert found.remarks == ("Left out, because no question has a field of this name: colour",)


def test_a_question_of_this_format_comes_through_whole(tmp_path: Path, bank: QuestionBank):
    source = ROOT / "knowledge" / "questions" / "monitoring" / "concept-drift.md"

    (draft,) = imported(tmp_path, "concept-drift.md", source.read_text(), bank).drafts
    assert (draft.topic, draft.slug) == ("monitoring", "concept-drift")
    assert gaps_of(draft) == gaps_of(read_draft(source))


def test_a_deck_is_read_with_its_answers_and_gaps(tmp_path: Path, bank: QuestionBank):
    data = deck(
        (BASIC, f"What is a canary?\x1f{ANSWER}", ""),
        (CLOZE, "The {{c1::chain rule}} yields the gradient of a network.", "Deep_learning"),
        (BASIC, "What is 2 + 2?\x1f4", ""),
    )

    canary, rule, sum_ = imported(tmp_path, "deck.apkg", data, bank).drafts
    assert canary.topic == "deployment"
    assert rule.topic == "deep-learning"
    assert rule.prompt == "Complete this: The … yields the gradient of a network."
    assert "answer: 4" in sum_.notes


def test_the_same_short_name_is_given_once(tmp_path: Path, bank: QuestionBank):
    text = "- What is drift detection?\n- Why is drift detection hard?\n- Is drift detection hard?"

    drafts = imported(tmp_path, "n.md", text, bank).drafts
    assert len({draft.slug for draft in drafts}) == len(drafts) == 3


def test_what_belongs_nowhere_lies_apart_and_says_so(tmp_path: Path, bank: QuestionBank):
    (draft,) = imported(tmp_path, "n.md", "- Qui était Zebulon Pyrrhus?", bank).drafts

    assert draft.topic == UNSORTED
    assert "no topic was found" in draft.notes[-1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("n.md", "Nothing is asked here."),
        ("n.csv", "question\n"),
        ("n.exe", "MZ"),
        ("n.yaml", "- [1, 2]"),
        ("n.md", b"\xff\xfe"),
    ],
)
def test_a_file_without_questions_is_refused(
    tmp_path: Path, bank: QuestionBank, name: str, text: str | bytes
):
    with pytest.raises(InvalidBank):
        imported(tmp_path, name, text, bank)


@pytest.mark.skipif(not SEED.exists(), reason="the seed is not part of the repository")
def test_the_seed_gives_a_draft_for_every_question_and_problem(bank: QuestionBank):
    lines = SEED.read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if "?" in line or line.startswith("Problem:")]

    drafts = read_questions(SEED, bank.topics, TopicGuess(bank)).drafts
    assert len(drafts) == len(asked)
    assert UNSORTED not in {draft.topic for draft in drafts}


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("What is dropout?", QuestionKind.CONCEPT),
        ("How does a GRU differ from an LSTM?", QuestionKind.COMPARISON),
        ("How is a GRU different from an LSTM?", QuestionKind.COMPARISON),
        ("How would you design a feed?", QuestionKind.DESIGN),
        ("Tell me about a time when a model failed.", QuestionKind.BEHAVIOURAL),
    ],
)
def test_the_kind_is_told_by_the_words(prompt: str, kind: QuestionKind):
    assert kind_of(prompt) is kind


def test_a_short_name_is_made_of_what_the_question_is_about():
    assert slug_for("What’s the difference between bagging and boosting?") == "bagging-boosting"
    assert slug_for("How?") == "how"


def test_fields_and_difficulties_may_be_called_as_people_do(tmp_path: Path, bank: QuestionBank):
    listed = [
        {"Question": "What is a canary?", "answer": ANSWER, "level": "Hard", "category": "serving"}
    ]

    found = imported(tmp_path, "q.yaml", yaml.safe_dump(listed), bank)
    (draft,) = found.drafts
    assert (draft.prompt, draft.topic) == ("What is a canary?", "deployment")
    assert draft.fields["difficulty"] == 4
    assert draft.fields["reference_answers"] == {"full": ANSWER}
    assert found.remarks == ()


def test_a_difficulty_that_is_none_says_what_belongs_there(tmp_path: Path, bank: QuestionBank):
    (draft,) = imported(tmp_path, "q.csv", "question,level\nWhat is a canary?,odd\n", bank).drafts

    assert "# to do: difficulty: 1 for a first interview" in written(draft)


def test_a_row_that_asks_nothing_is_left_out_and_told(tmp_path: Path, bank: QuestionBank):
    text = f'question,answer\n,"{ANSWER}"\nWhat is a canary?,\n'

    found = imported(tmp_path, "q.csv", text, bank)
    assert [draft.prompt for draft in found.drafts] == ["What is a canary?"]
    assert found.remarks == ("Left out, because they ask nothing: 1",)


def test_a_file_of_another_kind_is_refused_by_its_name(tmp_path: Path, bank: QuestionBank):
    with pytest.raises(InvalidBank) as refused:
        imported(tmp_path, "q.xlsx", b"PK", bank)
    (fault,) = refused.value.faults
    assert ".apkg" in fault.remedy
