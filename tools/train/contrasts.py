"""Contrasts: a claim, the same in other words, its contradictions in other words.

What the entailment network learns from. Similar wordings stand on both sides on purpose: what
tells them apart is the meaning alone.
"""

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from grading.text import clean
from knowledge.question import fold

FOLDER = Path(__file__).parents[2] / "benchmarks" / "contrasts"
"""One file an author, a contrast a line."""

Statement = Annotated[str, StringConstraints(min_length=8, max_length=400)]


class Contrast(BaseModel):
    """One claim with what agrees with it, what contradicts it, and what does neither.

    `same` is true whenever the claim is; no text of `opposite` could be true beside it. `near`
    shares the claim's words and looks like one of the two but speaks of something else; `aside`
    is about the same matter and follows from neither side.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    author: str
    topic: str
    phenomenon: str = ""
    claim: Statement
    same: Annotated[tuple[Statement, ...], Field(min_length=2)]
    opposite: Annotated[tuple[Statement, ...], Field(min_length=2)]
    near: Statement | None = None
    aside: Statement

    @property
    def right(self) -> tuple[str, ...]:
        """The claim in all of its wordings, cleaned."""
        return tuple(map(clean, (self.claim, *self.same)))

    @property
    def wrong(self) -> tuple[str, ...]:
        """Its contradictions, cleaned."""
        return tuple(map(clean, self.opposite))

    @property
    def neither(self) -> tuple[str, ...]:
        """What says neither, cleaned: what looks most like it first."""
        return tuple(clean(text) for text in (self.near, self.aside) if text is not None)


def load_contrasts(folder: Path = FOLDER) -> tuple[Contrast, ...]:
    """Load every contrast, by author and line; a claim that stands twice is an error.

    Raises:
        ValueError: a line is no contrast, or its author has made the claim before.
    """
    found: list[Contrast] = []
    for path in sorted(folder.glob("*.jsonl")):
        seen: set[str] = set()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            one = Contrast(author=path.stem, **json.loads(line))
            if fold(one.claim) in seen:
                raise ValueError(f"{path.name}:{number}: this claim stands here twice")
            seen.add(fold(one.claim))
            found.append(one)
    return tuple(found)
