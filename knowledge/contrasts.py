"""Contrasts: a claim, the same in other words, its contradictions in other words.

What the entailment network is trained on (see tools/train). Similar wordings stand on both
sides on purpose: what tells them apart is the meaning alone. Not needed for grading.
"""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from knowledge.errors import Fault, InvalidBank
from knowledge.question import fold
from knowledge.reading import read_folder

Statement = Annotated[str, StringConstraints(min_length=8, max_length=400)]


class Contrast(BaseModel):
    """One claim with what agrees with it, what contradicts it, and what does neither.

    `same` is true whenever the claim is; no text of `opposite` could be true beside it; `aside`
    is about the same matter and follows from neither side.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: Statement
    same: Annotated[tuple[Statement, ...], Field(min_length=3)]
    opposite: Annotated[tuple[Statement, ...], Field(min_length=3)]
    aside: Statement

    @property
    def right(self) -> tuple[str, ...]:
        """The claim in all of its wordings."""
        return (self.claim, *self.same)


def load_contrasts(directory: Path | None = None) -> tuple[Contrast, ...]:
    """Load every contrast, in the order of files and entries.

    Args:
        directory: a knowledge folder; the one shipped with the package by default.

    Raises:
        InvalidBank: a file has faults, or a claim stands there twice; carries all of them.
    """
    root = directory or Path(str(files("knowledge")))
    loaded, faults = read_folder(root, "contrasts", Contrast)
    seen: set[str] = set()
    for file, contrast in loaded:
        if fold(contrast.claim) in seen:
            problem = f"this claim stands here twice: {contrast.claim!r}"
            faults.append(Fault(file, "", problem, "Remove one, or join the two"))
        seen.add(fold(contrast.claim))
    if faults:
        raise InvalidBank(tuple(sorted(faults)))
    return tuple(contrast for _, contrast in loaded)
