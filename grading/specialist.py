"""A second judge for subjects that it has studied: it scores an answer against the references.

Trained on Beetle (electric circuits) and SciEntsBank (school science), a small network agrees with
people on new questions of these subjects much better than any similarity (Beetle test-uq r .56
instead of .35), and on other subjects worse. So it is heard as far as the question lies near those
that it has studied, and elsewhere not at all. It judges by references only, never where an author
has written key points.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from grading.alignment import Alignment
from grading.encoder import DEFAULT_MODEL, name_of
from grading.vectors import Vectors

WEIGHTS = Path(str(files("grading") / "specialist.safetensors"))
SUBJECTS = "subjects"

NEIGHBOURS = 5
"""Studied questions whose mean nearness counts: a single near one is no subject."""

STRANGE, FAMILIAR = 0.36, 0.42
"""Nearness up to which a question's subject was not studied, and from which it was. The median
question of Beetle test-uq lies at .58, of SciEntsBank test-uq at .40, of its other subjects
(test-ud) at .31; no question of SAF or of the coach's own bank reaches .27."""

MOST_TOKENS = 200
"""Tokens of a text that are read; the texts that it was trained on are shorter."""


class Specialist:
    """Score answers, and say how far the score is to be trusted."""

    def __init__(self, weights: dict[str, Vectors]) -> None:
        self._subjects = weights[SUBJECTS].astype(np.float32)
        self._alignment = Alignment({k: v for k, v in weights.items() if k != SUBJECTS})

    def trust(self, prompt: Vectors, references: Vectors) -> float:
        """Return in 0..1 how far the subject was studied.

        Args:
            prompt: the question's sentence vector [d].
            references: the sentence vectors [n, d] of its reference answers.
        """
        nearest = np.sort(self._subjects @ subject_of(prompt, references))[-NEIGHBOURS:]
        return float(np.clip((nearest.mean() - STRANGE) / (FAMILIAR - STRANGE), 0, 1))

    def score(self, answer: Vectors, references: Sequence[Vectors]) -> float:
        """Return the score in 0..1 against the reference that fits best, from token vectors."""
        said = answer[:MOST_TOKENS]
        logits = self._alignment.logits([(said, one[:MOST_TOKENS]) for one in references])
        return float(1 / (1 + np.exp(-logits.max())))


def subject_of(prompt: Vectors, references: Vectors) -> Vectors:
    """Return a unit vector [2d] for what a question is about: its text and its answer."""
    mean = references.mean(axis=0)
    both = np.concatenate([prompt, mean / np.linalg.norm(mean)])
    return np.asarray(both / np.sqrt(2), dtype=np.float32)


def specialist_for(model_id: str) -> Specialist | None:
    """Return the specialist that reads a model's vectors: there is one for the default model."""
    return _shipped() if name_of(model_id) == DEFAULT_MODEL else None


@cache
def _shipped() -> Specialist:
    from safetensors.numpy import load_file

    return Specialist(load_file(WEIGHTS))
