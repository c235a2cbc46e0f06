"""Which part of Discord's servers a program serves, where several share them.

Discord tells what happens in a server over one connection, its shard, and private messages over the
first. Requests know no shards; still a program posts only where it hears, so that what it knows of
a channel, its threads and its limits stays in one place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

PART = re.compile(r"\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*")

MOST = 100_000
"""Each takes a thousand servers or more; a larger number is a slip of the pen."""


@dataclass(frozen=True)
class Shards:
    """The shards of a program, of `count` in all; all of them where nobody chose any.

    Without a count Discord says at the start how many there are.
    """

    ids: tuple[int, ...] = ()
    count: int | None = None

    @classmethod
    def of(cls, ids: str, count: int | None) -> Self:
        """Return what was chosen, such as `0,3` or `4-7` of 8.

        Raises:
            ValueError: one is named without the other, or a shard that there is not.
        """
        if (not ids) != (count is None):
            raise ValueError(
                "set COACH_DISCORD__SHARD_IDS and COACH_DISCORD__SHARD_COUNT, or neither"
            )
        found = tuple(sorted(set(_read(ids)))) if count is not None else ()
        if count is not None and found[-1] >= count:
            raise ValueError(f"of {count} shards, the last is {count - 1}, not {found[-1]}")
        return cls(found, count)

    @property
    def hears_all(self) -> bool:
        """Whether the program serves every server."""
        return self.count is None or len(self.ids) == self.count

    @property
    def first(self) -> bool:
        """Whether it serves the first shard, which hears private messages."""
        return self.hears_all or 0 in self.ids

    def hear(self, guild: int) -> bool:
        """Tell whether it is told what happens in a server."""
        return self.count is None or (guild >> 22) % self.count in self.ids

    @property
    def options(self) -> dict[str, object]:
        """What discord.py is told."""
        if self.count is None:
            return {}
        return {"shard_ids": list(self.ids), "shard_count": self.count}

    @property
    def one(self) -> dict[str, int]:
        """What discord.py is told to connect to one of them only."""
        return {} if self.count is None else {"shard_id": self.ids[0], "shard_count": self.count}


ALL = Shards()


def _read(ids: str) -> Iterator[int]:
    for part in ids.split(","):
        found = PART.fullmatch(part)
        if found is None:
            raise ValueError("shard_ids: write numbers with commas between, such as 0,1 or 4-7")
        first = int(found[1])
        last = int(found[2] or first)
        if last < first or last >= MOST:
            raise ValueError(f"shard_ids: {part.strip()} names no shards")
        yield from range(first, last + 1)
