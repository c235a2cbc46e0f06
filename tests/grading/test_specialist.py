"""The specialist is heard where it has studied, and only there."""

import random

import numpy as np
import pytest
import torch

from benchmarks.agreement.marking import rubric_of_row
from benchmarks.agreement.rows import Row
from grading.encoder import SentenceTransformerEncoder
from grading.specialist import Specialist, specialist_for, subject_of
from tools.train.specialist import Example, train

CIRCUIT = Row(
    question_id="made-up",
    question="Why does the lamp go out when the switch is open?",
    reference_answers=("There is a gap in the circuit, so no current flows to the bulb.",),
    student_answer="there is a gap in the path",
    score=1.0,
)
LEARNING = Row(
    question_id="made-up-too",
    question="What is concept drift?",
    reference_answers=("The relation between inputs and target changes over time.",),
    student_answer="the relation changes",
    score=1.0,
)


@pytest.fixture(scope="module")
def shipped(encoder: SentenceTransformerEncoder) -> Specialist:
    specialist = specialist_for(encoder.model_id)
    assert specialist is not None
    return specialist


def test_circuits_were_studied_and_machine_learning_was_not(encoder, shipped):
    circuit, learning = (rubric_of_row(row, encoder) for row in (CIRCUIT, LEARNING))

    assert shipped.trust(circuit.prompt.sentence, circuit.models.sentences) > 0.2
    assert shipped.trust(learning.prompt.sentence, learning.models.sentences) == 0


def test_no_question_of_the_bank_is_left_to_the_specialist(encoder, bank, shipped):
    for question in bank:
        prompt, model = encoder.encode([question.prompt, question.reference_answers.full])
        assert shipped.trust(prompt.sentence, model.sentence[None]) == 0


def test_the_right_answer_scores_above_the_opposite(encoder, shipped):
    right, wrong, reference = (
        item.tokens
        for item in encoder.encode(
            [
                "there is a gap so the current cannot flow",
                "the circuit is closed so the current flows",
                CIRCUIT.reference_answers[0],
            ]
        )
    )

    assert shipped.score(right, [reference]) > shipped.score(wrong, [reference]) + 0.1
    assert 0 <= shipped.score(wrong, [reference]) <= 1


def test_the_best_reference_counts(encoder, shipped):
    said, one, two = (
        item.tokens for item in encoder.encode(["a gap", "There is a gap.", "The bulb is red."])
    )

    both = shipped.score(said, [one, two])

    assert both == pytest.approx(max(shipped.score(said, [one]), shipped.score(said, [two])))


def test_a_subject_is_a_unit_vector():
    rng = np.random.default_rng(0)
    prompt = rng.standard_normal(8).astype(np.float32)
    prompt /= np.linalg.norm(prompt)

    subject = subject_of(prompt, rng.standard_normal((3, 8)).astype(np.float32))

    assert np.linalg.norm(subject) == pytest.approx(1, abs=1e-6)


def test_another_model_has_no_specialist():
    assert specialist_for("somebody/else") is None


def test_training_learns_which_side_of_a_reference_an_answer_takes():
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    east, north, up = np.eye(6, dtype=np.float32)[:3]
    examples = [
        Example(
            answer=np.stack([east, north if score else up])
            + rng.normal(0, 0.02, (2, 6)).astype(np.float32),
            references=(np.stack([east, north]),),
            score=score,
            weight=1.0,
        )
        for score in (0.0, 1.0)
        for _ in range(40)
    ]

    network = train(examples, random.Random(0), epochs=40)  # noqa: S311 nothing secret

    judge = Specialist({**network.weights(), "subjects": np.ones((1, 12), dtype=np.float16)})
    reference = [np.stack([east, north])]
    right = judge.score(np.stack([east, north]), reference)
    wrong = judge.score(np.stack([east, up]), reference)
    assert right > wrong + 0.3
