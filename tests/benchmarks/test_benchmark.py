"""The bank's own benchmark: how its figures are computed, and what the real grader reaches."""

import pytest

from benchmarks.agreement.bank import GradeOf, measure, of_half
from benchmarks.agreement.marking import Prefetching
from grading.calibration import band_of
from grading.encoder import Encoder
from grading.grade import Grade, GraderId, PointResult, PointStatus
from grading.grader import Grader
from knowledge.bank import QuestionBank
from knowledge.graded import AnswerKind, GradedAnswer, GradedQuestion, Half, load_graded_answers
from knowledge.loader import parse_question
from knowledge.pairs import MinimalPair, PairKind, load_minimal_pairs
from knowledge.question import Question, Topic
from tests.knowledge.folder import TOPICS, fields, text_of

PRECISION, RECALL = "evaluation/precision", "evaluation/recall"
COVERED, PARTIAL = PointStatus.COVERED, PointStatus.PARTIAL
MISSED, CONTRADICTED = PointStatus.MISSED, PointStatus.CONTRADICTED


@pytest.fixture(scope="module")
def small() -> QuestionBank:
    """Two questions with the points share, threshold, trade-off and classes."""
    questions = [
        parse_question(text_of(fields(name.partition("/")[2])), name)
        for name in (PRECISION, RECALL)
    ]
    return QuestionBank([Topic.model_validate(topic) for topic in TOPICS], questions)


def an_answer(text: str, score: float = 0.5, kind: str = "good", **points: str) -> GradedAnswer:
    lists = {name: points.get(name, "").split() for name in ("covers", "partly", "contradicts")}
    return GradedAnswer(kind=AnswerKind(kind), answer=text, score=score, wrong=(), **lists)


def entries(
    *answers: GradedAnswer, question: str = PRECISION, half: Half = Half.FIT
) -> GradedQuestion:
    """Return a question's answers, however few."""
    return GradedQuestion.model_construct(question=question, half=half, answers=answers)


def a_pair(better: str, worse: str, kind: str = "negated", question: str = PRECISION):
    return MinimalPair(question=question, kind=PairKind(kind), better=better, worse=worse)


def giving(**grades: float | tuple[float, dict[str, PointStatus]]) -> GradeOf:
    """Return a grade function with a score, or a score and points' statuses, for each answer."""

    def grade(question: Question, answer: str) -> Grade:
        given = grades[answer]
        score, statuses = given if isinstance(given, tuple) else (given, {})
        return Grade(
            question_id=question.id,
            score=score,
            band=band_of(score),
            points=tuple(
                PointResult(
                    id=point.id,
                    text=point.statement,
                    weight=point.weight,
                    status=statuses.get(point.id, MISSED),
                    credit=0,
                )
                for point in question.key_points
            ),
            grader=GraderId(version="test", model="none"),
        )

    return grade


class TestFigures:
    def test_a_perfect_grader_has_perfect_figures(self, small: QuestionBank):
        graded = [
            entries(
                an_answer("a", 1.0, "strong", covers="share threshold"),
                an_answer("b", 0.0, "negated", contradicts="share"),
            )
        ]
        grade = giving(
            a=(1.0, {"share": COVERED, "threshold": COVERED}), b=(0.0, {"share": CONTRADICTED})
        )

        report = measure(small, graded, [a_pair("a", "b")], grade)

        assert (report.scores.pearson, report.scores.rmse, report.scores.qwk) == (1, 0, 1)
        assert report.covered.f1 == report.contradicted.f1 == 1
        assert {kind.in_band for kind in report.by_kind.values()} == {1}
        assert (report.pairs.right, report.pairs.ties) == (1, 0)

    def test_precision_and_recall_of_covered_points(self, small: QuestionBank):
        graded = [entries(an_answer("a", covers="share threshold trade-off"))]
        grade = giving(a=(0.5, {"share": COVERED, "threshold": PARTIAL, "classes": COVERED}))

        covered = measure(small, graded, [], grade).covered

        assert (covered.right, covered.wrong, covered.missed) == (1, 1, 2)
        assert covered.precision == 0.5
        assert covered.recall == pytest.approx(1 / 3, abs=1e-3)
        assert covered.f1 == 0.4

    @pytest.mark.parametrize("status", [COVERED, PARTIAL, MISSED])
    def test_a_point_that_is_partly_made_counts_neither_for_nor_against(
        self, small: QuestionBank, status: PointStatus
    ):
        graded = [entries(an_answer("a", covers="share", partly="threshold"))]
        grade = giving(a=(0.5, {"share": COVERED, "threshold": status}))

        covered = measure(small, graded, [], grade).covered

        assert (covered.right, covered.wrong, covered.missed) == (1, 0, 0)

    def test_a_point_that_is_partly_made_may_not_be_called_contradicted(self, small: QuestionBank):
        graded = [entries(an_answer("a", partly="share", contradicts="threshold"))]
        grade = giving(a=(0.5, {"share": CONTRADICTED}))

        found = measure(small, graded, [], grade).contradicted

        assert (found.right, found.wrong, found.missed) == (0, 1, 1)
        assert (found.precision, found.recall, found.f1) == (0, 0, 0)

    def test_shares_of_nothing_are_undefined(self, small: QuestionBank):
        report = measure(small, [entries(an_answer("a"))], [], giving(a=0.5))

        assert report.covered.precision is report.covered.recall is report.covered.f1 is None
        assert report.pairs is None
        assert report.pairs_by_kind == {}

    def test_kinds_stand_in_their_order_with_mean_scores_and_bands(self, small: QuestionBank):
        graded = [
            entries(
                an_answer("a", 0.0, "echo"),
                an_answer("b", 1.0, "strong"),
                an_answer("c", 0.9, "strong"),
            )
        ]

        kinds = measure(small, graded, [], giving(a=0.2, b=0.9, c=0.6)).by_kind

        assert list(kinds) == ["strong", "echo"]
        assert (kinds["strong"].n, kinds["strong"].score, kinds["strong"].predicted) == (
            2,
            0.95,
            0.75,
        )
        assert (kinds["strong"].in_band, kinds["echo"].in_band) == (0.5, 0)


class TestPairs:
    def test_ties_count_half_and_any_lead_is_enough(self, small: QuestionBank):
        pairs = [
            a_pair("a", "b"),
            a_pair("b", "a", "swapped"),
            a_pair("a", "a2", "swapped"),
            a_pair("z", "y", "subtly_wrong"),
        ]
        grade = giving(a=0.5, a2=0.5, b=0.4999, y=0.0, z=0.0)

        report = measure(small, [], pairs, grade)

        assert (report.pairs.n, report.pairs.ties, report.pairs.right) == (4, 2, 0.5)
        assert {kind: each.right for kind, each in report.pairs_by_kind.items()} == {
            "negated": 1,
            "swapped": 0.25,
            "subtly_wrong": 0.5,
        }
        assert report.scores is None
        assert report.by_half == {}


class TestHalves:
    @pytest.fixture
    def graded(self) -> list[GradedQuestion]:
        return [
            entries(an_answer("a", 1.0, covers="share")),
            entries(an_answer("b", 0.0), question=RECALL, half=Half.HELD_OUT),
        ]

    def test_each_half_has_figures_of_its_own(self, small: QuestionBank, graded):
        pairs = [a_pair("a", "b"), a_pair("b", "a", question=RECALL)]
        grade = giving(a=(1.0, {"share": COVERED}), b=0.0)

        report = measure(small, graded, pairs, grade)

        assert report.questions == 2
        assert report.pairs.right == 0.5
        assert list(report.by_half) == ["fit", "held-out"]
        assert report.by_half["fit"].covered.f1 == report.by_half["fit"].pairs.right == 1
        assert report.by_half["held-out"].covered.f1 is None
        assert report.by_half["held-out"].pairs.right == 0

    def test_a_pair_of_a_question_without_answers_counts_only_in_the_whole(
        self, small: QuestionBank, graded
    ):
        report = measure(
            small, graded[:1], [a_pair("a", "b", question=RECALL)], giving(a=1.0, b=0.0)
        )

        assert report.pairs.n == 1
        assert report.by_half["fit"].pairs is None

    def test_a_half_takes_its_pairs_with_it(self, graded):
        pairs = [a_pair("a", "b"), a_pair("b", "a", question=RECALL)]

        kept, kept_pairs = of_half(graded, pairs, Half.HELD_OUT)

        assert [entry.question for entry in kept] == [RECALL]
        assert [pair.question for pair in kept_pairs] == [RECALL]

    def test_progress_is_told_answer_by_answer(self, small: QuestionBank, graded):
        steps: list[int] = []

        measure(small, graded, [a_pair("a", "b")], giving(a=1.0, b=0.0), steps.append)

        assert steps == [1, 1, 2]


AT_LEAST = {AnswerKind.STRONG: 0.8}
AT_MOST = {
    AnswerKind.CONFIDENTLY_WRONG: 0.35,
    AnswerKind.KEYWORD_LIST: 0.25,
    AnswerKind.ECHO: 0.15,
    AnswerKind.OFF_TOPIC: 0.15,
    AnswerKind.INJECTION: 0.15,
    AnswerKind.OTHER_LANGUAGE: 0.15,
    AnswerKind.DONT_KNOW: 0.15,
}
SPEARMAN = 0.7
ORDERED_RIGHT = 0.75


@pytest.mark.slow
def test_grades_of_unseen_questions_agree_with_fair_scores(
    grader: Grader, encoder: Encoder, bank: QuestionBank
):
    graded, pairs = of_half(load_graded_answers(bank), load_minimal_pairs(bank), Half.HELD_OUT)
    prefetching = Prefetching(encoder)
    prefetching.prefetch(answer.answer for entry in graded for answer in entry.answers)
    prefetching.prefetch(text for pair in pairs for text in (pair.better, pair.worse))

    report = measure(bank, graded, pairs, grader.reading_with(prefetching).grade)
    print(report.model_dump_json(indent=2, exclude={"by_half"}))  # noqa: T201 shown on failure

    means = {kind: report.by_kind[kind].predicted for kind in (*AT_LEAST, *AT_MOST)}
    assert report.scores.spearman >= SPEARMAN
    assert report.pairs.right >= ORDERED_RIGHT
    assert {kind for kind, lowest in AT_LEAST.items() if means[kind] < lowest} == set()
    assert {kind for kind, highest in AT_MOST.items() if means[kind] > highest} == set()
