"""Rewordings teach what they say of a statement, and nothing of what the bank no longer asks."""

import random
from collections import Counter

import pytest
from pydantic import ValidationError

from grading.text import clean
from knowledge.bank import QuestionBank
from tools.train.draws import Relation
from tools.train.rewordings import Rewording, RewordingDraws, load_rewordings


def rewording(bank: QuestionBank, question: str, number: int) -> Rewording:
    point = bank.get(question).key_points[number]
    return Rewording(
        author="nobody",
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
    lengths: Counter[bool] = Counter()

    for _ in range(200):
        pairs = draws.pairs()
        assert [one.relation for one in pairs] == list(Relation)
        for pair in pairs:
            [point] = [
                one.point
                for one in rewordings
                if pair.statement in (*one.right, clean(_statement(bank, one)))
            ]
            said = pair.said.lower()
            assert words[pair.relation] in said
            assert point in said
            assert pair.statement not in pair.said
            lengths[said.count(" of ") + said.count("beside") > 1] += 1

    assert lengths[True] > lengths[False] > 0


def _statement(bank: QuestionBank, one: Rewording) -> str:
    return next(p.statement for p in bank.get(one.question).key_points if p.id == one.point)


def test_a_point_that_the_bank_lost_is_left_out(bank: QuestionBank, rewordings: list[Rewording]):
    gone = rewordings[0].model_copy(update={"point": "gone"})
    draws = RewordingDraws([gone, rewordings[1]], bank, random.Random(1))  # noqa: S311

    assert all("gone" not in pair.said for _ in range(50) for pair in draws.pairs())


def test_a_line_that_lacks_a_kind_is_refused(rewordings: list[Rewording]):
    line = rewordings[0].model_dump() | {"wrong": ("Only one.",)}

    with pytest.raises(ValidationError):
        Rewording.model_validate(line)


def test_every_shipped_rewording_is_of_a_point_that_the_bank_asks(bank: QuestionBank):
    points = {(question.id, point.id) for question in bank for point in question.key_points}
    found = load_rewordings()

    assert found
    assert {(one.question, one.point) for one in found} <= points
    assert len({(one.question, one.point) for one in found}) == len(found)
