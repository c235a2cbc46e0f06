"""What the grader makes of a question's own texts, with graders that say what is set."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from grading.encoder import Encoder
from grading.grade import Band, Grade, GraderId, PointResult, PointStatus
from grading.grader import Grader
from grading.lint import (
    EARNED_FROM,
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


class Rules:
    """A grader to whom an answer makes a point where a rule says so; references are strong."""

    def __init__(self, rule: Callable[[str, str], bool] = lambda *_: False) -> None:
        self.rule = rule

    def grade(self, question: Question, answer: str) -> Grade:
        made = [point.id for point in question.key_points if self.rule(answer, point.id)]
        points = tuple(
            PointResult(
                id=point.id,
                text=point.statement,
                weight=1,
                status=PointStatus.COVERED,
                credit=EARNED_FROM if point.id in made else EARNED_FROM - 0.01,
            )
            for point in question.key_points
        )
        own = answer in question.reference_answers.texts
        score = 1.0 if own else len(made) / len(points)
        identity = GraderId(version="1", model="none")
        return Grade(
            question_id=question.id, score=score, band=Band.NONE, points=points, grader=identity
        )


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


def test_a_wrong_version_that_earns_its_point_is_a_fault(drift: Question):
    point = drift.key_points[1]
    grader = Rules(lambda answer, made: (answer, made) == (point.wrong[2], point.id))

    (fault,) = wrong_versions(drift, grader)

    assert fault.field == "key_points[2].wrong[3]"
    assert point.wrong[2] in fault.problem


def test_a_statement_that_earns_another_point_is_a_fault_if_they_are_near(drift: Question):
    first, second, *_ = drift.key_points
    grader = Rules(lambda answer, made: (answer, made) == (first.statement, second.id))

    (fault,) = overlaps(drift, grader, near)

    assert fault.field == "key_points[1].statement"
    assert second.id in fault.problem
    assert list(overlaps(drift, grader, far)) == []


def test_the_reference_of_another_question_earns_half_at_most(bank: QuestionBank, drift: Question):
    stranger = stranger_to(drift, tuple(bank))
    assert stranger is not None
    theirs = stranger.reference_answers.short
    every = Rules(lambda answer, _: answer == theirs)
    one = Rules(lambda answer, made: (answer, made) == (theirs, drift.key_points[0].id))

    (fault,) = lint_meaning(tuple(bank), drift, every, far)

    assert (fault.field, stranger.id in fault.problem) == ("key_points", True)
    assert list(lint_meaning(tuple(bank), drift, one, far)) == []


def test_the_stranger_is_always_the_same_and_of_the_same_topic(bank: QuestionBank):
    strangers = [stranger_to(question, tuple(bank)) for question in bank]

    assert strangers == [stranger_to(question, tuple(bank)) for question in bank]
    assert all(
        stranger is not None and stranger.topic == question.topic and stranger != question
        for question, stranger in zip(bank, strangers, strict=True)
    )


def test_a_question_alone_in_its_topic_has_no_stranger(drift: Question):
    assert stranger_to(drift, [drift]) is None


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
