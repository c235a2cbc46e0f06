"""What commands of the table are called on Discord, where hosts have a group of their own. Pure."""

from collections.abc import Mapping, Sequence

HOSTS = "coach"
"""The name of the group of hosts."""

ELSEWHERE: Mapping[str, str] = {
    **{
        name: f"{HOSTS} {name}"
        for name in ("appeals", "flags", "exclude", "include", "audit", "gaps", "rules")
    },
    "questions": f"{HOSTS} question list",
    **{
        f"questions {act}": f"{HOSTS} question {act}"
        for act in (
            "add",
            "edit",
            "get",
            "retire",
            "suggestions",
            "accept",
            "decline",
            "stats",
            "template",
        )
    },
    **{
        f"daily {act}": f"{HOSTS} {act}"
        for act in ("setup", "status", "preview", "pause", "resume")
    },
}
"""The name on Discord of what has another one elsewhere, by the first words typed there."""


def on_discord(words: Sequence[str], known: Mapping[str, int]) -> tuple[str, int] | None:
    """Return the known command that words name, and how many of the words that takes.

    Args:
        words: those behind the slash, the first of them the name of a command.
        known: the commands that Discord was told, by their whole names.
    """
    for count in range(len(words), 0, -1):
        typed = " ".join(words[:count])
        name = ELSEWHERE.get(typed, typed)
        if name in known:
            return name, count
    return None
