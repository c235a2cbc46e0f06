"""Train the network that has studied two subjects: grading.specialist.

It learns the human score of a train split's answers from their token vectors and the reference
answers'. On Beetle test-uq four seeds gave r .55 to .58.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from rich.console import Console
from rich.progress import track
from safetensors.numpy import save_file
from torch import Tensor

from benchmarks.agreement.rows import Row, read_rows
from grading.answer import read_body
from grading.encoder import Encoder, SentenceTransformerEncoder
from grading.specialist import MOST_TOKENS, SUBJECTS, WEIGHTS, subject_of
from grading.text import clean, content_stems, words
from grading.vectors import Vectors
from tools.train.entailment import padded, say
from tools.train.network import Network

DATASETS = ("beetle", "scientsbank")
EPOCHS = 4
BATCH = 64
LEARNING_RATE = 1e-3
WEIGHT_DECAY = 0.05
SUBJECT_CENTRES = 96
"""Centres that stand for the questions studied, so that none of them is kept."""

JITTER = 8.0
"""Tokens by which the order of length is shuffled: batches differ from epoch to epoch."""

SEED = 2


class Example(NamedTuple):
    """Token vectors of an answer and of its references, the human score, and its weight."""

    answer: Vectors
    references: tuple[Vectors, ...]
    score: float
    weight: float


def make(data: Path, *, fit_half_only: bool = False, out: Path = WEIGHTS) -> None:  # noqa: ARG001 as all networks
    """Train the network on the train splits and write its weights with the subjects' centres."""
    torch.manual_seed(SEED)
    encoder = SentenceTransformerEncoder()
    rows = {name: _train_rows(data / f"{name}.jsonl.gz") for name in DATASETS}
    say("embedding the answers")
    examples = [
        example
        for of_set in rows.values()
        for example in _examples(of_set, encoder, weight=1 / len(of_set))
    ]
    network = train(examples, random.Random(SEED))  # noqa: S311 nothing secret
    every = [row for of_set in rows.values() for row in of_set]
    save_file({**network.weights(), SUBJECTS: _subjects(every, encoder)}, out)


def train(examples: Sequence[Example], rng: random.Random, epochs: int = EPOCHS) -> Network:
    """Return a network whose output is the log-odds of the score."""
    network = Network(examples[0].answer.shape[1], outputs=1)
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = max(1, len(examples) // BATCH) * epochs
    rate = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.03, steps)
    mean = float(np.mean([example.weight for example in examples]))
    network.train()
    for _ in track(range(epochs), "training", console=Console(stderr=True)):
        for batch in _batches(examples, rng):
            scores = torch.tensor([example.score for example in batch])
            weights = torch.tensor([example.weight / mean for example in batch])
            losses = torch.nn.functional.binary_cross_entropy_with_logits(
                _log_odds(network, batch), scores, reduction="none"
            )
            optimizer.zero_grad()
            (losses * weights).mean().backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            rate.step()
    return network.eval()


def _log_odds(network: Network, batch: Sequence[Example]) -> Tensor:
    """Return the output for each example [n]: that of its best reference."""
    owners = [row for row, example in enumerate(batch) for _ in example.references]
    answers, answer_mask = padded([batch[row].answer for row in owners])
    references, reference_mask = padded([one for e in batch for one in e.references])
    outputs = network(answers, answer_mask, references, reference_mask)[:, 0]
    start = torch.full((len(batch),), -torch.inf)
    return start.scatter_reduce(0, torch.tensor(owners), outputs, "amax")


def _batches(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Return the examples in batches of similar length, in random order."""
    ordered = sorted(examples, key=lambda e: len(e.answer) + JITTER * rng.random())
    starts = list(range(0, len(ordered) - BATCH + 1, BATCH)) or [0]
    rng.shuffle(starts)
    return [ordered[start : start + BATCH] for start in starts]


def _train_rows(path: Path) -> list[Row]:
    return [
        row
        for row in read_rows(path)
        if row.split == "train" and words(row.student_answer) and row.reference_answers
    ]


def _examples(rows: Sequence[Row], encoder: Encoder, weight: float) -> list[Example]:
    texts = list(dict.fromkeys(clean(text) for row in rows for text in row.reference_answers))
    known = dict(zip(texts, encoder.encode(texts), strict=True))
    return [
        Example(
            answer=read_body(
                row.student_answer, encoder.encode, frozenset(content_stems(row.question))
            ).tokens[:MOST_TOKENS],
            references=tuple(
                known[clean(text)].tokens[:MOST_TOKENS] for text in row.reference_answers
            ),
            score=row.score,
            weight=weight,
        )
        for row in rows
    ]


def _subjects(rows: Sequence[Row], encoder: Encoder) -> Vectors:
    """Return the centres [k, 2d] of what the questions of these rows are about."""
    from sklearn.cluster import KMeans

    questions = list({(row.question, row.reference_answers) for row in rows})
    questions.sort()
    about = np.stack([_subject(question, texts, encoder) for question, texts in questions])
    if len(about) > SUBJECT_CENTRES:
        about = KMeans(SUBJECT_CENTRES, n_init=4, random_state=SEED).fit(about).cluster_centers_
    return np.asarray(about / np.linalg.norm(about, axis=1, keepdims=True), dtype=np.float16)


def _subject(question: str, references: Sequence[str], encoder: Encoder) -> Vectors:
    prompt, *models = encoder.encode([clean(question), *map(clean, references)])
    return subject_of(prompt.sentence, np.stack([model.sentence for model in models]))
