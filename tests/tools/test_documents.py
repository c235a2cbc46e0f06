"""Marked answers teach of a point what somebody marked, and no more than that."""

import json
import random
from pathlib import Path

import pytest

from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT
from tools.train.__main__ import main
from tools.train.documents import AnswerDraws, MarkedAnswer, load_more, points_of
from tools.train.draws import Relation

ANSWER = "A siren howls when it sinks.\u2028So it goes."


def marked(*, complete: bool, question: str = DRIFT) -> MarkedAnswer:
    marks = {"alert": "c", "retrain": "x"}
    return MarkedAnswer.model_validate(
        {
            "question": question,
            "kind": "appeal",
            "answer": ANSWER,
            "marks": marks,
            "complete": complete,
        }
    )


def relations(bank: QuestionBank, one: MarkedAnswer) -> dict[str, Relation]:
    """What the answer says of each point that it teaches about, by the point's statement."""
    ids = {point.statement: point.id for point in bank.get(DRIFT).key_points}
    return {
        ids[point.wordings[0]]: relation
        for point in points_of(bank, [one])
        for relation, answers in point.answers.items()
        if answers
    }


def test_points_without_a_mark_are_absent_from_a_complete_answer_alone(bank: QuestionBank):
    decided = {"alert": Relation.SAME, "retrain": Relation.OPPOSITE}
    absent = {point.id: Relation.NEITHER for point in bank.get(DRIFT).key_points}

    assert len(absent) > len(decided)
    assert relations(bank, marked(complete=True)) == absent | decided
    assert relations(bank, marked(complete=False)) == decided


def test_an_answer_is_complete_unless_it_says_otherwise():
    line = marked(complete=True).model_dump(exclude={"complete"})
    assert MarkedAnswer.model_validate(line).complete


def test_more_files_are_read_and_what_the_bank_lacks_is_told(
    bank: QuestionBank, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    known, unknown = marked(complete=False), marked(complete=False, question="gone/question")
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    for file, answers in ((one, [known, unknown]), (other, [known])):
        lines = (json.dumps(each.model_dump(), ensure_ascii=False) for each in answers)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    assert load_more([other], bank) == [known]
    assert capsys.readouterr().err == ""
    assert load_more([one, other], bank) == [known, known]
    assert "1 of 3 answers" in capsys.readouterr().err


def test_measuring_an_author_takes_no_more_files(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        main(["data", "--without", "somebody", "--more", "one.jsonl"])
    assert left.value.code == 2
    assert "--more" in capsys.readouterr().err


def test_an_answer_is_drawn_beside_points_of_which_it_says_different_things(bank: QuestionBank):
    draws = AnswerDraws(points_of(bank, [marked(complete=True)]), random.Random(1))  # noqa: S311
    ids = {point.statement: point.id for point in bank.get(DRIFT).key_points}

    for _ in range(20):
        pairs = draws.pairs()
        assert {pair.relation for pair in pairs} == set(Relation)
        assert len({pair.said for pair in pairs}) == 1
        of_point = {pair.relation: ids[pair.statement] for pair in pairs}
        assert of_point[Relation.SAME] == "alert"
        assert of_point[Relation.OPPOSITE] == "retrain"
