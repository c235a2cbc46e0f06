"""What a second opinion changes: rule by rule, then in whole grades of the real grader."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import pytest

from grading.calibration import COVERED_FROM, Verdict
from grading.corpus import Corpus
from grading.errors import ModelUnavailable, OpinionUnavailable
from grading.grade import Band, Flag, Grade, GraderId, OpinionOutcome, PointStatus
from grading.grader import Grader
from grading.revision import CONTRADICTION_FROM, ENTAILMENT_FROM, revise
from grading.rubric import Rubric
from grading.second_opinion import Inference
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.grading import answers

COVERED = Verdict(PointStatus.COVERED, 0.9)
PARTIAL = Verdict(PointStatus.PARTIAL, 0.3)
MISSED = Verdict(PointStatus.MISSED, 0.0)
CONTRADICTED = Verdict(PointStatus.CONTRADICTED, 0.0)
CONFIRMED = Verdict(PointStatus.COVERED, COVERED_FROM)

ENTAILS = Inference(entailment=ENTAILMENT_FROM, neutral=1 - ENTAILMENT_FROM, contradiction=0)
CONTRADICTS = Inference(
    entailment=0, neutral=1 - CONTRADICTION_FROM, contradiction=CONTRADICTION_FROM
)
UNSURE = Inference(
    entailment=ENTAILMENT_FROM - 0.01, neutral=0, contradiction=1.01 - ENTAILMENT_FROM
)
DOUBTS = Inference(
    entailment=1.01 - CONTRADICTION_FROM, neutral=0, contradiction=CONTRADICTION_FROM - 0.01
)
NEUTRAL = Inference(0, 1, 0)


@pytest.mark.parametrize("verdict", [COVERED, PARTIAL, CONTRADICTED])
def test_a_contradiction_takes_all_credit(verdict):
    revised = revise(verdict, COVERED, CONTRADICTS)
    assert revised[:2] == CONTRADICTED[:2]
    assert revised.opposed == CONTRADICTS.contradiction


@pytest.mark.parametrize("inference", [UNSURE, DOUBTS, NEUTRAL])
@pytest.mark.parametrize("verdict", [COVERED, PARTIAL, CONTRADICTED])
def test_who_is_not_sure_changes_nothing(verdict, inference):
    assert revise(verdict, COVERED, inference) == verdict


@pytest.mark.parametrize(
    ("unopposed", "after"), [(COVERED, COVERED), (PARTIAL, CONFIRMED), (MISSED, MISSED)]
)
def test_an_entailed_point_is_no_longer_contradicted(unopposed, after):
    assert revise(CONTRADICTED, unopposed, ENTAILS) == after


def test_an_entailed_partial_point_counts_as_covered():
    assert revise(PARTIAL, PARTIAL, ENTAILS) == CONFIRMED


def test_an_entailed_covered_point_stays_as_it_is():
    assert revise(COVERED, COVERED, ENTAILS) == COVERED


class FakeSecondOpinion:
    """Say the same about every pair, or what a function says; `asked` lists each batch."""

    model_id = "fake"

    def __init__(self, says: Inference | Callable[[str, str], Inference]) -> None:
        self._says = says
        self.asked: list[list[tuple[str, str]]] = []
        self.loaded = 0

    def load(self) -> None:
        self.loaded += 1

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Inference]:
        self.asked.append(list(pairs))
        return [self._says if isinstance(self._says, Inference) else self._says(*p) for p in pairs]


class UnsureGrader(Grader):
    """The real grader, unsure of some points: of all of them, or of those with these ids."""

    def __init__(self, *parts: Any, of: Collection[str] | None = None, **named: Any) -> None:
        super().__init__(*parts, **named)
        self._of = of

    def _read(self, rubric: Rubric, text: str) -> Any:
        reading = super()._read(rubric, text)
        return reading._replace(
            verdicts=[
                verdict._replace(unsure=self._of is None or point.id in self._of)
                for point, verdict in zip(rubric.points, reading.verdicts, strict=True)
            ]
        )


@pytest.fixture
def grader(corpus: Corpus) -> Grader:
    """One that is as unsure and has nobody to ask."""
    return UnsureGrader(corpus)


@pytest.fixture
def drift(bank: QuestionBank) -> Question:
    return bank.get("monitoring/concept-drift")


def statuses(grade: Grade) -> dict[str, PointStatus]:
    return {point.id: point.status for point in grade.points}


@pytest.mark.parametrize("inference", [NEUTRAL, UNSURE])
@pytest.mark.parametrize("answer", [answers.RIGHT, answers.FLUENT_BUT_WRONG])
def test_who_is_not_sure_changes_no_grade_but_the_name_of_the_grader(
    grader, corpus, drift, answer, inference
):
    plain = grader.grade(drift, answer)

    grade = UnsureGrader(corpus, second_opinion=FakeSecondOpinion(inference)).grade(drift, answer)

    assert plain.grader.second_opinion is None
    assert grade.grader.second_opinion == "fake"
    assert grade.second_opinion is OpinionOutcome.ANSWERED
    assert plain.second_opinion is None
    assert grade.model_copy(update={"grader": plain.grader, "second_opinion": None}) == plain


@pytest.mark.parametrize("answer", [answers.RIGHT, answers.FLUENT_BUT_WRONG])
def test_every_unsure_evidence_is_asked_about_with_the_points_statement_at_once(
    grader, corpus, drift, answer
):
    fake = FakeSecondOpinion(NEUTRAL)

    UnsureGrader(corpus, second_opinion=fake).grade(drift, answer)

    points = grader.grade(drift, answer).points
    assert fake.asked == [[(p.evidence, p.text) for p in points if p.evidence is not None]]


def test_only_what_the_grader_is_unsure_of_is_asked_about(grader, corpus, drift):
    points = [p for p in grader.grade(drift, answers.RIGHT).points if p.evidence is not None]
    fake = FakeSecondOpinion(CONTRADICTS)

    grade = UnsureGrader(corpus, second_opinion=fake, of={points[0].id}).grade(drift, answers.RIGHT)

    assert fake.asked == [[(points[0].evidence, points[0].text)]]
    changed = [p.id for p in grade.points if p.status is PointStatus.CONTRADICTED]
    assert changed == [points[0].id]


def test_a_grader_that_is_sure_of_everything_asks_nobody_and_says_so(corpus, drift):
    fake = FakeSecondOpinion(CONTRADICTS)

    grade = UnsureGrader(corpus, second_opinion=fake, of=()).grade(drift, answers.RIGHT)

    assert fake.asked == []
    assert grade.second_opinion is None
    own = UnsureGrader(corpus, of=()).grade(drift, answers.RIGHT)
    assert grade.points == own.points


@pytest.mark.parametrize(
    "outcome", [OpinionOutcome.FAILED, OpinionOutcome.TIMED_OUT, OpinionOutcome.CAP_REACHED]
)
def test_an_opinion_that_is_not_had_leaves_the_graders_own_view_and_is_told(
    grader, corpus, drift, outcome
):
    def fail(*_: str) -> Inference:
        raise OpinionUnavailable(outcome, "gone")

    grade = UnsureGrader(corpus, second_opinion=FakeSecondOpinion(fail)).grade(drift, answers.RIGHT)

    own = grader.grade(drift, answers.RIGHT)
    assert grade.second_opinion is outcome
    assert grade.model_copy(update={"grader": own.grader, "second_opinion": None}) == own


def test_a_contradiction_takes_the_credit_and_keeps_the_sentence(grader, corpus, drift):
    before = grader.grade(drift, answers.RIGHT)

    grade = UnsureGrader(corpus, second_opinion=FakeSecondOpinion(CONTRADICTS)).grade(
        drift, answers.RIGHT
    )

    assert grade.score < 0.02 < before.score
    for old, new in zip(before.points, grade.points, strict=True):
        if old.evidence is None:
            assert new == old
        else:
            assert (new.status, new.credit) == (PointStatus.CONTRADICTED, 0)
            assert new.evidence == old.evidence


def test_one_contradiction_touches_no_other_point(grader, corpus, drift):
    statement = drift.key_points[0].statement
    fake = FakeSecondOpinion(lambda _, point: CONTRADICTS if point == statement else NEUTRAL)
    before = grader.grade(drift, answers.RIGHT)

    grade = UnsureGrader(corpus, second_opinion=fake).grade(drift, answers.RIGHT)

    assert grade.points[0].status is PointStatus.CONTRADICTED
    assert grade.points[1:] == before.points[1:]
    assert grade.score < before.score


def test_entailment_lifts_contradicted_points_and_the_score(grader, corpus, drift):
    before = grader.grade(drift, answers.FLUENT_BUT_WRONG)

    grade = UnsureGrader(corpus, second_opinion=FakeSecondOpinion(ENTAILS)).grade(
        drift, answers.FLUENT_BUT_WRONG
    )

    assert PointStatus.CONTRADICTED in statuses(before).values()
    assert PointStatus.CONTRADICTED not in statuses(grade).values()
    assert PointStatus.PARTIAL not in statuses(grade).values()
    assert grade.score >= before.score
    for point in grade.points:
        assert (point.evidence is None) == (point.status is PointStatus.MISSED)


@pytest.mark.parametrize(
    "answer", ["idk", "", answers.KEYWORDS, answers.ABOUT_SHAP, answers.INJECTION, "x" * 4001]
)
def test_nobody_is_asked_about_an_answer_that_is_none(corpus, drift, answer):
    fake = FakeSecondOpinion(ENTAILS)

    grade = UnsureGrader(corpus, second_opinion=fake).grade(drift, answer)

    assert (grade.band, fake.asked) == (Band.NONE, [])


def test_an_invisible_character_does_not_reach_the_second_opinion(corpus, drift):
    fake = FakeSecondOpinion(NEUTRAL)

    UnsureGrader(corpus, second_opinion=fake).grade(drift, answers.RIGHT.replace("a", "a\u200b"))

    assert "\u200b" not in "".join(premise for premise, _ in fake.asked[0])


def test_the_grader_that_reads_with_a_cache_has_the_same_second_opinion(corpus, encoder):
    other = Grader(corpus, second_opinion=FakeSecondOpinion(NEUTRAL)).reading_with(encoder)

    assert other.identity.second_opinion == "fake"


def test_warming_up_loads_the_second_opinion_and_asks_nothing(corpus, drift):
    fake = FakeSecondOpinion(NEUTRAL)

    Grader(corpus, second_opinion=fake).warm_up(drift)

    assert (fake.loaded, fake.asked) == (1, [])


def test_a_second_opinion_that_cannot_be_had_is_an_error_and_no_grade(corpus, drift):
    def fail(*_: str) -> Inference:
        raise ModelUnavailable("tiny", "gone")

    with pytest.raises(ModelUnavailable):
        UnsureGrader(corpus, second_opinion=FakeSecondOpinion(fail)).grade(drift, answers.RIGHT)


def test_an_old_grade_without_the_field_is_read(grader, drift):
    grade = grader.grade(drift, "idk")
    old = grade.model_dump_json().replace(',"second_opinion":null', "")  # of grader and grade

    assert "second_opinion" not in old
    assert Grade.model_validate_json(old) == grade
    assert grade.grader == GraderId(version=grade.grader.version, model=grade.grader.model)
    assert grade.flags == (Flag.DONT_KNOW,)
