"""`coach knowledge import`, `new` and `test`, as authors use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.platforms.terminal import trying
from tests.cli.conftest import Coach

NOTES = """\
# Monitoring
- What is concept drift, and how do you handle it in production?
- How do you notice drift?
"""


def test_each_question_of_a_file_becomes_a_draft_and_known_ones_are_named(
    coach: Coach, tmp_path: Path
):
    (tmp_path / "notes.md").write_text(NOTES)

    outcome = coach("knowledge", "import", "notes.md")
    assert outcome.status == 0
    assert "the bank asks it as monitoring/concept-drift" in outcome.out
    assert "2 new drafts of 2 questions." in outcome.out
    draft = (tmp_path / "drafts" / "monitoring" / "notice-drift.md").read_text()
    assert "prompt: How do you notice drift?" in draft
    assert "# to do: difficulty" in draft


def test_a_problem_that_the_bank_asks_is_named_too(coach: Coach, tmp_path: Path):
    (tmp_path / "notes.md").write_text("Problem: Vanishing gradient problem\n")

    outcome = coach("knowledge", "import", "notes.md")
    assert "How would you solve this: Vanishing gradient problem" in outcome.out
    assert "the bank asks it as deep-learning/vanishing-gradients" in outcome.out
    assert "1 new draft of 1 question." in outcome.out


def test_a_draft_that_is_there_stays_as_it_is(coach: Coach, tmp_path: Path):
    (tmp_path / "notes.md").write_text(NOTES)
    draft = tmp_path / "mine" / "monitoring" / "notice-drift.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("---\nprompt: My own words?\n---\n")

    found = coach("knowledge", "import", "notes.md", "--to", "mine", "--json").json
    assert [each["kept"] for each in found["drafts"]] == [False, True]
    assert draft.read_text() == "---\nprompt: My own words?\n---\n"


def test_the_topic_may_be_given_by_any_of_its_names(coach: Coach, tmp_path: Path):
    (tmp_path / "notes.md").write_text("- How do you notice drift?")

    coach("knowledge", "import", "notes.md", "--topic", "xai")
    assert (tmp_path / "drafts" / "interpretability" / "notice-drift.md").exists()
    wrong = coach("knowledge", "import", "notes.md", "--topic", "cookery")
    assert (wrong.status, wrong.out) == (1, "")
    assert "'cookery' is no topic. Choose one of: " in wrong.err


def test_a_file_without_a_question_is_one_line(coach: Coach, tmp_path: Path):
    (tmp_path / "empty.md").write_text("Nothing is asked here.")

    outcome = coach("knowledge", "import", "empty.md")
    assert (outcome.status, outcome.out) == (1, "")
    assert "empty.md: no question is in it" in outcome.err


TYPED = "xai\nWhat do counterfactuals tell a customer?\n\n"


def test_a_question_is_begun_checked_and_kept(coach: Coach, tmp_path: Path):
    outcome = coach("knowledge", "new", stdin=f"{TYPED}?\n9\n3\n<\n2\n".encode())

    draft = tmp_path / "drafts" / "interpretability" / "counterfactuals-customer.md"
    assert "a whole number from 1 to 5" in outcome.out
    assert "for example: " in outcome.out
    assert "difficulty: 2" in draft.read_text()
    assert "Go on:  coach knowledge new drafts/interpretability/" in outcome.out


def test_a_draft_goes_on_where_it_was_left(coach: Coach, tmp_path: Path):
    coach("knowledge", "new", stdin=f"{TYPED}2\n".encode())
    draft = tmp_path / "drafts" / "interpretability" / "counterfactuals-customer.md"

    outcome = coach("knowledge", "new", str(draft), stdin=b"what if explanations\n")
    assert "Difficulty" not in outcome.out
    assert "what if explanations" in draft.read_text()
    again = coach("knowledge", "new", stdin=TYPED.encode())
    assert "is there, so we go on with it" in again.out
    assert "what if explanations" in draft.read_text()


def test_a_question_that_is_asked_already_is_not_begun(coach: Coach, tmp_path: Path):
    known = "What is concept drift, and how do you handle it in production?"

    outcome = coach("knowledge", "new", stdin=f"monitoring\n{known}\n".encode())
    assert "the bank asks it already, as monitoring/concept-drift" in outcome.out
    assert outcome.err == "coach: nothing was begun\n"
    assert not (tmp_path / "drafts").exists()


@pytest.mark.usefixtures("corpus")
def test_an_answer_shows_which_points_fire_and_what_they_are_nearest_to(coach: Coach):
    answer = "The relationship between the inputs and the target changes over time."

    outcome = coach("knowledge", "test", "concept-drift", stdin=f"{answer}\n".encode())
    assert "✓ changed-relationship: covered" in outcome.out
    assert "right 0." in outcome.out
    assert "wrong 0." in outcome.out
    assert f"you: “{answer}”" in outcome.out


DRAFT = """\
---
prompt: What is a canary release of a model?
key_points:
  - A canary release shows a model a small share of the traffic first.
  - {second}
  - Somebody watches the errors while the share grows.
---
"""
ROLLBACK = "A rollback brings the earlier model back within minutes."


def test_a_draft_of_three_points_can_be_tried(coach: Coach, tmp_path: Path):
    path = tmp_path / "deployment" / "canary.md"
    path.parent.mkdir()
    path.write_text(DRAFT.format(second=ROLLBACK))

    outcome = coach("knowledge", "test", str(path), stdin=ROLLBACK.encode())
    assert outcome.status == 0
    assert "✓ point-" in outcome.out


def test_a_saved_file_is_read_anew_and_the_last_answer_graded_again(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "deployment" / "canary.md"
    path.parent.mkdir()
    path.write_text(DRAFT.format(second="Cats sleep for most of the day and night."))

    def saved(_changed: object) -> Iterator[str | None]:
        yield ROLLBACK
        path.write_text(DRAFT.format(second=ROLLBACK))
        yield None
        path.write_text("---\nprompt: What is a canary?\n---\n")
        yield None
        yield ROLLBACK

    monkeypatch.setattr(trying, "tried", saved)
    outcome = coach("knowledge", "test", str(path))
    before, after = outcome.out.split("Read anew.")
    assert "✓" not in before
    assert "(was 0.0" in after
    assert "The file has faults, so the question stays as it was." in after
    assert after.count("✓") == 2
    assert "write 3 to 7 key_points" in outcome.err


def test_a_draft_that_is_too_little_says_what_it_lacks(coach: Coach, tmp_path: Path):
    (tmp_path / "empty.md").write_text("---\nprompt: What is a canary?\n---\n")

    outcome = coach("knowledge", "test", "empty.md")
    assert outcome.status == 1
    assert "write 3 to 7 key_points or a reference answer" in outcome.err


def test_a_file_that_cannot_be_read_is_named_and_no_fault_of_the_bank(coach: Coach, tmp_path: Path):
    (tmp_path / "bad.yaml").write_text("- prompt: [1,2\n")

    brought = coach("knowledge", "import", "bad.yaml")
    assert (brought.status, brought.out) == (1, "")
    assert brought.err.startswith("coach: bad.yaml: line 2: ")
    for command in ("new", "test"):
        outcome = coach("knowledge", command, "nothere.md", stdin=b"")
        assert (outcome.status, outcome.out) == (1, "")
        assert outcome.err.startswith("coach: nothere.md")
