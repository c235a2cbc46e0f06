"""Questions that wait for a second reader, and answers by others: whole, and tied to the bank."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.bank import QuestionBank

ROOT = Path(__file__).parents[2]
DRAFTS = ROOT / "knowledge" / "drafts"
ANSWERS = ROOT / "benchmarks" / "answers"
FILES = sorted(DRAFTS.glob("*/*.md"))

FIELDS = {
    *("prompt", "kind", "difficulty", "aliases", "reference_answers", "key_points"),
    *("follow_ups", "sources", "author"),
}


def draft(path: Path) -> dict[str, Any]:
    head = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---")[0]
    found: dict[str, Any] = yaml.safe_load(head)
    return found


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ANSWERS / name).read_text().splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_draft_has_what_its_format_asks_for(path: Path) -> None:
    found = draft(path)
    roles = Counter(point["role"] for point in found["key_points"])
    assert set(found) == FIELDS
    assert set(found["reference_answers"]) == {"short", "full"}
    assert 3 <= roles["essential"] <= 5
    assert roles["bonus"] <= 2
    for point in found["key_points"]:
        assert len(point["paraphrases"]) >= 3
        assert len(point["plain"]) >= 2
        assert len(point["wrong"]) >= 3
        right = {point["statement"], *point["paraphrases"], *point["plain"]}
        assert not right & set(point["wrong"])
    ids = {point["id"] for point in found["key_points"]}
    assert {each["point"] for each in found["follow_ups"] if "point" in each} <= ids
    assert len(found["sources"]) >= 2


def test_no_two_drafts_share_a_name_and_each_is_looked_for(bank: QuestionBank) -> None:
    names = Counter(name.casefold() for path in FILES for name in draft(path)["aliases"])
    names.update(name.casefold() for question in bank for name in question.aliases)
    assert [name for name, times in names.items() if times > 1] == []
    phrasings = yaml.safe_load((DRAFTS / "phrasings.yaml").read_text(encoding="utf-8"))
    assert set(phrasings) == {f"{path.parent.name}/{path.stem}" for path in FILES}


def test_every_answer_is_to_a_question_of_the_bank_and_read_twice(bank: QuestionBank) -> None:
    answers = lines("answers.jsonl")
    assert len({each["author"] for each in answers}) == 8
    for each in answers:
        ids = {point.id for point in bank.get(each["question"]).key_points}
        first, second = each["readers"]
        assert set(first["points"]) == set(second["points"]) == ids
        assert all(0 <= reader["score"] <= 1 for reader in (first, second))


def test_the_sides_of_a_pair_differ(bank: QuestionBank) -> None:
    pairs = lines("pairs.jsonl")
    assert all(each["question"] in bank and each["better"] != each["worse"] for each in pairs)
