"""Where the commands of hosts are on Discord: /appeals of the core is /coach appeals. Pure.

The core says /questions add FILE on all platforms. Whoever shows its words finds here what to name
instead; buttons run the core's own lines.
"""

from collections.abc import Iterator, Mapping

GROUP = "coach"
QUESTION = f"{GROUP} question"

PATHS: Mapping[str, str] = {
    **{
        name: f"{GROUP} {name}"
        for name in ("appeals", "audit", "exclude", "flags", "gaps", "include", "rules")
    },
    "questions": f"{QUESTION} list",
    **{
        f"questions {act}": f"{QUESTION} {act}"
        for act in (
            "accept",
            "add",
            "decline",
            "edit",
            "retire",
            "stats",
            "suggestions",
            "template",
        )
    },
    "daily setup": f"{GROUP} setup",
    "daily set": f"{GROUP} setup",
    **{f"daily {act}": f"{GROUP} {act}" for act in ("pause", "preview", "resume", "status")},
}
"""Paths on Discord by what the core calls the command, in one word or two."""

FOR_HOSTS = frozenset(name for name in PATHS if " " not in name)
"""Commands of the table that are nowhere on Discord but in the group."""


def named_here(words: str, known: Mapping[str, int]) -> tuple[str, str] | None:
    """Return the command that words begin with: as it is called here, and as it is in the words.

    Args:
        words: what stands behind a slash; at most three words of a path.
        known: the commands that Discord has given ids to.

    Returns:
        None where the words begin with no command that is known, and none that has moved.
    """
    prefixes = tuple(_prefixes(words))
    for prefix in prefixes:
        path = PATHS.get(prefix, prefix)
        if path in known:
            return path, prefix
    return next(((PATHS[prefix], prefix) for prefix in prefixes if prefix in PATHS), None)


def _prefixes(words: str) -> Iterator[str]:
    """Yield all the words, then fewer and fewer."""
    every = words.split(" ")
    for count in range(len(every), 0, -1):
        yield " ".join(every[:count])
