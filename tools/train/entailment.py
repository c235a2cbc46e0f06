"""Train the network that tells the same from the opposite and from neither: grading.entailment.

Three stages, some two hours on one core. First pairs of statements: the contrasts, the bank's key
points, public pairs. Then whole answers beside the statement of a point, which is what grading
reads. Last the same, with statements repeated or turned round nearly word for word. No answer
teaches whose author is there to fit the coefficients or to measure.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from rich.console import Console
from rich.progress import track
from safetensors.torch import save_file

from benchmarks.answers.loading import TAUGHT, load_answers
from grading.entailment import WEIGHTS
from knowledge.bank import QuestionBank
from knowledge.graded import Half, load_graded_answers
from knowledge.loader import load_bank
from tools.train.contrasts import Contrast, load_contrasts
from tools.train.documents import (
    ComposedDraws,
    Point,
    PointDraws,
    load_marked_answers,
    load_more,
    points_of,
)
from tools.train.draws import (
    Draws,
    Group,
    LabelledPair,
    Pool,
    Relation,
    groups_of_contrasts,
    groups_of_questions,
    public_pair,
    public_pairs,
)
from tools.train.echoes import EchoDraws
from tools.train.network import Network
from tools.train.saying import say

DRAWN_TOGETHER = 8
"""Batches drawn together and sorted by length, so that little of a batch is padding."""

HEAD_LEARNING_RATE = 1e-3
LEAST_RATE = 0.03
WARM_UP = 60
WEIGHT_DECAY = 0.01
SMOOTHING = 0.05
MOST_GRADIENT = 1.0
MEASURED = 500
SEED = 1


class Stage(NamedTuple):
    """One of the two stages of training; `rate` is AdamW's learning rate of the body."""

    steps: int
    batch: int
    rate: float


PAIRS = Stage(steps=1600, batch=48, rate=1.5e-4)
"""An author left out is placed no better by 2,600 steps (.73 of three classes, .63 after 400)."""

ANSWERS = Stage(steps=800, batch=24, rate=1e-4)

ECHOES = Stage(steps=320, batch=24, rate=7e-5)
"""The last stage: as ANSWERS, with statements that are repeated or turned round word for word."""

OF_PAIRS = {
    "contrasts": 0.62,
    "bank": 0.12,
    "counterfactual_nli": 0.13,
    "negated_nli": 0.09,
    "lexical_nli": 0.04,
}
OF_ANSWERS = {"marked": 0.55, "composed": 0.35, "pairs": 0.1}
OF_ECHOES = {"marked": 0.4, "composed": 0.2, "echoes": 0.35, "pairs": 0.05}
"""How often a draw is from each source; most draws are up to three pairs."""


@dataclass(frozen=True)
class Lesson:
    """What a network learns from, by source."""

    contrasts: Sequence[Contrast]
    bank: list[Group]
    public: dict[str, Pool]
    points: list[Point]


class Accuracy(NamedTuple):
    """How a network does on pairs: shares of right ones, precision and recall of OPPOSITE."""

    three_way: float
    sided: float
    precision: float
    recall: float


def lesson_of(
    data: Path, contrasts: Sequence[Contrast], bank: QuestionBank, more: Sequence[Path] = ()
) -> Lesson:
    """Return a lesson of these contrasts and everything else that may teach.

    `more` are files of marked answers besides.
    """
    marked = [*load_marked_answers(), *load_more(more, bank)]
    samples = [entry for entry in load_graded_answers(bank) if entry.half is Half.FIT]
    return Lesson(
        contrasts,
        groups_of_questions(tuple(bank)),
        public_pairs(data),
        points_of(bank, marked, load_answers(TAUGHT), samples),
    )


def make(data: Path, out: Path = WEIGHTS, more: Sequence[Path] = ()) -> None:
    """Train the network on everything that may teach, and write what it learnt."""
    save_file(trained(lesson_of(data, load_contrasts(), load_bank(), more)).learnt(), out)


def measure(data: Path, author: str) -> None:
    """Train on pairs without one author of contrasts, and say how it does on that author's."""
    contrasts = load_contrasts()
    lesson = lesson_of(data, [one for one in contrasts if one.author != author], load_bank())
    network = Network()
    train(network, pair_batches(lesson, PAIRS), PAIRS)
    draws = Draws(
        groups_of_contrasts([one for one in contrasts if one.author == author]),
        random.Random(SEED),  # noqa: S311 nothing secret
    )
    say(f"{author}: {accuracy(network, [draws.pair() for _ in range(MEASURED)])}")


def trained(
    lesson: Lesson, pairs: Stage = PAIRS, answers: Stage = ANSWERS, echoes: Stage = ECHOES
) -> Network:
    """Return a network that has been through all stages."""
    torch.manual_seed(SEED)
    network = Network()
    train(network, pair_batches(lesson, pairs), pairs)
    torch.manual_seed(SEED)
    train(network, answer_batches(lesson, answers, OF_ANSWERS), answers)
    torch.manual_seed(SEED)
    train(network, answer_batches(lesson, echoes, OF_ECHOES), echoes)
    return network.eval()


def train(network: Network, batches: Iterator[list[LabelledPair]], stage: Stage) -> None:
    """Train a network on the batches of a stage."""
    head = [*network.hidden.parameters(), *network.classes.parameters()]
    body = [one for one in network.body.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": stage.rate}, {"params": head, "lr": HEAD_LEARNING_RATE}],
        weight_decay=WEIGHT_DECAY,
    )
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / WARM_UP) * max(LEAST_RATE, 1 - step / stage.steps),
    )
    network.train()
    for batch in track(batches, "training", total=stage.steps, console=Console(stderr=True)):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network([(one.said, one.statement) for one in batch])
        relations = torch.tensor([int(one.relation) for one in batch])
        loss = torch.nn.functional.cross_entropy(
            logits.float(), relations, label_smoothing=SMOOTHING
        )
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), MOST_GRADIENT)
        optimizer.step()
        rate.step()
        optimizer.zero_grad()


def accuracy(network: Network, pairs: Sequence[LabelledPair]) -> Accuracy:
    """Return how a network does on labelled pairs."""
    ordered = sorted(pairs, key=lambda one: len(one.said) + len(one.statement))
    logits = []
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(ordered), PAIRS.batch):
            batch = ordered[start : start + PAIRS.batch]
            logits.append(network([(one.said, one.statement) for one in batch]).float())
    given = torch.cat(logits).numpy()
    truth = np.array([one.relation for one in ordered])
    said, sided = given.argmax(1), truth != Relation.NEITHER
    opposite = given[sided, Relation.OPPOSITE] > given[sided, Relation.SAME]
    hits = np.mean((said == truth)[truth == Relation.OPPOSITE])
    called = said == Relation.OPPOSITE
    return Accuracy(
        three_way=float(np.mean(said == truth)),
        sided=float(np.mean(opposite == (truth[sided] == Relation.OPPOSITE))),
        precision=float(np.mean(truth[called] == Relation.OPPOSITE)) if called.any() else 0.0,
        recall=float(hits),
    )


def pair_batches(lesson: Lesson, stage: Stage) -> Iterator[list[LabelledPair]]:
    """Yield batches of pairs of statements, of similar length."""
    rng = random.Random(SEED)  # noqa: S311 nothing secret
    pair = _pairs(lesson, rng)
    return _batches(lambda: [pair()], stage, rng)


def answer_batches(
    lesson: Lesson, stage: Stage, shares: dict[str, float]
) -> Iterator[list[LabelledPair]]:
    """Yield batches of whole answers beside a statement, of similar length."""
    rng = random.Random(SEED)  # noqa: S311 nothing secret
    marked, composed = PointDraws(lesson.points, rng), ComposedDraws(lesson.contrasts, rng)
    pair = _pairs(lesson, rng)
    sources: dict[str, Callable[[], list[LabelledPair]]] = {
        "marked": marked.pairs,
        "composed": composed.pairs,
        "echoes": EchoDraws([*groups_of_contrasts(lesson.contrasts), *lesson.bank], rng).pairs,
        "pairs": lambda: [pair()],
    }
    return _batches(lambda: sources[_one_of(shares, rng)](), stage, rng)  # noqa: PLW0108 anew


def _pairs(lesson: Lesson, rng: random.Random) -> Callable[[], LabelledPair]:
    """Return what draws a pair of statements from any source."""
    drawn = {
        "contrasts": Draws(groups_of_contrasts(lesson.contrasts), rng),
        "bank": Draws(lesson.bank, rng),
    }

    def pair() -> LabelledPair:
        source = _one_of(OF_PAIRS, rng)
        return drawn[source].pair() if source in drawn else public_pair(lesson.public[source], rng)

    return pair


def _one_of(shares: dict[str, float], rng: random.Random) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]


def _batches(
    draw: Callable[[], list[LabelledPair]], stage: Stage, rng: random.Random
) -> Iterator[list[LabelledPair]]:
    """Yield batches of pairs of similar length."""
    made = 0
    while made < stage.steps:
        pairs: list[LabelledPair] = []
        while len(pairs) < stage.batch * DRAWN_TOGETHER:
            pairs += draw()
        pairs = pairs[: stage.batch * DRAWN_TOGETHER]
        pairs.sort(key=lambda one: len(one.said) + len(one.statement) + 30 * rng.random())
        batches = [
            pairs[start : start + stage.batch] for start in range(0, len(pairs), stage.batch)
        ]
        rng.shuffle(batches)
        for batch in batches[: stage.steps - made]:
            made += 1
            yield batch
