"""The entailment network: NumPy runs what PyTorch trained, and tells claims from denials."""

import random

import numpy as np
import pytest
import torch

from grading.alignment import PAIRS_AT_ONCE
from grading.encoder import DEFAULT_MODEL
from grading.entailment import Entailment, entailment_for
from tools.train.entailment import accuracy, train
from tools.train.network import Network
from tools.train.pairs import Group, Relation, groups_of_contrasts, pairs_of_groups

SIZE = 384


def tokens(rng, count):
    vectors = rng.standard_normal((count, SIZE)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def shipped() -> Entailment:
    network = entailment_for(DEFAULT_MODEL)
    assert network is not None
    return network


def test_numpy_gives_what_pytorch_gives():
    torch.manual_seed(3)
    network = Network(SIZE, outputs=3).eval()
    rng = np.random.default_rng(3)
    pairs = [(tokens(rng, 1 + n % 7), tokens(rng, 1 + n % 5)) for n in range(9)]
    weights = {name: array.astype(np.float32) for name, array in network.weights().items()}
    ours = np.stack(Entailment(weights).judge(pairs), axis=1)
    with torch.inference_mode():
        theirs = [
            network(
                torch.from_numpy(a)[None],
                torch.ones(1, len(a), dtype=torch.bool),
                torch.from_numpy(b)[None],
                torch.ones(1, len(b), dtype=torch.bool),
            ).softmax(1)[0]
            for a, b in pairs
        ]
    assert ours == pytest.approx(np.stack(theirs), abs=2e-3)


def test_a_pair_is_judged_alike_whatever_stands_beside_it(shipped):
    rng = np.random.default_rng(5)
    pairs = [(tokens(rng, 1 + n % 30), tokens(rng, 2 + n % 11)) for n in range(PAIRS_AT_ONCE + 3)]
    together = np.stack(shipped.judge(pairs), axis=1)
    alone = np.concatenate([np.stack(shipped.judge([pair]), axis=1) for pair in pairs])
    assert together == pytest.approx(alone, abs=1e-5)
    assert together.sum(axis=1) == pytest.approx(np.ones(len(pairs)), abs=1e-5)


def test_no_pairs_give_no_judgements(shipped):
    assert all(len(column) == 0 for column in shipped.judge([]))


def test_another_model_has_no_network_and_that_is_logged(caplog):
    assert entailment_for("some/other-model") is None
    assert "some/other-model" in caplog.text


def test_contrasts_left_out_of_training_are_told_apart_better_than_by_chance(encoder, shipped):
    groups = groups_of_contrasts()[::8]
    pairs = [p for p in pairs_of_groups(groups, encoder) if p.relation is not Relation.OTHER]
    pairs = random.Random(1).sample(pairs, 600)  # noqa: S311
    judged = shipped.judge([(pair.ours, pair.theirs) for pair in pairs])
    right = [
        (opposite > same) == (pair.relation is Relation.OPPOSITE)
        for pair, same, opposite in zip(pairs, judged.same, judged.opposite, strict=True)
    ]
    # More pairs are opposite than same; always saying "opposite" would be right in 0.65 of them.
    share = sum(pair.relation is Relation.OPPOSITE for pair in pairs) / len(pairs)
    assert np.mean(right) > max(share, 1 - share)


def test_training_learns_a_few_statements_by_heart(encoder):
    groups = [
        Group(
            ("Dropout is active while training.", "Dropout works during training only."),
            ("Dropout is active at inference.", "Dropout never works while training."),
            ("Dropout rates are often near 0.5.",),
        ),
        Group(
            ("A larger batch needs more memory.", "Memory use grows with the batch."),
            ("A larger batch needs less memory.", "Memory use shrinks as the batch grows."),
            ("Batches are often powers of two.",),
        ),
    ]
    pairs = pairs_of_groups(groups, encoder)
    torch.manual_seed(0)
    rng = random.Random(0)  # noqa: S311
    untrained = accuracy(Network(SIZE, outputs=3).eval(), pairs)
    trained = accuracy(train(pairs * 8, pairs, 150, rng), pairs)
    assert trained >= 0.9
    assert trained > untrained
