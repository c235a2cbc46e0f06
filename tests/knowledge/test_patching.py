"""Accepted sentences go into question files, and everything else stays as it is."""

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.accepting import accepting
from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank
from knowledge.loader import parse_question
from knowledge.patching import diff, with_accepted

DRIFT = "monitoring/concept-drift"
FILE = Path(str(files("knowledge"))) / "questions" / f"{DRIFT}.md"
TEXT = FILE.read_text(encoding="utf-8")
SENTENCE = 'It says: "a siren" howls #1 when quality sinks.'


def test_sentences_are_added_and_every_line_stays():
    patched = with_accepted(TEXT, DRIFT, [("alert", SENTENCE), ("alert", "Another alarm rings.")])

    assert parse_question(patched, DRIFT).point("alert").accepted == (
        SENTENCE,
        "Another alarm rings.",
    )
    added = [line for line in patched.splitlines() if line not in TEXT.splitlines()]
    assert added[0] == "    accepted:"
    assert len(added) == 3
    assert [line for line in patched.splitlines() if line not in added] == TEXT.splitlines()


def test_later_sentences_join_the_earlier_ones():
    once = with_accepted(TEXT, DRIFT, [("alert", SENTENCE)])
    twice = with_accepted(once, DRIFT, [("alert", "Another alarm rings.")])

    assert twice == with_accepted(
        TEXT, DRIFT, [("alert", SENTENCE), ("alert", "Another alarm rings.")]
    )


@pytest.mark.parametrize(
    "item",
    [
        "Another alarm rings.",
        "Another alarm\n        rings.  # as they say",
        "'Another alarm''s bell rings.'",
        '"Another alarm\n        rings."\n',
        "|\n        Another alarm rings.",
        ">-\n        Another alarm\n        rings.",
    ],
)
def test_a_sentence_joins_others_however_they_are_written(item: str):
    once = with_accepted(TEXT, DRIFT, [("alert", "Another alarm rings.")])
    by_hand = once.replace('"Another alarm rings."', item)
    (earlier,) = parse_question(by_hand, DRIFT).point("alert").accepted

    patched = with_accepted(by_hand, DRIFT, [("alert", SENTENCE)])

    assert parse_question(patched, DRIFT).point("alert").accepted == (earlier, SENTENCE)
    (added,) = [line for line in patched.splitlines() if "a siren" in line]
    assert [line for line in patched.splitlines() if line != added] == by_hand.splitlines()


def test_every_point_of_every_shipped_question_can_be_patched(bank: QuestionBank):
    folder = FILE.parents[1]
    for question in bank:
        text = (folder / f"{question.id}.md").read_text(encoding="utf-8")
        more = [(point.id, f"A wording for {point.id}.") for point in question.key_points]

        changed = parse_question(with_accepted(text, question.id, more), question.id)

        assert [p.accepted for p in changed.key_points] == [(wording,) for _, wording in more]


@settings(max_examples=80, deadline=None)
@given(sentence=st.text(min_size=12, max_size=120).map(lambda text: " ".join(text.split())))
def test_whatever_a_variant_takes_a_file_takes_too(sentence: str):
    question = parse_question(TEXT, DRIFT)
    try:
        changed = accepting(question, "alert", sentence)
    except ValidationError:
        return

    assert parse_question(with_accepted(TEXT, DRIFT, [("alert", sentence)]), DRIFT) == changed


def test_what_a_question_refuses_a_file_refuses():
    wrong = parse_question(TEXT, DRIFT).point("alert").wrong[0]

    for point, sentence in (("alert", wrong), ("alert", "short"), ("no-such-point", SENTENCE)):
        with pytest.raises(InvalidBank):
            with_accepted(TEXT, DRIFT, [(point, sentence)])


def test_a_list_in_brackets_is_named():
    patched = with_accepted(TEXT, DRIFT, [("alert", "Another alarm rings.")])
    bracketed = patched.replace(
        'accepted:\n      - "Another alarm rings."', 'accepted: ["Another alarm rings."]'
    )

    with pytest.raises(InvalidBank) as problem:
        with_accepted(bracketed, DRIFT, [("alert", SENTENCE)])

    assert "brackets" in problem.value.faults[0].problem


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
def test_the_diff_can_be_applied(tmp_path: Path):
    patched = with_accepted(TEXT, DRIFT, [("alert", SENTENCE)])
    target = tmp_path / "questions" / f"{DRIFT}.md"
    target.parent.mkdir(parents=True)
    target.write_text(TEXT, encoding="utf-8")

    change = diff(f"questions/{DRIFT}.md", TEXT, patched)
    command = [shutil.which("patch") or "", "-p1", "-d", str(tmp_path)]
    subprocess.run(command, input=change.encode(), check=True, capture_output=True)

    assert target.read_text(encoding="utf-8") == patched
