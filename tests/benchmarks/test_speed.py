"""What the benchmark is made of: answers of a length, clustered passages, an honest recall."""

import sys

import numpy as np
import pytest

from benchmarks.speed import indexes
from benchmarks.speed.answers import answer_of, material
from benchmarks.speed.banks import write_bank
from benchmarks.speed.processes import Failed, run_timed
from benchmarks.speed.report import IndexFigures, SkippedIndex
from grading.grade import Flag
from knowledge.graded import load_graded_answers
from knowledge.loader import load_bank


@pytest.fixture(scope="module")
def sentences():
    bank = load_bank()
    entry = next(e for e in load_graded_answers(bank) if e.question == "monitoring/concept-drift")
    return material(entry)


@pytest.mark.parametrize("words", [20, 60, 120, 250, 600])
def test_an_answer_has_the_words_it_was_asked_for(sentences, words):
    answers = [answer_of(words, sentences, start) for start in range(8)]

    assert {len(answer.split()) for answer in answers} == {words}
    assert len(set(answers)) == 8
    assert answers[0].split()[0] == sentences[0].split()[0]
    assert answer_of(words, sentences) == answers[0]


@pytest.mark.parametrize("words", [20, 60, 120, 250])
def test_the_answers_pass_the_gates_so_that_all_of_grading_is_timed(sentences, words, grader, bank):
    grade = grader.grade(bank.get("monitoring/concept-drift"), answer_of(words, sentences))

    assert grade.score > 0
    assert set(grade.flags) <= {Flag.COPIED_REFERENCE}


def test_passages_lie_nearest_to_their_question_then_to_their_topic():
    rows = indexes.clustered(4_000, 64)
    questions, topics = 40, 4
    place = np.arange(len(rows))
    cosines = rows[0] @ rows.T

    same_question = place % questions == 0
    same_topic = (place % questions % topics == 0) & ~same_question

    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert cosines[same_question].mean() > 0.45
    assert 0.05 < cosines[same_topic].mean() < 0.35
    assert np.array_equal(rows, indexes.clustered(4_000, 64))


def test_a_small_index_is_measured():
    figures = indexes.measure_index(500, 32)

    assert isinstance(figures, IndexFigures)
    assert (figures.passages, figures.kind) == (500, "exact")
    assert figures.recall_at_10 == pytest.approx(1, abs=0.001)
    assert figures.mb == pytest.approx(500 * 32 * 4 / 1e6, abs=0.01)


@pytest.mark.parametrize("size", [10, 2_000])
def test_the_exact_search_in_chunks_is_that_in_one(monkeypatch, size):
    monkeypatch.setattr(indexes, "CHUNK", 700)
    rows = indexes.clustered(size, 16)

    found = list(indexes._nearest(rows, rows[:20]))

    expected = np.argsort(-(rows[:20] @ rows.T), axis=1)[:, :10]
    assert found == expected.tolist()


def test_an_index_that_does_not_fit_into_memory_is_skipped_and_says_so():
    figures = indexes.measure_index(10**12, 384)

    assert isinstance(figures, SkippedIndex)
    assert "GB" in figures.skipped


def test_a_bank_of_any_size_holds_the_question_and_names_no_two_alike(tmp_path):
    shipped = len(load_bank())

    write_bank(tmp_path, shipped + 3, "monitoring/concept-drift")

    bank = load_bank(tmp_path)
    assert len(bank) == shipped + 3
    assert bank.get("monitoring/concept-drift-copy-1").prompt.startswith("Copy 1: ")


def test_a_process_is_timed_and_one_that_fails_says_why(tmp_path):
    seconds, mb = run_timed([sys.executable, "-c", "x = bytearray(100_000_000)"])

    assert seconds > 0
    assert mb > 100
    with pytest.raises(Failed, match=r"^no such thing$"):
        run_timed([sys.executable, "-c", "raise SystemExit('one\\ncoach: no such thing')"])
