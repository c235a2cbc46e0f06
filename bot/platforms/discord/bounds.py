"""How large anything may be that comes from Discord, looked at before anything is done with it.

Discord bounds all of it, so that whoever sends more is not Discord's client: nothing of it is
stored, looked up or searched through.
"""

import logging
from collections.abc import Iterator
from typing import Any, Final

from bot.platforms.discord.limits import COMMAND_NAME, CUSTOM_ID, MESSAGE, OPTION

ID: Final = 24
"""Digits of an id, which has at most 20."""

MOST: Final = {"custom_id": CUSTOM_ID, "id": ID, "target_id": ID, "name": COMMAND_NAME}
"""Characters of what stands under these names; under all others, those of an option."""

DEPTH: Final = 32

log = logging.getLogger(__name__)


def fits(data: Any) -> bool:
    """Tell whether what comes with an interaction is no larger than Discord makes it."""
    found = next(_oversize(data), None)
    if found is not None:
        log.warning("an interaction was refused: its %s is too large", found)
    return found is None


def text_fits(text: str) -> bool:
    """Tell whether a message is no longer than Discord takes it."""
    if len(text) > MESSAGE:
        log.warning("a message was refused: its text is too large")
    return len(text) <= MESSAGE


def _oversize(data: Any) -> Iterator[str]:
    """Yield the names of what is too large: our own words for it, and nothing of what came.

    What is `resolved` are objects of Discord's, as discord.py has read them already.
    """
    left: list[tuple[Any, str, int]] = [(data, "", 0)]
    while left:
        value, name, depth = left.pop()
        if isinstance(value, str) and len(value) > MOST.get(name, OPTION):
            yield name if name in MOST else "text"
        elif depth >= DEPTH and isinstance(value, dict | list):
            yield "depth"
        elif isinstance(value, dict):
            left += [
                (each, str(key), depth + 1) for key, each in value.items() if key != "resolved"
            ]
        elif isinstance(value, list):
            left += [(each, name, depth + 1) for each in value]
