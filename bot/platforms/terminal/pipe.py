"""Lines from a pipe or a file: one line a command or an answer."""

from collections.abc import Iterator
from typing import TextIO

MAX_LINE = 1_000_000
"""A longer line is cut here: it is refused as an answer anyway, and memory stays bounded."""


def piped_lines(stream: TextIO) -> Iterator[str]:
    """Yield lines until the stream ends; a backslash at a line's end continues it below."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    parts: list[str] = []
    for line in _bounded(stream):
        if line.endswith("\\"):
            parts.append(line[:-1])
            continue
        yield "\n".join([*parts, line])
        parts = []
    if parts:
        yield "\n".join(parts)


def _bounded(stream: TextIO) -> Iterator[str]:
    """Yield lines without their ends, each cut at MAX_LINE characters."""
    while line := stream.readline(MAX_LINE):
        yield line.rstrip("\r\n")
        while not line.endswith("\n") and (line := stream.readline(MAX_LINE)):
            pass
