"""What Discord adds to a reply of the core: buttons for what is typed elsewhere. Pure."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.commands import Values
from bot.core.leaderboard.parsing import PERIOD
from bot.core.reply import Bars, Choice, Reply
from bot.platforms.discord import words as discord_words

Dress = Callable[[Values, Reply], Reply]


def dressed(name: str, values: Values, reply: Reply) -> Reply:
    """Return the reply of a command, which was given these values, with the buttons that fit it."""
    dress = DRESSES.get(name)
    return dress(values, reply) if dress else reply


def _leaderboard(values: Values, reply: Reply) -> Reply:
    """Offer the other periods and the picture."""
    period = values.get("period", "month")
    last = "last" if values.get("last") else ""
    kept = f"{values.get('scope', '')} {last}".strip()
    periods = [
        Choice(label, f"leaderboard {name} {kept}".strip())
        for name, label in PERIOD.choices.items()
        if name != period
    ]
    board = f"leaderboard {period} {kept}".strip()
    picture = [] if values.get("picture") else [Choice(discord_words.PICTURE, f"{board} picture")]
    return replace(reply, choices=(*reply.choices, *periods, *picture))


def beside_picture(reply: Reply, drawn: Reply) -> Reply:
    """Return a record beside its picture, whose button shows each topic, so that no bars do."""
    blocks = tuple(block for block in reply.blocks if not isinstance(block, Bars))
    choices = (*reply.choices, *drawn.choices)
    return replace(reply, blocks=blocks, choices=choices, files=drawn.files)


def without_picture(reply: Reply) -> Reply:
    """Return a reply that no longer offers the picture, for it comes with it."""
    left = tuple(choice for choice in reply.choices if choice.words.split()[-1:] != ["picture"])
    return replace(reply, choices=left)


DRESSES = {"leaderboard": _leaderboard}
