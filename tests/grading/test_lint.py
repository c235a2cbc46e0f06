"""What the grader makes of a question's own texts, with graders and judges that say what is set."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from grading.encoder import Encoder
from grading.entailment import Judgement, Pair
from grading.grade import Band, Grade, GraderId, PointResult, PointStatus
from grading.grader import Grader
from grading.lint import (
    SAID_FROM,
    STRONG,
    embedding_with,
    lint_meaning,
    overlaps,
    references,
    stranger_to,
    twins_by_meaning,
    wrong_versions,
)
from grading.vectors import Vectors
from knowledge.bank import QuestionBank
from knowledge.question import Question


@pytest.fixture(scope="module")
def drift(bank: QuestionBank) -> Question:
    return bank.get("monitoring/concept-drift")


class Fixed:
    """A grader that gives every answer the same score and status."""

    def __init__(self, score: float, status: PointStatus = PointStatus.COVERED) -> None:
        self.score, self.status = score, status

    def grade(self, question: Question, _: str) -> Grade:
        points = tuple(
            PointResult(
                id=p.id, text=p.statement, weight=1, status=self.status, credit=0, evidence="So."
            )
            for p in question.essential
        )
        return Grade(
            question_id=question.id,
            score=self.score,
            band=Band.NONE,
            points=points,
            grader=GraderId(version="1", model="none"),
        )


STRONG_GRADER = Fixed(1.0)


class Says:
    """A judge to whom a pair says the same where a rule says so; it remembers how often it read."""

    def __init__(self, rule: Callable[[Pair], bool] = lambda _: False) -> None:
        self.rule, self.calls = rule, 0

    def judge(self, pairs: Sequence[Pair]) -> Judgement:
        self.calls += 1
        same = np.array([SAID_FROM if self.rule(p) else SAID_FROM - 0.01 for p in pairs])
        return Judgement(same, 1 - same, np.zeros(len(pairs)))


def near(texts: Sequence[str]) -> Vectors:
    """Embed every text as the same."""
    return np.ones((len(texts), 1), dtype=np.float32)


def far(texts: Sequence[str]) -> Vectors:
    """Embed every text as unlike all others."""
    return np.eye(len(texts), dtype=np.float32)


def test_strong_references_have_no_fault(drift: Question):
    assert list(references(drift, Fixed(STRONG["full"]))) == []


def test_a_weak_reference_names_what_it_lacks(drift: Question):
    short, full = references(drift, Fixed(STRONG["short"] - 0.01, PointStatus.PARTIAL))

    assert (short.field, full.field) == ("reference_answers.short", "reference_answers.full")
    assert short.file == f"questions/{drift.id}.md"
    assert all(point.id in short.remedy for point in drift.essential)


def test_a_weak_reference_that_lacks_nothing_says_what_else_to_mend(drift: Question):
    short, _ = references(drift, Fixed(STRONG["short"] - 0.01))

    assert "contradict" in short.remedy


def test_a_full_reference_has_to_score_more_than_a_short_one(drift: Question):
    (fault,) = references(drift, Fixed(STRONG["short"]))

    assert fault.field == "reference_answers.full"


def test_a_reference_taken_for_a_contradiction_is_shown_with_its_words(drift: Question):
    faults = list(references(drift, Fixed(1.0, PointStatus.CONTRADICTED)))

    assert len(faults) == 2 * len(drift.essential)
    assert all("'So.'" in fault.problem for fault in faults)


def test_every_wrong_version_is_held_against_its_own_statement(drift: Question):
    pairs = [claim.pair for claim in wrong_versions(drift)]

    assert pairs == [(text, point.statement) for point in drift.key_points for text in point.wrong]


def test_a_wrong_version_that_says_its_point_is_a_fault(drift: Question):
    astray = drift.key_points[1].wrong[2]

    (fault,) = lint_meaning(
        [drift], drift, STRONG_GRADER, Says(lambda pair: pair[0] == astray), far
    )

    assert fault.field == "key_points[2].wrong[3]"
    assert astray in fault.problem


def test_a_statement_that_says_another_is_a_fault(drift: Question):
    first, second = drift.key_points[0].statement, drift.key_points[1].statement

    (fault,) = lint_meaning(
        [drift], drift, STRONG_GRADER, Says(lambda pair: pair == (first, second)), near
    )

    assert fault.field == "key_points[1].statement"
    assert drift.key_points[1].id in fault.problem


def test_only_near_statements_are_held_against_each_other(drift: Question):
    count = len(drift.key_points)

    assert len(list(overlaps(drift, near))) == count * (count - 1)
    assert list(overlaps(drift, far)) == []


def test_the_reference_of_another_question_earns_less_than_half(
    bank: QuestionBank, drift: Question
):
    stranger = stranger_to(drift, tuple(bank))
    assert stranger is not None
    theirs = stranger.reference_answers.short
    every = Says(lambda pair: pair[0] == theirs)
    one = Says(lambda pair: pair == (theirs, drift.essential[0].statement))

    (fault,) = lint_meaning(tuple(bank), drift, STRONG_GRADER, every, far)

    assert (fault.field, stranger.id in fault.problem) == ("key_points", True)
    assert list(lint_meaning(tuple(bank), drift, STRONG_GRADER, one, far)) == []


def test_the_stranger_is_always_the_same_and_of_the_same_topic(bank: QuestionBank):
    strangers = [stranger_to(question, tuple(bank)) for question in bank]

    assert strangers == [stranger_to(question, tuple(bank)) for question in bank]
    assert all(
        stranger is not None and stranger.topic == question.topic and stranger != question
        for question, stranger in zip(bank, strangers, strict=True)
    )


def test_a_question_alone_in_its_topic_has_no_stranger(drift: Question):
    assert stranger_to(drift, [drift]) is None


def test_all_pairs_of_a_question_are_judged_in_one_call(bank: QuestionBank, drift: Question):
    judge = Says()

    assert list(lint_meaning(tuple(bank), drift, STRONG_GRADER, judge, near)) == []
    assert judge.calls == 1


def test_questions_that_ask_the_same_in_other_words_are_twins(bank: QuestionBank, drift: Question):
    other = bank.get("monitoring/data-drift-detection")

    (fault,) = twins_by_meaning([drift, other], near)

    assert (fault.file, fault.field) == (f"questions/{other.id}.md", "prompt")
    assert drift.prompt in fault.problem


def test_the_shipped_questions_are_no_twins(bank: QuestionBank, encoder: Encoder):
    assert list(twins_by_meaning(tuple(bank), embedding_with(encoder))) == []


def test_vectors_that_do_not_ship_are_made(drift: Question, encoder: Encoder):
    embed = embedding_with(encoder)

    shipped, made = embed([drift.prompt, f"{drift.prompt} "]), embed(["What is a kettle for?"] * 2)

    assert np.allclose(shipped[0], shipped[1])
    assert made.shape == (2, shipped.shape[1])
    assert float(made[0] @ shipped[0]) < float(shipped[0] @ shipped[0])


def test_a_shipped_reference_is_read_by_the_real_grader(drift: Question, grader: Grader):
    upside_down = drift.model_copy(
        update={
            "reference_answers": drift.reference_answers.model_copy(
                update={"short": "A cat sleeps on the mat, and the sun shines on the garden."}
            )
        }
    )

    assert "reference_answers.short" in {fault.field for fault in references(upside_down, grader)}
