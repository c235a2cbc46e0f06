"""Rewordings teach what they say of a statement, and nothing of what the bank no longer asks."""

import random
import re
from collections import Counter

import pytest

from benchmarks.rewordings.loading import Rewording
from grading.text import clean
from knowledge.bank import QuestionBank
from tools.train.draws import Relation
from tools.train.rewordings import RewordingDraws


def rewording(bank: QuestionBank, question: str, number: int) -> Rewording:
    point = bank.get(question).key_points[number]
    return Rewording(
        question=question,
        point=point.id,
        right=tuple(f"Right {kind} of {point.id}." for kind in range(4)),
        wrong=tuple(f"Wrong {kind} of {point.id}." for kind in range(3)),
        beside=f"Beside {point.id}.",
    )


@pytest.fixture
def rewordings(bank: QuestionBank) -> list[Rewording]:
    return [rewording(bank, "monitoring/concept-drift", number) for number in range(3)]


def test_what_is_drawn_stands_in_its_relation_to_the_statement(
    bank: QuestionBank, rewordings: list[Rewording]
):
    draws = RewordingDraws(rewordings, bank, random.Random(1))  # noqa: S311
    words = {Relation.SAME: "right", Relation.OPPOSITE: "wrong", Relation.NEITHER: "beside"}
    lengths: Counter[int] = Counter()

    for _ in range(200):
        for pair in draws.pairs():
            [point] = [
                one.point
                for one in rewordings
                if pair.statement in (*one.right, clean(_statement(bank, one)))
            ]
            said = pair.said.lower()
            lengths[said.count(".") + said.count(";")] += 1
            [of_point] = [word for word in words.values() if _says(word, point, said)]
            assert of_point == words[pair.relation]

    assert len(lengths) > 1


def test_a_composed_answer_and_its_twin_differ_in_one_point(
    bank: QuestionBank, rewordings: list[Rewording]
):
    draws = RewordingDraws(rewordings, bank, random.Random(1))  # noqa: S311
    drawn = [draws.pairs() for _ in range(100)]
    composed = [pairs for pairs in drawn if pairs[2].said in (pairs[0].said, pairs[1].said)]

    assert 20 < len(composed) < 100
    for right, wrong, other in composed:
        assert (right.relation, wrong.relation) == (Relation.SAME, Relation.OPPOSITE)
        assert other.statement not in (right.statement, wrong.statement)


def _says(word: str, point: str, said: str) -> bool:
    return re.search(rf"{word}[ 0-9]* of {point}|{word} {point}", said) is not None


def _statement(bank: QuestionBank, one: Rewording) -> str:
    return next(p.statement for p in bank.get(one.question).key_points if p.id == one.point)


def test_a_point_that_the_bank_lost_is_left_out(bank: QuestionBank, rewordings: list[Rewording]):
    gone = rewordings[0].model_copy(update={"point": "gone"})
    draws = RewordingDraws([gone, *rewordings[1:]], bank, random.Random(1))  # noqa: S311

    assert all("gone" not in pair.said for _ in range(50) for pair in draws.pairs())
