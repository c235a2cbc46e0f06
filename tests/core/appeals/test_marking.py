"""What hosts decided becomes marked answers: one point each, once each, and nobody's."""

import pytest

from bot.core.appeals.marking import marked_answers
from bot.core.appeals.model import Decided
from grading.grade import PointStatus
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT

ANSWER = "A siren howls when quality sinks."


def decided(
    answer: str = ANSWER,
    point: str = "alert",
    *,
    accepted: bool = True,
    status: PointStatus | None = PointStatus.MISSED,
    question: str = DRIFT,
    names: frozenset[str] = frozenset(),
) -> Decided:
    return Decided(question, point, answer, accepted, status, names)


def marks(bank: QuestionBank, *every: Decided) -> list[dict[str, str]]:
    return [dict(one.marks) for one in marked_answers(every, bank)]


@pytest.mark.parametrize("status", [*PointStatus, None])
def test_what_was_accepted_is_covered_whatever_the_grader_says(bank: QuestionBank, status):
    assert marks(bank, decided(status=status)) == [{"alert": "c"}]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (PointStatus.MISSED, [{"alert": "-"}]),
        (None, [{"alert": "-"}]),
        (PointStatus.CONTRADICTED, [{"alert": "x"}]),
        (PointStatus.PARTIAL, [{"alert": "p"}]),
        (PointStatus.COVERED, []),  # another wording was accepted since
    ],
)
def test_what_was_declined_is_as_the_grader_said(bank: QuestionBank, status, expected):
    assert marks(bank, decided(accepted=False, status=status)) == expected


def test_an_answer_stands_once_with_all_that_was_decided_about_it(bank: QuestionBank):
    every = (
        decided(),
        decided(f"  {ANSWER.upper()}\n"),
        decided(point="retrain", accepted=False),
        decided("Another one howls."),
    )
    assert marks(bank, *every) == [{"alert": "c", "retrain": "-"}, {"alert": "c"}]
    assert marked_answers(every, bank) == marked_answers(reversed(every), bank)


def test_hosts_who_disagree_teach_nothing_about_that_point(bank: QuestionBank):
    every = (decided(), decided(accepted=False), decided(point="retrain"))
    assert marks(bank, *every) == [{"retrain": "c"}]
    assert marks(bank, *every[:2]) == []


def test_what_the_bank_does_not_know_is_left_out(bank: QuestionBank):
    assert marks(bank, decided(question="own/gone"), decided(point="no-such-point")) == []


def test_who_is_named_in_an_answer_is_not_told(bank: QuestionBank):
    names = frozenset({"Ada Lovelace", "Drift", "Retrain"})
    text = "Ada Lovelace (@ada, ada@example.org): drift? Drift! Ask <@77>."
    (one,) = marked_answers([decided(text, names=names)], bank)
    assert one.answer == "[name] ([name], [address]): drift? Drift! Ask [name]."
