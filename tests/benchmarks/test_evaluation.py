"""Agreement with people: the figures, the files they are read from, and the two ways of marking."""

import gzip
import json

import numpy as np
import pytest
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import cohen_kappa_score

from benchmarks.agreement.evaluation import Prediction, figures, report
from benchmarks.agreement.marking import (
    Marker,
    Prefetching,
    cosine_baseline,
    evaluate,
    references_of_row,
)
from benchmarks.agreement.rows import Row, read_rows
from grading.corpus import Corpus
from grading.errors import InvalidRow
from grading.grader import Grader
from grading.search import QuestionSearch
from knowledge.bank import QuestionBank
from knowledge.errors import UnknownQuestion
from tests.fakes import WordEncoder
from tests.grading import answers

HUMAN = np.array([0.0, 0.25, 0.5, 0.5, 0.75, 1.0, 1.0, 0.1])
MACHINE = np.array([0.1, 0.2, 0.7, 0.4, 0.6, 0.9, 0.9, 0.3])
BINS_OF_HUMAN = [0, 1, 2, 2, 3, 4, 4, 0]
BINS_OF_MACHINE = [0, 1, 3, 2, 3, 4, 4, 1]


def a_row(**changes) -> Row:
    row = {
        "question_id": "q1",
        "question": "What is concept drift?",
        "reference_answers": ["The relationship between inputs and target changes."],
        "student_answer": "The relationship changes.",
        "score": 0.5,
    }
    return Row.model_validate(row | changes)


def a_line(**changes) -> str:
    return a_row(**changes).model_dump_json()


@pytest.fixture
def few(bank: QuestionBank) -> Corpus:
    """Three shipped questions with vectors that need no model."""
    return Corpus(QuestionBank(bank.topics, list(bank)[:3]), WordEncoder())


@pytest.fixture
def marker(few: Corpus) -> Marker:
    return Marker(Grader(few), few, QuestionSearch(few))


def test_figures_are_those_of_scipy_and_scikit_learn():
    found = figures(HUMAN, MACHINE)

    assert found.n == 8
    assert found.pearson == pytest.approx(pearsonr(HUMAN, MACHINE).statistic, abs=1e-4)
    assert found.spearman == pytest.approx(spearmanr(HUMAN, MACHINE).statistic, abs=1e-4)
    assert found.rmse == pytest.approx(np.sqrt(np.mean((HUMAN - MACHINE) ** 2)), abs=1e-4)
    expected = cohen_kappa_score(BINS_OF_HUMAN, BINS_OF_MACHINE, weights="quadratic")
    assert found.qwk == pytest.approx(expected, abs=1e-4)


def test_perfect_agreement_is_one_with_no_error():
    found = figures(HUMAN, HUMAN)

    assert (found.pearson, found.spearman, found.qwk, found.rmse) == (1, 1, 1, 0)


def test_the_reverse_of_what_people_say_is_minus_one():
    found = figures(HUMAN, 1 - HUMAN)

    assert (found.pearson, found.spearman) == (-1, -1)


def test_constant_predictions_have_no_correlation_and_no_kappa_beyond_chance():
    found = figures(HUMAN, np.full(8, 0.5))

    assert (found.pearson, found.spearman, found.qwk) == (None, None, 0)


def test_where_everything_is_constant_only_the_error_is_defined():
    found = figures(np.full(3, 0.5), np.full(3, 0.5))

    assert (found.pearson, found.spearman, found.qwk, found.rmse) == (None, None, None, 0)


def test_a_single_row_has_an_error_but_no_correlation():
    found = figures(np.array([0.2]), np.array([0.7]))

    assert (found.n, found.pearson, found.spearman, found.rmse) == (1, None, None, 0.5)


def test_the_report_groups_by_split_label_and_kind_and_averages_within_questions():
    predictions = [
        Prediction(a_row(question_id="a", score=0.0, split="dev", label="wrong"), 0.1),
        Prediction(a_row(question_id="a", score=1.0, split="dev", label="right"), 0.9),
        Prediction(a_row(question_id="b", score=0.0, split="test", label="wrong"), 0.5),
        Prediction(a_row(question_id="b", score=1.0, split="test", label="right"), 0.3),
        Prediction(a_row(question_id="c", score=1.0, split="test", kind="strong"), 0.8),
    ]

    found = report(predictions, seconds=2.0, unmatched=7)

    assert (found.n, found.questions, found.unmatched) == (5, 3, 7)
    assert found.within_question_r == 0  # +1 for a, -1 for b, undefined for c
    assert {name: group.n for name, group in found.by_split.items()} == {"dev": 2, "test": 3}
    assert found.by_label["wrong"].model_dump() == {"n": 2, "score": 0.0, "predicted": 0.3}
    assert list(found.by_kind) == ["strong"]
    assert found.answers_per_second == 2.5


def test_rows_are_read_with_the_fields_they_need_and_others_ignored(tmp_path):
    file = tmp_path / "rows.jsonl"
    extra = json.dumps(json.loads(a_line()) | {"anything": {"else": 1}})
    file.write_text(f"{a_line(score=1)}\n\n  \n{extra}\n", encoding="utf-8")

    rows = list(read_rows(file))

    assert [row.score for row in rows] == [1.0, 0.5]


def test_compressed_rows_are_read_like_plain_ones(tmp_path):
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(f"{a_line(student_answer='ähnlich 😀')}\n".encode()))

    assert [row.student_answer for row in read_rows(file)] == ["ähnlich 😀"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json", "not JSON"),
        ('{"question_id": "q"}', "'question'"),
        (a_line().replace("0.5", "1.5"), "'score'"),
        (a_line().replace("0.5", "NaN"), "'score'"),
        (a_line().replace("0.5", '"high"'), "'score'"),
        (json.dumps(json.loads(a_line()) | {"reference_answers": "a text"}), "'reference_answers'"),
        ("[1, 2]", ""),
        ("null", ""),
    ],
)
def test_a_row_that_does_not_fit_is_named_by_its_line(tmp_path, line, reason):
    file = tmp_path / "rows.jsonl"
    file.write_text(f"{a_line()}\n\n{line}\n", encoding="utf-8")

    with pytest.raises(InvalidRow) as raised:
        list(read_rows(file))

    assert raised.value.line == 3
    assert reason in raised.value.reason


def test_a_line_that_is_not_utf8_is_named_too(tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_bytes(f"{a_line()}\n".encode() + b'{"question_id": "\xff"}\n')

    with pytest.raises(InvalidRow):
        list(read_rows(file))


@pytest.mark.parametrize(
    "content",
    [b"plain text", gzip.compress(b"x" * 999)[:-12], gzip.compress(b"x" * 999)[:20] + b"?" * 30],
    ids=["not compressed", "cut short", "damaged"],
)
def test_a_damaged_compressed_file_is_a_file_that_cannot_be_read(tmp_path, content):
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(content)

    with pytest.raises((OSError, InvalidRow)):
        list(read_rows(file))


def test_an_empty_compressed_file_has_no_rows(tmp_path):
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(b""))

    assert list(read_rows(file)) == []


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match=r"rows\.jsonl"):
        list(read_rows(tmp_path / "rows.jsonl"))


@pytest.mark.parametrize(
    ("key_points", "expected"),
    [
        (["It changes.", "It drifts."], [("It changes.", 1.0), ("It drifts.", 1.0)]),
        (
            [{"statement": "It changes.", "weight": 3}, {"text": "It drifts."}],
            [("It changes.", 3.0), ("It drifts.", 1.0)],
        ),
        (
            ["It changes.", {"text": "It drifts.", "weight": 2}],
            [("It changes.", 1), ("It drifts.", 2)],
        ),
    ],
)
def test_key_points_may_be_texts_or_objects(key_points, expected):
    row = a_row(key_points=key_points)

    assert [(point.statement, point.weight) for point in row.key_points] == expected


def test_without_references_the_key_points_stand_for_them():
    row = a_row(reference_answers=["..."], key_points=["It changes.", "It drifts."])

    references = references_of_row(row, WordEncoder())

    assert references.texts.texts == ("It changes. It drifts.",)


@pytest.mark.parametrize(
    "changes",
    [
        {"reference_answers": []},
        {"reference_answers": [""]},
        {"reference_answers": ["", "It changes."]},
        {"reference_answers": ["..."], "key_points": ["It changes."]},
        {"reference_answers": ["no"]},
        {"key_points": [""]},
        {"key_points": ["It changes.", "  "]},
        {"key_points": [{"id": "p1"}]},
        {"question": "?"},
        {"student_answer": ""},
        {"student_answer": "😀"},
        {"student_answer": "idk"},
        {"student_answer": "[SEP]"},
        {"student_answer": "x" * 5000},
    ],
    ids=str,
)
def test_a_row_with_little_in_it_is_still_graded(corpus, search, grader, changes):
    marker = Marker(grader, corpus, search)

    assert 0 <= marker.by_row(a_row(**changes)) <= 1


@pytest.mark.parametrize("weight", [0, -1, None, "high", float("nan")])
def test_a_key_point_with_a_weight_that_is_none_is_refused_by_line_or_graded(
    tmp_path, corpus, search, grader, weight
):
    file = tmp_path / "rows.jsonl"
    point = {"text": "It changes.", "weight": weight}
    file.write_text(json.dumps(json.loads(a_line()) | {"key_points": [point]}), encoding="utf-8")

    try:
        score = Marker(grader, corpus, search).by_row(next(read_rows(file)))
    except InvalidRow as error:
        line, score = error.line, 0.0
    else:
        line = 1

    assert line == 1
    assert 0 <= score <= 1


def test_a_single_right_word_can_be_the_whole_right_answer(corpus, search, grader):
    marker = Marker(grader, corpus, search)
    row = a_row(question="Which optimiser adapts the rate?", reference_answers=["Adam"])

    right = marker.by_row(row.model_copy(update={"student_answer": "adam"}))
    wrong = marker.by_row(row.model_copy(update={"student_answer": "dropout"}))

    assert right > 0.8
    assert wrong < 0.5


def test_rows_of_the_bank_are_graded_by_the_banks_question(corpus, search, grader, bank):
    marker = Marker(grader, corpus, search)
    row = a_row(
        question="What is concept drift and how do you deal with it in production?",
        reference_answers=[],
        student_answer=answers.RIGHT,
    )

    assert marker.question_of(row) == "monitoring/concept-drift"
    assert marker.by_bank(row) == pytest.approx(
        grader.grade(bank.get("monitoring/concept-drift"), answers.RIGHT).score, abs=1e-3
    )


@pytest.mark.parametrize("question", ["What is the capital of France?", "?", "😀"])
def test_a_row_about_something_else_matches_no_question_of_the_bank(
    corpus, search, grader, question
):
    marker = Marker(grader, corpus, search)

    assert marker.question_of(a_row(question=question)) is None
    with pytest.raises(UnknownQuestion):
        marker.by_bank(a_row(question=question))


def test_evaluating_scores_every_row_in_order_and_reports_progress():
    rows = [a_row(student_answer=f"answer {n}", score=n / 300) for n in range(300)]
    done = []

    predictions, seconds = evaluate(
        rows, lambda row: row.score / 2, Prefetching(WordEncoder()), done.append
    )

    assert [one.row for one in predictions] == rows
    assert [one.predicted for one in predictions] == [row.score / 2 for row in rows]
    assert sum(done) == 300
    assert seconds >= 0


def test_evaluating_no_rows_gives_none():
    assert evaluate([], lambda _: 1.0, Prefetching(WordEncoder()))[0] == []


def test_marking_after_prefetching_embeds_no_answer_again(few, marker):
    row = a_row(student_answer="The relationship changes. It is another one.")
    marker.by_row(row)
    few.encoder.asked.clear()
    marker.prefetching.prefetch([row.student_answer])
    embedded = list(few.encoder.asked)

    marker.by_row(row)

    assert few.encoder.asked == embedded


def test_prefetching_embeds_each_text_once_and_returns_them_in_order():
    encoder = WordEncoder()
    prefetching = Prefetching(encoder)

    first = prefetching.encode(["a", "b", "a"])
    again = prefetching.encode(["b", "c"])

    assert encoder.asked == ["a", "b", "c"]
    assert [item.pieces for item in [*first, *again]] == [("a",), ("b",), ("a",), ("b",), ("c",)]
    assert prefetching.model_id == encoder.model_id


def test_prefetching_forgets_when_told():
    encoder = WordEncoder()
    prefetching = Prefetching(encoder)
    prefetching.encode(["a"])

    prefetching.forget()
    prefetching.encode(["a"])

    assert encoder.asked == ["a", "a"]


def test_grades_do_not_depend_on_prefetching(corpus, grader, bank, encoder):
    prefetching = Prefetching(encoder)
    question = bank.get("monitoring/concept-drift")
    prefetching.prefetch([answers.RIGHT, answers.FLUENT_BUT_WRONG, answers.RIGHT_PLAIN])

    for answer in (answers.RIGHT, answers.FLUENT_BUT_WRONG):
        prefetched = grader.reading_with(prefetching).grade(question, answer)
        assert prefetched.score == pytest.approx(grader.grade(question, answer).score, abs=1e-3)


def test_the_baseline_is_the_cosine_with_the_nearest_reference():
    same = "The relationship changes."
    rows = [
        a_row(reference_answers=["Something else.", same], student_answer=same, score=1),
        a_row(reference_answers=[], student_answer=same, score=0),
    ]

    found = cosine_baseline(rows, WordEncoder())

    assert (found.n, found.pearson, found.rmse) == (2, 1.0, 0.0)
