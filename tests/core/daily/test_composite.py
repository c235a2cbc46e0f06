from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.daily.composite import Composite, Contribution, Sentence, best_answers, composite
from grading.grade import Band, Flag, Grade, GraderId, MisconceptionHit, PointResult, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.core.samples import DRIFT

COVERED, CONTRADICTED = PointStatus.COVERED, PointStatus.CONTRADICTED
FIRST, OTHER, DETECT, ALERT, RETRAIN, ROLLOUT = ALL = (
    "changed-relationship",
    "not-data-drift",
    "detect-with-labels",
    "alert",
    "retrain",
    "safe-rollout",
)


@pytest.fixture
def drift(bank: QuestionBank) -> Question:
    return bank.get(DRIFT)


def said(
    learner_id: int,
    *points: tuple[str, str, float] | tuple[str, str, PointStatus],
    score: float = 0.7,
    flags: tuple[Flag, ...] = (),
    wrong: str | None = None,
) -> Contribution:
    """What a learner said: a point, their sentence, and its credit (or another status)."""
    misconceptions = (
        () if wrong is None else (MisconceptionHit(text="x", correction="y", evidence=wrong),)
    )
    grade = Grade(
        question_id=DRIFT,
        score=score,
        band=Band.GOOD if score >= 0.6 else Band.PARTIAL,
        points=tuple(_point(*point) for point in points),
        misconceptions=misconceptions,
        flags=flags,
        grader=GraderId(version="1", model="fake"),
    )
    return Contribution(learner_id * 10, learner_id, "A whole answer.", grade)


def _point(name: str, evidence: str, state: float | PointStatus) -> PointResult:
    status = state if isinstance(state, PointStatus) else COVERED
    credit = 0.0 if isinstance(state, PointStatus) else state
    return PointResult(
        id=name, text=name, weight=1, status=status, credit=credit, evidence=evidence
    )


def test_one_sentence_that_covers_two_points_beats_two_that_cover_one_each(drift: Question):
    found = composite(
        drift,
        [
            said(1, (FIRST, "Short one.", 1.0)),
            said(2, (RETRAIN, "Short two.", 1.0)),
            said(
                3,
                (FIRST, "Both in one long sentence.", 0.7),
                (RETRAIN, "Both in one long sentence.", 0.7),
            ),
        ],
    )

    assert found.sentences == (Sentence("Both in one long sentence.", 3, (FIRST, RETRAIN)),)
    assert found.uncovered == (OTHER, DETECT, ALERT, ROLLOUT)


def test_the_fewest_are_found_where_taking_the_largest_first_would_not(drift: Question):
    """The largest sentence covers four of six points, but then it takes two more."""
    found = composite(
        drift,
        [
            said(1, *((point, "Large.", 1.0) for point in ALL[1:5])),
            said(2, *((point, "Left.", 1.0) for point in ALL[:3])),
            said(3, *((point, "Right.", 1.0) for point in ALL[3:])),
        ],
    )

    assert [sentence.text for sentence in found.sentences] == ["Left.", "Right."]


def test_the_higher_credit_wins_then_the_shorter_then_the_lower_learner_id(drift: Question):
    def chosen(*contributions: Contribution) -> str:
        return composite(drift, contributions).sentences[0].text

    assert chosen(said(1, (FIRST, "b", 0.7)), said(2, (FIRST, "a longer one", 0.9))) != "b"
    assert chosen(said(1, (FIRST, "a longer one", 0.9)), said(2, (FIRST, "b", 0.9))) == "b"
    assert chosen(said(2, (FIRST, "b", 0.9)), said(1, (FIRST, "a", 0.9))) == "a"


def test_sentences_stand_in_the_order_of_the_question(drift: Question):
    found = composite(drift, [said(1, (RETRAIN, "Last.", 1.0)), said(2, (FIRST, "First.", 1.0))])

    assert [sentence.points for sentence in found.sentences] == [(FIRST,), (RETRAIN,)]


def test_a_point_that_two_sentences_cover_stands_at_the_one_with_more_credit(drift: Question):
    found = composite(
        drift,
        [
            said(1, (FIRST, "One.", 1.0), (DETECT, "One.", 0.6)),
            said(2, (DETECT, "Two.", 0.9), (RETRAIN, "Two.", 1.0)),
        ],
    )

    assert [sentence.points for sentence in found.sentences] == [(FIRST,), (DETECT, RETRAIN)]


def test_a_sentence_that_also_says_something_wrong_is_not_quoted(drift: Question):
    text = "Inputs and target part ways, and nobody needs labels to see it."

    contradicted = said(1, (FIRST, text, 1.0), (DETECT, text, CONTRADICTED))
    mistaken = said(2, (FIRST, text, 1.0), wrong="nobody needs labels to see it")

    assert composite(drift, [contradicted, mistaken]).sentences == ()


@pytest.mark.parametrize("flag", [Flag.COPIED_REFERENCE, Flag.INSTRUCTION_TO_GRADER])
def test_a_flagged_answer_is_not_quoted(drift: Question, flag: Flag):
    assert composite(drift, [said(1, (FIRST, "Text.", 1.0), flags=(flag,))]).sentences == ()


def test_points_that_the_question_no_longer_has_are_passed_over(drift: Question):
    assert composite(drift, [said(1, ("gone", "Text.", 1.0))]).sentences == ()


def test_without_answers_every_point_is_uncovered(drift: Question):
    assert composite(drift, []) == Composite((), ALL)


def test_only_what_is_covered_counts_and_not_what_is_partly_so(drift: Question):
    partly = said(1, (FIRST, "Half of it.", PointStatus.PARTIAL))

    assert FIRST in composite(drift, [partly]).uncovered


covers = st.dictionaries(st.sampled_from(ALL), st.floats(0.6, 1), min_size=1)
crowds = st.lists(st.tuples(st.integers(1, 5), st.text("ab", min_size=1), covers), max_size=9)


@settings(max_examples=100, deadline=None)
@given(crowd=crowds)
def test_no_choice_of_fewer_sentences_covers_as_much(
    bank: QuestionBank, crowd: list[tuple[int, str, dict[str, float]]]
):
    contributions = [
        said(learner, *((point, f"{text}{n}", credit) for point, credit in points.items()))
        for n, (learner, text, points) in enumerate(crowd)
    ]
    sets = [set(points) for _, _, points in crowd]
    everything = set().union(*sets)

    found = composite(bank.get(DRIFT), contributions)

    told = [point for sentence in found.sentences for point in sentence.points]
    fewest = next(
        n
        for n in range(len(sets) + 1)
        if any(set().union(*some) == everything for some in combinations(sets, n))
    )
    assert len(found.sentences) == fewest
    assert len(told) == len(set(told))
    assert set(told) == everything
    assert set(found.uncovered).isdisjoint(told)
    assert composite(bank.get(DRIFT), reversed(contributions)) == found


def test_the_best_answers_are_one_a_learner_and_only_good_ones():
    answers = [
        said(1, score=0.7),
        said(1, score=0.95),
        said(2, score=0.9),
        said(3, score=0.5),
        said(4, score=0.99, flags=(Flag.COPIED_REFERENCE,)),
        said(5, score=0.65),
        said(6, score=0.61),
    ]

    assert [(a.learner_id, a.grade.score) for a in best_answers(answers)] == [
        (1, 0.95),
        (2, 0.9),
        (5, 0.65),
    ]
    assert len(best_answers(answers, at_most=9)) == 4
