"""Answers and pairs by others: tied to the questions that they are to."""

import json
from pathlib import Path
from typing import Any

from knowledge.bank import QuestionBank

ANSWERS = Path(__file__).parents[2] / "benchmarks" / "answers"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ANSWERS / name).read_text(encoding="utf-8").splitlines()]


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
