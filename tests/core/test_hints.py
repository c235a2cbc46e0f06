import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.attempt import Attempt
from bot.core.hints import RUNGS_OF_A_POINT, Rung, hints_for
from grading.grade import PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.core.samples import DRIFT, a_grade_of, an_attempt

BY_WEIGHT = ["changed-relationship", "retrain", "detect-with-labels", "not-data-drift", "alert"]
COVERED = PointStatus.COVERED


def after(question: Question, covered: set[str], other: PointStatus | None = None) -> Attempt:
    """An attempt that covered these points; the others have the other status."""
    statuses = {p.id: COVERED if p.id in covered else other for p in question.key_points}
    grade = a_grade_of(question, {name: s for name, s in statuses.items() if s is not None})
    attempt = an_attempt(question.id)
    return type(attempt)(**{**vars(attempt), "grade": grade})


def climbed(question: Question, last: Attempt | None, given: int = 0) -> list[tuple[Rung, str]]:
    """Every step from a place of the ladder to its end."""
    steps = []
    while (hints := hints_for(question, last, given)).next is not None:
        assert hints.position > given
        given = hints.position
        steps.append((hints.next.rung, hints.next.point.id))
    return steps


def test_the_ladder_begins_with_a_pump_and_climbs_each_point_by_weight(bank: QuestionBank):
    steps = climbed(bank.get(DRIFT), None)

    assert steps[0][0] is Rung.PUMP
    expected = [(rung, point) for point in BY_WEIGHT for rung in RUNGS_OF_A_POINT]
    assert steps[1 : len(expected) + 1] == expected


def test_ties_in_weight_keep_the_order_of_the_question(bank: QuestionBank):
    question = bank.get(DRIFT)
    even = question.model_copy(
        update={
            "key_points": tuple(p.model_copy(update={"weight": 1}) for p in question.key_points)
        }
    )

    points = [point for rung, point in climbed(even, None) if rung is Rung.REVEAL]

    assert points == [point.id for point in question.key_points]


def test_a_covered_point_is_passed_over(bank: QuestionBank):
    question = bank.get(DRIFT)

    steps = climbed(question, after(question, {"changed-relationship", "detect-with-labels"}))

    assert steps[0] == (Rung.PUMP, "retrain")
    assert steps[1:4] == [(rung, "retrain") for rung in RUNGS_OF_A_POINT]
    assert steps[4] == (Rung.HINT, "not-data-drift")


@pytest.mark.parametrize("given_before", [2, 3])
def test_a_point_covered_halfway_up_is_left_for_the_next(bank: QuestionBank, given_before: int):
    question = bank.get(DRIFT)

    hints = hints_for(question, after(question, {"changed-relationship"}), given_before)

    assert hints.next is not None
    assert (hints.next.rung, hints.next.point.id) == (Rung.HINT, "retrain")


@pytest.mark.parametrize(
    "status", [PointStatus.MISSED, PointStatus.PARTIAL, PointStatus.CONTRADICTED]
)
def test_every_point_that_is_not_covered_is_missing(bank: QuestionBank, status: PointStatus):
    question = bank.get(DRIFT)

    hints = hints_for(question, after(question, set(), status), 0)

    assert len(hints.missing) == len(question.key_points)


def test_an_ungraded_answer_covers_nothing(bank: QuestionBank):
    question = bank.get(DRIFT)

    assert climbed(question, an_attempt(DRIFT, None)) == climbed(question, None)


def test_there_is_no_step_when_every_point_is_covered(bank: QuestionBank):
    question = bank.get(DRIFT)
    everything = after(question, {point.id for point in question.key_points})

    for given_before in (0, 5, 99):
        hints = hints_for(question, everything, given_before)
        assert (hints.next, hints.position, hints.missing) == (None, given_before, ())


@pytest.mark.parametrize("count", range(8))
def test_a_count_from_before_the_ladder_is_a_place_on_it(bank: QuestionBank, count: int):
    question = bank.get(DRIFT)

    assert climbed(question, None, count) == climbed(question, None)[count:]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_no_rung_comes_twice_and_the_ladder_ends_whatever_is_answered_between(
    bank: QuestionBank, data: st.DataObject
):
    question = data.draw(st.sampled_from(tuple(bank)))
    names = st.sets(st.sampled_from([point.id for point in question.key_points]))
    rungs = 1 + len(RUNGS_OF_A_POINT) * len(question.key_points)
    position = data.draw(st.integers(0, rungs + 3))
    seen = []

    for _ in range(rungs + 1):
        last = after(question, data.draw(names)) if data.draw(st.booleans()) else None
        hints = hints_for(question, last, position)
        assert hints == hints_for(question, last, position)
        assert hints.position >= position
        position = hints.position
        if hints.next is not None:
            assert hints.next.point in hints.missing
            seen.append((hints.next.rung, hints.next.point.id))

    pumps = [rung for rung, _ in seen if rung is Rung.PUMP]
    assert len(pumps) <= 1
    assert len(set(seen)) == len(seen)
    assert hints_for(question, None, rungs).next is None
