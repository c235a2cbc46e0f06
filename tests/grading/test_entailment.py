"""The entailment network: grading runs what training made, and tells claims from denials."""

import random

import numpy as np
import pytest
import torch

from grading.bert import Bert
from grading.entailment import Entailment, merged, shipped_entailment
from grading.precision import Precision
from grading.shipped import HEADS, shipped_tokenizer, shipped_weights
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT
from tools.train.contrasts import Contrast
from tools.train.documents import Point
from tools.train.draws import Draws, Relation, groups_of_contrasts
from tools.train.entailment import Lesson, Stage, accuracy, trained
from tools.train.network import Network, rounded

PAIRS = [
    ("A validation set chooses settings.", "Settings are chosen on a validation set."),
    ("The test set is used for tuning.", "The test set is never used for tuning."),
    ("", "Trees split on features."),
    ("[SEP] is text here", "word " * 300),
]


@pytest.fixture(scope="module")
def shipped() -> Entailment:
    return shipped_entailment(Precision.FLOAT32)


def test_grading_computes_what_training_computed():
    torch.manual_seed(3)
    network = Network()
    with torch.no_grad():
        for parameter in network.body.parameters():
            if parameter.requires_grad:
                parameter.add_(0.01 * torch.randn_like(parameter))
    network.eval()

    learnt = network.learnt()
    head = {name: learnt[f"head.{name}"].float() for name in network._head()}
    bert = Bert(merged(shipped_weights("float32"), learnt), HEADS)
    ours = np.stack(Entailment(bert, shipped_tokenizer(), head).judge(PAIRS[:2]), axis=1)

    with torch.inference_mode():
        theirs = network(PAIRS[:2]).softmax(-1).numpy()
    assert ours == pytest.approx(theirs, abs=5e-3)


def test_eight_bits_a_number_are_enough():
    change = torch.randn(40, 30) * torch.rand(40, 1)
    change[3] = 0

    kept = rounded("name", change)
    again = kept["name"].float() * kept["name.scale"][:, None]

    assert kept["name"].dtype == torch.int8
    assert ((again - change).abs().amax(1) <= change.abs().amax(1) / 127).all()


def test_a_pair_is_judged_alike_whatever_stands_beside_it(shipped):
    together = np.stack(shipped.judge(PAIRS), axis=1)
    alone = np.concatenate([np.stack(shipped.judge([pair]), axis=1) for pair in PAIRS])

    assert together == pytest.approx(alone, abs=1e-4)
    assert together.sum(axis=1) == pytest.approx(np.ones(len(PAIRS)), abs=1e-5)


def test_no_pairs_give_no_judgements(shipped):
    assert all(len(column) == 0 for column in shipped.judge([]))


def test_there_is_one_copy_a_process():
    assert shipped_entailment() is shipped_entailment()


CONTRASTS = [
    Contrast(
        author="a",
        topic="deep-learning",
        claim="Dropout is active while training.",
        same=("Dropout works during training only.", "Units are dropped as the network trains."),
        opposite=("Dropout is active at inference.", "Dropout never works while training."),
        aside="Dropout rates are often near 0.5.",
    ),
    Contrast(
        author="a",
        topic="deployment",
        claim="A canary gets little traffic.",
        same=("Few users meet a canary.", "A canary serves a small share of requests."),
        opposite=("A canary gets all traffic.", "Every user meets the canary."),
        aside="A canary can be rolled back.",
    ),
]


@pytest.mark.slow
def test_training_learns_a_few_statements_and_answers_by_heart(bank: QuestionBank):
    groups = groups_of_contrasts(CONTRASTS)
    pool = {relation: [("A dog runs.", "An animal moves.")] for relation in Relation}
    public = dict.fromkeys(("counterfactual_nli", "negated_nli", "lexical_nli"), pool)
    points = [
        Point(
            (one.claim,),
            {
                Relation.SAME: [f"Well. {one.same[0]}"],
                Relation.OPPOSITE: [f"Well. {one.opposite[0]}"],
                Relation.NEITHER: [],
            },
        )
        for one in CONTRASTS
    ]
    one_question = QuestionBank(bank.topics, (bank.get(DRIFT),))
    lesson = Lesson(CONTRASTS, (), (), one_question, public, points, (), ())
    answers = ((Stage(3, 12, 1e-4), {"marked": 0.7, "composed": 0.3}),)
    courses = (
        (((Stage(3, 12, 7e-5), {"echoes": 1.0}),), 1.0),
        (((Stage(3, 12, 7e-5), {"marked": 1.0}),), 2.0),
    )

    sentences = ((Stage(3, 12, 7e-5), {"marked": 1.0}),)

    network = trained(lesson, Stage(32, 24, 1.5e-4), answers, courses, sentences)

    draws = Draws(groups, random.Random(1))  # noqa: S311 nothing secret
    assert accuracy(network, [draws.pair() for _ in range(60)]).sided > 0.8
