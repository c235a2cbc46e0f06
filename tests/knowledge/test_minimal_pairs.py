"""The minimal pairs: complete, about questions of the bank, and checked strictly."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.pairs import PairKind, load_minimal_pairs
from knowledge.reading import MAX_FILE_BYTES

DRIFT = "monitoring/concept-drift"


def a_pair(**changes: Any) -> dict[str, Any]:
    pair = {
        "question": DRIFT,
        "kind": "negated",
        "better": "The relation between inputs and target changes.",
        "worse": "The relation between inputs and target does not change.",
    }
    return pair | changes


def folder_with(root: Path, *pairs: Any, name: str = "monitoring.yaml") -> Path:
    path = root / "minimal_pairs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(list(pairs)), encoding="utf-8")
    return root


def faults_in(bank: QuestionBank, folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InvalidBank) as raised:
        load_minimal_pairs(bank, folder)
    return raised.value.faults


def test_the_shipped_pairs_are_of_every_kind_and_of_at_least_thirty_questions(bank: QuestionBank):
    pairs = load_minimal_pairs(bank)

    assert len({pair.question for pair in pairs}) >= 30
    assert {pair.kind for pair in pairs} == set(PairKind)
    assert min(Counter(pair.kind for pair in pairs).values()) >= 30


def test_each_shipped_pair_stands_in_the_file_of_its_topic(bank: QuestionBank):
    shipped = Path(__file__).parents[2] / "knowledge" / "minimal_pairs"

    astray = [
        pair["question"]
        for path in shipped.glob("*.yaml")
        for pair in yaml.safe_load(path.read_text(encoding="utf-8"))
        if not pair["question"].startswith(f"{path.stem}/")
    ]

    assert astray == []


def test_a_folder_without_pairs_has_none(bank: QuestionBank, tmp_path: Path):
    assert load_minimal_pairs(bank, tmp_path) == ()


def test_a_sound_file_loads(bank: QuestionBank, tmp_path: Path):
    (pair,) = load_minimal_pairs(bank, folder_with(tmp_path, a_pair()))

    assert (pair.question, pair.kind) == (DRIFT, PairKind.NEGATED)
    assert pair.better == a_pair()["better"]


def test_a_question_that_is_not_in_the_bank_is_named(bank: QuestionBank, tmp_path: Path):
    (fault,) = faults_in(bank, folder_with(tmp_path, a_pair(question="cooking/soup")))

    assert fault.file == "minimal_pairs/monitoring.yaml"
    assert fault.field == "cooking/soup (negated)"
    assert fault.problem == "no such question"


def test_an_unknown_kind_is_named_with_the_known_ones(bank: QuestionBank, tmp_path: Path):
    (fault,) = faults_in(bank, folder_with(tmp_path, a_pair(kind="odd")))

    assert fault.field == "[1].kind"
    assert "half_missing" in fault.remedy


@pytest.mark.parametrize(
    "pairs",
    [
        (a_pair(worse=a_pair()["better"].upper()),),
        (a_pair(), a_pair(kind="swapped", worse="Something else is said here.")),
    ],
    ids=["in one pair", "in two pairs"],
)
def test_the_same_text_twice_is_refused(bank: QuestionBank, tmp_path: Path, pairs):
    (fault,) = faults_in(bank, folder_with(tmp_path, *pairs))

    assert "stands here twice" in fault.problem
    assert "The relation" in fault.problem or "THE RELATION" in fault.problem


def test_the_same_text_in_two_files_is_refused(bank: QuestionBank, tmp_path: Path):
    folder_with(tmp_path, a_pair())
    folder_with(tmp_path, a_pair(), name="other.yaml")

    assert {fault.file for fault in faults_in(bank, tmp_path)} == {"minimal_pairs/other.yaml"}


def test_every_fault_of_every_file_is_listed(bank: QuestionBank, tmp_path: Path):
    broken = a_pair(kind="odd", wurse="x")
    del broken["worse"]
    folder_with(tmp_path, broken, a_pair(better=""))
    folder_with(tmp_path, a_pair(question="cooking/soup"), name="other.yaml")

    faults = faults_in(bank, tmp_path)

    assert [(fault.file, fault.field) for fault in faults] == [
        ("minimal_pairs/monitoring.yaml", "[1].kind"),
        ("minimal_pairs/monitoring.yaml", "[1].worse"),
        ("minimal_pairs/monitoring.yaml", "[1].wurse"),
        ("minimal_pairs/monitoring.yaml", "[2].better"),
        ("minimal_pairs/other.yaml", "cooking/soup (negated)"),
    ]
    assert all(fault.problem and fault.remedy for fault in faults)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- kind: negated\n  kind: swapped\n", "'kind' stands here twice"),
        (b"- [never closed", "expected"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", "no list"),
        (b"just: one", "no list"),
        (b"- a\n- 2024-99-99\n", "cannot be read"),
        (b"#" * (MAX_FILE_BYTES + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_list_of_pairs_is_a_fault_of_the_file(
    bank: QuestionBank, tmp_path: Path, content: bytes, words: str
):
    (folder_with(tmp_path) / "minimal_pairs" / "monitoring.yaml").write_bytes(content)

    (fault,) = faults_in(bank, tmp_path)

    assert fault.file == "minimal_pairs/monitoring.yaml"
    assert words in fault.problem
