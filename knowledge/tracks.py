"""Tracks: what a role is asked about, how much of each topic, and how difficult it gets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.question import Slug, Statement, Term, Topic
from knowledge.reading import read_entries

FILE: Final = "tracks.yaml"

EASIEST: Final = 1
HARDEST: Final = 5

Level = Annotated[int, Field(ge=EASIEST, le=HARDEST)]


class Track(BaseModel):
    """What a role is asked about; `topics` says how much of each, by its id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    title: Term
    summary: Statement
    aliases: tuple[Term, ...] = ()
    easiest: Level = EASIEST
    hardest: Level = HARDEST
    topics: Annotated[Mapping[Slug, Annotated[int, Field(ge=1, le=5)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _levels_in_order(self) -> Self:
        if self.easiest > self.hardest:
            raise ValueError("its easiest level is above its hardest")
        return self


def load_tracks(root: Path, topics: Sequence[Topic]) -> tuple[Track, ...]:
    """Return the tracks of a knowledge folder with those of their topics that it has.

    A track may name topics that are still to come, and one that has none yet is left out; without a
    file there are no tracks.

    Raises:
        InvalidBank: the file has faults; carries all of them.
    """
    if not (root / FILE).exists():
        return ()
    known = {topic.id for topic in topics}
    tracks = read_entries(root / FILE, FILE, Track)
    kept = (
        track.model_copy(update={"topics": {t: n for t, n in track.topics.items() if t in known}})
        for track in tracks
    )
    return tuple(track for track in kept if track.topics)
