"""A short reference and its exchange teach both sides of the one point in which they differ."""

import random

from grading.text import clean
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT
from tools.train.documents import MarkedAnswer
from tools.train.draws import Relation
from tools.train.exchanges import ExchangeDraws, changed_sentences, references_of


def exchange(bank: QuestionBank, kind: str = "exchange", **marks: str) -> MarkedAnswer:
    """Return the short reference with another first sentence."""
    first, *rest = bank.get(DRIFT).reference_answers.short.split(". ")
    text = ". ".join([f"Nobody says that {first.lower()}", *rest])
    return MarkedAnswer.model_validate(
        {"question": DRIFT, "kind": kind, "answer": text, "marks": marks}
    )


def points(bank: QuestionBank) -> list[str]:
    return [point.id for point in bank.get(DRIFT).key_points]


def test_the_reference_says_what_its_exchange_denies(bank: QuestionBank):
    first, second, third, *_ = points(bank)
    marked = exchange(bank, **{first: "x", second: "c", third: "-"})

    [reference] = references_of(bank, [marked, exchange(bank, kind="turned", **{first: "x"})])

    assert reference.answer == bank.get(DRIFT).reference_answers.short
    assert reference.marks == {first: "c", second: "c", third: "-"}


def test_the_changed_sentence_is_drawn_before_and_after(bank: QuestionBank):
    point = bank.get(DRIFT).key_points[0]

    [changed] = changed_sentences(bank, [exchange(bank, **{point.id: "x"})])
    right, wrong = ExchangeDraws([changed], random.Random(1)).pairs()  # noqa: S311

    assert right.statement == wrong.statement == clean(point.statement)
    assert (right.relation, wrong.relation) == (Relation.SAME, Relation.OPPOSITE)
    assert wrong.said == f"Nobody says that {right.said[0].lower()}{right.said[1:]}"
    assert right.said in clean(bank.get(DRIFT).reference_answers.short)


def test_an_exchange_of_two_points_has_no_changed_sentence(bank: QuestionBank):
    first, second, *_ = points(bank)

    assert not list(changed_sentences(bank, [exchange(bank, **{first: "x", second: "x"})]))


def test_an_exchange_of_an_earlier_reference_marks_nothing_of_the_new_one(bank: QuestionBank):
    earlier = exchange(bank, **{points(bank)[0]: "x"})
    shorter = earlier.model_copy(update={"answer": earlier.answer.rpartition(". ")[0] + "."})

    assert not list(references_of(bank, [shorter]))
    assert not list(changed_sentences(bank, [shorter]))


def test_questions_that_the_bank_lost_are_left_out(bank: QuestionBank):
    lost = exchange(bank, **{points(bank)[0]: "x"}).model_copy(update={"question": "gone/away"})

    assert not list(references_of(bank, [lost]))
    assert not list(changed_sentences(bank, [lost]))
