"""Keys for the points of a grade of which their author says: I did say that."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.reply import Block, Paragraph, Point, Reply
from bot.core.words.phrases import listed

Claims = Mapping[str, tuple[int, str]]
"""The answer and the point that each key stands for."""

MOST_CLAIMS = 9
"""As many as there are keys for."""


def with_claims(reply: Reply) -> tuple[Reply, Claims]:
    """Return feedback with a key before each point that was not made in full, and the keys."""
    claims: dict[str, tuple[int, str]] = {}
    blocks: list[Block] = []
    for block in reply.blocks:
        if isinstance(block, Point) and block.claim and reply.attempt_id:
            key = str(len(claims) + 1)
            if len(claims) < MOST_CLAIMS:
                claims[key] = reply.attempt_id, block.claim
                block = replace(block, text=f"[{key}] {block.text}")  # noqa: PLW2901 the same, keyed
        blocks.append(block)
    if claims:
        keys = listed(tuple(claims), "or")
        how = f"You did say that? Press {keys}: it is kept as your own view, beside the grade."
        blocks.append(Paragraph(how, quiet=True))
    return replace(reply, blocks=tuple(blocks)), claims
