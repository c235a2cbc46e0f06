"""Time grades beside the bare model, turn and turn about, so that a busy machine slows both."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.speed.answers import answer_of, material
from benchmarks.speed.bare import BareModel
from benchmarks.speed.report import Lengths, Percentiles
from grading.batching import BatchingEncoder
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from knowledge.graded import GradedQuestion
from knowledge.question import Question

WORDS = (20, 60, 120, 250)
NAIVE_WORDS = 120
CONCURRENT = (1, 8, 64)
VARIANTS = 8
"""Different answers of each length, so that nothing is remembered from the round before."""

WARM_UP = 3
"""Rounds that are not counted: the model's first passes are slower."""

Tick = Callable[[int], None]
"""Called with the number of steps that are newly done."""


@dataclass(frozen=True)
class Speed:
    """The figures of `time_grades`, as in the report."""

    grade_ms: dict[str, Percentiles]
    forward_ms_p50: Lengths
    ratio_to_forward: Lengths
    ratio_to_own_forward: Lengths
    naive_ratio: float


def time_grades(
    grader: Grader,
    encoder: SentenceTransformerEncoder,
    question: Question,
    entry: GradedQuestion,
    rounds: int,
    tick: Tick = lambda _: None,
) -> Speed:
    """Grade answers of each length `rounds` times, with the yardsticks in between.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    grader.warm_up(question)
    tasks = _tasks(grader, encoder, question, material(entry))
    taken: dict[tuple[str, int], list[float]] = defaultdict(list)
    for turn in range(WARM_UP + rounds):
        for key, variants in tasks.items():
            milliseconds = _timed(variants[turn % VARIANTS])
            if turn >= WARM_UP:
                taken[key].append(milliseconds)
        tick(1)
    grades = {str(words): _percentiles(taken["grade", words]) for words in WORDS}
    forwards = {str(words): _median(taken["forward", words]) for words in WORDS}
    own = {str(words): _median(taken["own forward", words]) for words in WORDS}
    return Speed(
        grade_ms=grades,
        forward_ms_p50=forwards,
        ratio_to_forward=_ratios(grades, forwards),
        ratio_to_own_forward=_ratios(grades, own),
        naive_ratio=round(grades[str(NAIVE_WORDS)].p50 / _median(taken["naive", NAIVE_WORDS]), 3),
    )


def answers_per_second(
    grader: Grader,
    encoder: SentenceTransformerEncoder,
    question: Question,
    entry: GradedQuestion,
    answers: int,
) -> Lengths:
    """Grade so many answers of NAIVE_WORDS words with 1, 8 and 64 under way at once.

    One at a time as in the terminal; more through a BatchingEncoder, as a server would.
    """
    sentences = material(entry)
    texts = [answer_of(NAIVE_WORDS, sentences, start) for start in range(answers)]
    with BatchingEncoder(encoder) as batching:
        shared = grader.reading_with(batching)
        return {
            str(at_once): round(
                _rate(grader if at_once == 1 else shared, question, texts, at_once), 2
            )
            for at_once in CONCURRENT
        }


def _tasks(
    grader: Grader,
    encoder: SentenceTransformerEncoder,
    question: Question,
    sentences: Sequence[str],
) -> dict[tuple[str, int], list[Callable[[], object]]]:
    """Return for each thing that is timed its VARIANTS, in the order in which they are run."""
    bare, own = BareModel.plain(encoder), BareModel(encoder)
    tasks: dict[tuple[str, int], list[Callable[[], object]]] = {}
    for words in WORDS:
        answers = [answer_of(words, sentences, start) for start in range(VARIANTS)]
        tasks["grade", words] = [_grading(grader, question, answer) for answer in answers]
        tasks["forward", words] = [bare.forward(answer) for answer in answers]
        tasks["own forward", words] = [own.forward(answer) for answer in answers]
        if words == NAIVE_WORDS:
            reference = question.reference_answers.full
            tasks["naive", words] = [bare.naive(answer, reference) for answer in answers]
    return tasks


def _grading(grader: Grader, question: Question, answer: str) -> Callable[[], object]:
    return lambda: grader.grade(question, answer)


def _timed(task: Callable[[], object]) -> float:
    started = time.perf_counter()
    task()
    return (time.perf_counter() - started) * 1000


def _rate(grader: Grader, question: Question, texts: Sequence[str], at_once: int) -> float:
    with ThreadPoolExecutor(at_once) as threads:
        started = time.perf_counter()
        for _ in threads.map(lambda text: grader.grade(question, text), texts):
            pass
        return len(texts) / (time.perf_counter() - started)


def _ratios(grades: dict[str, Percentiles], forwards: Lengths) -> Lengths:
    return {words: round(grades[words].p50 / forwards[words], 3) for words in grades}


def _percentiles(milliseconds: Sequence[float]) -> Percentiles:
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99]).round(3).tolist()
    return Percentiles(p50=p50, p95=p95, p99=p99)


def _median(milliseconds: Sequence[float]) -> float:
    return round(float(np.median(milliseconds)), 3)
