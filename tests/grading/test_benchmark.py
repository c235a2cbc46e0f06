"""How well the grader agrees with fair scores on questions that it was not fitted on."""

from collections import defaultdict

import numpy as np
import pytest
from scipy.stats import spearmanr

from grading.encoder import Encoder
from grading.grader import Grader
from grading.marking import Prefetching
from knowledge.bank import QuestionBank
from knowledge.graded import AnswerKind, Half, load_graded_answers

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


@pytest.mark.slow
def test_grades_of_unseen_questions_agree_with_fair_scores(
    grader: Grader, encoder: Encoder, bank: QuestionBank
):
    prefetching = Prefetching(encoder)
    reading = grader.reading_with(prefetching)
    scores: dict[AnswerKind, list[tuple[float, float]]] = defaultdict(list)
    for entry in load_graded_answers(bank):
        if entry.half is Half.HELD_OUT:
            question = bank.get(entry.question)
            prefetching.prefetch(answer.answer for answer in entry.answers)
            for answer in entry.answers:
                grade = reading.grade(question, answer.answer)
                scores[answer.kind].append((answer.score, grade.score))

    means = {kind: np.mean(pairs, axis=0).tolist() for kind, pairs in scores.items()}
    everything = np.array([pair for pairs in scores.values() for pair in pairs])
    agreement = float(spearmanr(everything[:, 0], everything[:, 1]).statistic)
    table(means, agreement)

    assert agreement >= SPEARMAN
    assert {kind for kind, lowest in AT_LEAST.items() if means[kind][1] < lowest} == set()
    assert {kind for kind, highest in AT_MOST.items() if means[kind][1] > highest} == set()


def table(means: dict[AnswerKind, list[float]], agreement: float) -> None:
    """Print fair and given mean scores by kind; `pytest -s` shows them, and so does a failure."""
    print(f"\n{'kind':20}{'fair':>8}{'given':>8}")  # noqa: T201
    for kind, (fair, given) in means.items():
        print(f"{kind:20}{fair:8.3f}{given:8.3f}")  # noqa: T201
    print(f"Spearman {agreement:.3f}")  # noqa: T201
