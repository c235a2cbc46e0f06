import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr

from bot.core.insights.statistics import (
    LEAST_GROUP,
    Graded,
    correlation,
    distribution,
    gap_map,
    most_missed,
    question_statistics,
)
from grading.grade import Band, Grade, GraderId, PointResult, PointStatus

COVERED, PARTIAL = PointStatus.COVERED, PointStatus.PARTIAL
MISSED, CONTRADICTED = PointStatus.MISSED, PointStatus.CONTRADICTED


def a_grade(
    question_id: str, score: float = 0.5, weight: float = 1, **points: PointStatus
) -> Grade:
    return Grade(
        question_id=question_id,
        score=score,
        band=Band.PARTIAL,
        points=tuple(
            PointResult(id=name, text=f"About {name}.", weight=weight, status=status, credit=0)
            for name, status in points.items()
        ),
        grader=GraderId(version="1", model="fake"),
    )


def test_a_question_shows_how_many_answered_and_how_well():
    graded = [Graded(n, a_grade("t/q", score)) for n, score in enumerate([0.2, 0.4, 0.9])]

    (figures,) = question_statistics(graded)

    assert (figures.question_id, figures.answers) == ("t/q", 3)
    assert figures.mean == pytest.approx(0.5)
    assert figures.difficulty == pytest.approx(0.5)
    assert dict(figures.bands)[Band.STRONG] == 1


def test_a_learner_counts_once_with_the_first_answer():
    graded = [Graded(1, a_grade("t/q", 0.2)), Graded(1, a_grade("t/q", 1.0))]

    (figures,) = question_statistics(graded)

    assert (figures.answers, figures.mean) == (1, 0.2)


def test_bands_are_those_of_the_grader():
    counts = dict(distribution([0, 0.1, 0.35, 0.5, 0.6, 0.85, 1.0]))

    assert [counts[band] for band in Band] == [1, 1, 2, 1, 2]


def test_a_question_that_the_strong_answer_better_tells_them_apart():
    lots = random.Random(3)  # noqa: S311 a simulation, no secret
    graded = []
    for learner in range(60):
        skill = lots.random()
        graded += [Graded(learner, a_grade(f"t/q{n}", skill)) for n in range(4)]
        graded.append(Graded(learner, a_grade("t/inverted", 1 - skill)))
        graded.append(Graded(learner, a_grade("t/noise", lots.random())))
        graded.append(Graded(learner, a_grade("t/same", 0.5)))

    found = {s.question_id: s.discrimination for s in question_statistics(graded)}

    assert found["t/q0"] is not None
    assert found["t/q0"] > 0.4
    assert found["t/inverted"] is not None
    assert found["t/inverted"] < -0.4
    assert found["t/noise"] is not None
    assert abs(found["t/noise"]) < 0.3
    assert found["t/same"] is None


def test_few_answers_tell_nothing_about_discrimination():
    graded = [Graded(n, a_grade(f"t/q{q}", n / 10)) for n in range(9) for q in range(2)]

    assert {s.discrimination for s in question_statistics(graded)} == {None}


def test_those_who_answered_nothing_else_are_left_out_of_the_discrimination():
    graded = [Graded(n, a_grade("t/q", n / 20)) for n in range(20)]

    assert question_statistics(graded)[0].discrimination is None


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30))
def test_the_correlation_is_pearsons(pairs: list[tuple[int, int]]):
    xs, ys = zip(*pairs, strict=True)

    found = correlation(pairs)

    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(pearsonr(xs, ys).statistic)


def test_nothing_correlates_with_nothing():
    assert correlation([]) is None


def test_the_most_missed_point_counts_what_was_missed_or_contradicted():
    grades = [
        a_grade("t/q", first=COVERED, second=MISSED),
        a_grade("t/q", first=MISSED, second=CONTRADICTED),
        a_grade("t/q", first=COVERED, second=PARTIAL),
    ]

    found = most_missed(grades)

    assert found == ("second", "About second.", pytest.approx(2 / 3))


def test_among_equally_missed_points_the_earlier_is_named():
    assert most_missed([a_grade("t/q", a=MISSED, b=MISSED)]) == ("a", "About a.", 1.0)


def test_where_nobody_missed_anything_there_is_no_most_missed_point():
    assert most_missed([a_grade("t/q", first=COVERED)]) is None
    assert most_missed([]) is None


def test_the_gap_map_shows_the_weakest_topics_and_points_first():
    graded = [
        Graded(n, a_grade("strong/q", first=COVERED, second=COVERED if n < 3 else MISSED))
        for n in range(5)
    ]
    graded += [Graded(n, a_grade("weak/q", only=PARTIAL)) for n in range(6)]

    weak, strong = gap_map(graded)

    assert (weak.topic, weak.learners, weak.share) == ("weak", 6, 0.0)
    assert (strong.topic, strong.share) == ("strong", pytest.approx(0.8))
    assert [(p.point_id, p.share) for p in strong.points] == [("second", 0.6), ("first", 1.0)]


def test_a_group_of_four_is_not_shown_and_a_fifth_answer_by_one_of_them_does_not_help():
    four = [Graded(n, a_grade("t/q", only=MISSED)) for n in range(4)]

    assert gap_map(four) == ()
    assert gap_map([*four, four[0]]) == ()
    assert len(gap_map([*four, Graded(9, a_grade("t/q", only=MISSED))])) == 1


def test_a_point_that_few_were_graded_on_is_not_shown():
    graded = [Graded(n, a_grade("t/q", old=MISSED)) for n in range(5)]
    graded += [Graded(n, a_grade("t/q", new=MISSED)) for n in range(5, 9)]

    (topic,) = gap_map(graded)

    assert [point.point_id for point in topic.points] == ["old"]


answers = st.lists(
    st.builds(
        Graded,
        st.integers(1, 12),
        st.builds(
            lambda question, score, first, second: a_grade(
                question, score, first=first, second=second
            ),
            st.sampled_from(["a/q", "a/r", "b/q"]),
            st.floats(0, 1),
            st.sampled_from(PointStatus),
            st.sampled_from(PointStatus),
        ),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(answers)
def test_every_figure_is_a_share_and_no_group_is_too_small(graded: list[Graded]):
    for figures in question_statistics(graded):
        assert 0 <= figures.mean <= 1
        assert sum(count for _, count in figures.bands) == figures.answers
        assert figures.discrimination is None or -1 <= figures.discrimination <= 1
    for topic in gap_map(graded):
        assert topic.learners >= LEAST_GROUP
        assert 0 <= topic.share <= 1
        assert all(p.learners >= LEAST_GROUP and 0 <= p.share <= 1 for p in topic.points)
