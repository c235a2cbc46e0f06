import re
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.practice.hints import RUNGS_OF_A_POINT, Rung, cloze, hints_for
from bot.core.practice.model import Attempt
from grading.grade import PointStatus
from grading.text import stem, word_spans, words
from knowledge.bank import QuestionBank
from knowledge.question import KeyPoint, Question
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

    asked = [point.id for point in question.essential]
    assert points == asked + [p.id for p in question.key_points if p.id not in asked]


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


GAP = re.compile(r"[^\W_]?_+")


def with_statement(question: Question, statement: str) -> KeyPoint:
    return question.key_points[0].model_copy(update={"statement": statement})


def hidden(shown: str, statement: str) -> list[str]:
    """The words of the statement that the cloze changed."""
    return [
        span.text
        for span in word_spans(statement)
        if shown[span.start : span.end] != statement[span.start : span.end]
    ]


def test_telling_words_become_a_first_letter_and_their_length(bank: QuestionBank):
    question = bank.get(DRIFT)

    assert cloze(question, question.point("changed-relationship")) == (
        "Concept drift means that the relationship between the i_____ and the t_____ "
        "changes over time."
    )


def test_the_words_of_the_question_and_function_words_stay(bank: QuestionBank):
    question = bank.get(DRIFT)
    point = with_statement(question, "Concept drift is what you handle with thermometers.")

    assert cloze(question, point) == "Concept drift is what you handle with t___________."


def test_every_form_of_a_blanked_word_is_blanked(bank: QuestionBank):
    question = bank.get(DRIFT)
    point = with_statement(question, "A thermometer is one of many Thermometers.")

    assert cloze(question, point) == "A t__________ is one of many T___________."


def test_words_that_the_hint_has_given_are_kept_as_long_as_others_are_there(bank: QuestionBank):
    question = bank.get(DRIFT)
    point = with_statement(question, "Marmots and badgers and weasels.").model_copy(
        update={"hint": "Which animals besides marmots are there?"}
    )

    assert cloze(question, point) == "Marmots and b______ and w______."


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("Concept drift in production.", "C______ drift in p_________."),
        ("It is what it is, as we were.", "It is w___ it is, as we were."),
        ("a - b - c - !", "_ - b - c - !"),
        ("?? !! ?? !!", "?? !! ?? !!"),
    ],
)
def test_something_is_blanked_as_long_as_there_is_a_word(
    bank: QuestionBank, statement: str, shown: str
):
    question = bank.get(DRIFT)

    assert cloze(question, with_statement(question, statement)) == shown


def test_every_shipped_point_has_gaps_that_hide_their_words(bank: QuestionBank):
    for question in bank:
        for point in question.key_points:
            shown = cloze(question, point)
            blanked = hidden(shown, point.statement)

            assert 1 <= len({stem(words(word)[0]) for word in blanked}) <= 3, point.id
            assert not {words(word)[0] for word in blanked} & set(words(shown)), point.id
            gone = {stem(words(word)[0]) for word in blanked}
            asked = {stem(word) for word in words(question.prompt)}
            assert not gone & asked or gone <= asked, point.id  # nothing else to blank
            assert len(shown) == len(point.statement)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_cloze_blanks_something_and_never_shows_it(bank: QuestionBank, data: st.DataObject):
    question = data.draw(st.sampled_from(tuple(bank)))
    common = sorted({word for point in question.key_points for word in words(point.statement)})
    word = st.sampled_from(common) | st.text(string.ascii_letters + "'éß9", min_size=1, max_size=9)
    statement = " ".join(data.draw(st.lists(word, min_size=1, max_size=20)))
    assume(words(statement))
    point = with_statement(question, statement)

    shown = cloze(question, point)

    blanked = hidden(shown, statement)
    assert blanked
    assert GAP.search(shown)
    assert not {words(each)[0] for each in blanked} & set(words(shown))
    assert shown == cloze(question, point)
    assert len(shown) == len(statement)
