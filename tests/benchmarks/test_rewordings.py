"""Rewordings are of points that the bank asks, eight sentences each."""

import pytest
from pydantic import ValidationError

from benchmarks.rewordings.__main__ import sentences_of
from benchmarks.rewordings.loading import Rewording, load_rewordings
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT


def rewording(bank: QuestionBank, point: str | None = None) -> Rewording:
    known = bank.get(DRIFT).key_points[0].id
    return Rewording(
        question=DRIFT,
        point=point or known,
        right=("It is so.", "So it is.", "yeah so", "It is not otherwise."),
        wrong=("So is it not.", "It isn't so.", "the other way round"),
        beside="It is there.",
    )


def test_each_sentence_stands_beside_the_statement_of_its_point(bank: QuestionBank):
    statement = bank.get(DRIFT).key_points[0].statement

    said = list(sentences_of(rewording(bank), bank))

    assert [each.kind for each in said[3:5]] == ["sounds like denial", "exchanged"]
    assert [each.text for each in said[6:]] == ["the other way round", "It is there."]
    assert {each.statement for each in said} == {statement}


def test_a_point_that_the_bank_lost_is_left_out(bank: QuestionBank):
    assert list(sentences_of(rewording(bank, "gone"), bank)) == []


def test_a_line_that_lacks_a_kind_is_refused(bank: QuestionBank):
    with pytest.raises(ValidationError):
        Rewording.model_validate(rewording(bank).model_dump() | {"wrong": ("Only one.",)})


def test_every_point_is_reworded_once_and_asked(bank: QuestionBank):
    points = {(question.id, point.id) for question in bank for point in question.key_points}
    found = [(one.question, one.point) for one in load_rewordings()]

    assert len(found) == len(set(found)) > 1_300
    assert set(found) <= points
