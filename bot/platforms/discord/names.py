"""What commands of the table are called on Discord, where hosts have a group of their own. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

HOSTS: Final = "coach"
"""The name of the group of hosts."""

OWN_QUESTIONS: Final = "question"
"""The name of the group inside of it, for a server's own questions."""


def among_hosts(name: str) -> str:
    """Return what a command is called inside the group of hosts.

    `questions add` is `question add` there, `questions` alone is its list, and `daily setup` is
    `setup`.
    """
    first, _, act = name.partition(" ")
    match first:
        case "questions":
            return f"{OWN_QUESTIONS} {act or 'list'}"
        case "daily" if act:
            return act
    return name


def on_discord(words: Sequence[str], known: Mapping[str, int]) -> tuple[str, int] | None:
    """Return the known command that words name, and how many of the words that takes.

    Args:
        words: those behind the slash, the first of them the name of a command.
        known: the commands that Discord was told, by their whole names.
    """
    for count in range(len(words), 0, -1):
        typed = " ".join(words[:count])
        for name in (typed, f"{HOSTS} {among_hosts(typed)}"):
            if name in known:
                return name, count
    return None
