"""Train the network that tells the same from the opposite: grading.entailment.

It learns from contrasts, from the key points of the bank and from labelled pairs. The statements of
every question are known when one of its answers is graded, so those of the held-out questions may
be learnt too; their sample answers are not. `--fit-half-only` shows how it does without.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.progress import track
from safetensors.numpy import save_file
from torch import Tensor

from grading.encoder import SentenceTransformerEncoder, Vectors
from grading.entailment import WEIGHTS
from knowledge.graded import Half, load_graded_answers
from knowledge.loader import load_bank
from tools.train.network import Network
from tools.train.pairs import (
    Group,
    Pair,
    Relation,
    groups_of_contrasts,
    groups_of_questions,
    pairs_of_groups,
    pairs_of_students,
    pairs_with_negations,
)

EPOCHS = 7
PAIRS_AN_EPOCH = 40_000
BATCH = 128
STRANGERS = 12
"""Pairs of statements from different groups in each batch: neither the same nor the opposite."""

LABELLED = 24
"""Pairs from students' answers and from pairs with negations in each batch."""

LEARNING_RATE = 1.5e-3
WEIGHT_DECAY = 0.05
SMOOTHING = 0.05
LEFT_OUT = 8
"""Every so many-th contrast is kept out of training, to measure on."""

MEASURED = 2500
SEED = 0

Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]


def make(data: Path, *, fit_half_only: bool, out: Path = WEIGHTS, epochs: int = EPOCHS) -> None:
    """Train the network, say how well it does on what it has not seen, and write its weights."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)  # noqa: S311 nothing secret
    encoder = SentenceTransformerEncoder()
    contrasts = groups_of_contrasts()
    seen = [group for i, group in enumerate(contrasts) if i % LEFT_OUT]
    seen += _bank(Half.FIT) if fit_half_only else _bank(*Half)
    say("embedding the statements")
    pairs = pairs_of_groups(seen, encoder)
    labelled = [
        *pairs_of_students(data, encoder, rng),
        *pairs_with_negations(data, encoder),
    ]
    network = train(pairs, labelled, epochs, rng)
    for name, groups in (
        ("contrasts left out", contrasts[::LEFT_OUT]),
        ("key points of held-out questions", _bank(Half.HELD_OUT)),
    ):
        share = accuracy(network, sampled(pairs_of_groups(groups, encoder), MEASURED, rng))
        say(f"{name}: same against opposite right in {share:.3f} of the pairs")
    save_file(network.weights(), out)


def train(pairs: list[Pair], labelled: Sequence[Pair], epochs: int, rng: random.Random) -> Network:
    """Return a network trained on pairs of groups, with some labelled ones in each batch."""
    network = Network(pairs[0].ours.shape[1], outputs=len(Relation))
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    epoch = max(1, min(len(pairs), PAIRS_AN_EPOCH) // BATCH)
    rate = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.03, epochs * epoch)
    network.train()
    for _ in track(range(epochs), "training", console=Console(stderr=True)):
        for batch in _batches(sampled(pairs, PAIRS_AN_EPOCH, rng), labelled, rng):
            *inputs, relations = batch
            loss = torch.nn.functional.cross_entropy(
                network(*inputs), relations, label_smoothing=SMOOTHING
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            rate.step()
    return network.eval()


def accuracy(network: Network, pairs: Sequence[Pair]) -> float:
    """Return the share of pairs with a known side that the network puts on the right side."""
    sided = [pair for pair in pairs if pair.relation is not Relation.OTHER]
    right = 0
    with torch.inference_mode():
        for start in range(0, len(sided), BATCH):
            *inputs, relations = _tensors(sided[start : start + BATCH])
            logits = network(*inputs)
            opposite = logits[:, Relation.OPPOSITE] > logits[:, Relation.SAME]
            right += int((opposite == (relations == Relation.OPPOSITE)).sum())
    return right / len(sided)


def sampled(pairs: Sequence[Pair], most: int, rng: random.Random) -> list[Pair]:
    """Return so many of the pairs at most, in random order."""
    return rng.sample(list(pairs), min(most, len(pairs)))


def _bank(*halves: Half) -> list[Group]:
    bank = load_bank()
    entries = [entry for entry in load_graded_answers(bank) if entry.half in halves]
    return groups_of_questions([bank.get(entry.question) for entry in entries])


def _batches(pairs: list[Pair], labelled: Sequence[Pair], rng: random.Random) -> Iterator[Batch]:
    """Yield batches of pairs of similar length, with strangers and labelled pairs among them."""
    pairs.sort(key=lambda pair: len(pair.ours) + len(pair.theirs) + 4 * rng.random())
    starts = list(range(0, len(pairs) - BATCH + 1, BATCH)) or [0]
    rng.shuffle(starts)
    for start in starts:
        strangers = [
            Pair(rng.choice(pairs).ours, rng.choice(pairs).theirs, Relation.OTHER)
            for _ in range(STRANGERS)
        ]
        more = rng.sample(labelled, min(LABELLED, len(labelled)))
        yield _tensors([*pairs[start : start + BATCH], *strangers, *more])


def _tensors(pairs: Sequence[Pair]) -> Batch:
    a, mask_a = padded([pair.ours for pair in pairs])
    b, mask_b = padded([pair.theirs for pair in pairs])
    return a, mask_a, b, mask_b, torch.tensor([int(pair.relation) for pair in pairs])


def padded(texts: Sequence[Vectors]) -> tuple[Tensor, Tensor]:
    """Return vectors [n, t, d] padded to the longest, and which of them are real [n, t]."""
    longest = max(map(len, texts))
    out = np.zeros((len(texts), longest, texts[0].shape[1]), dtype=np.float32)
    mask = np.zeros((len(texts), longest), dtype=bool)
    for row, tokens in enumerate(texts):
        out[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = True
    return torch.from_numpy(out), torch.from_numpy(mask)


def say(text: str) -> None:
    """Tell the operator how far it is."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 progress of a command
