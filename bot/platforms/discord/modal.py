"""The window in which an answer is written. What is sent from it is known by its id alone."""

import re
from collections.abc import Iterator
from typing import Any

import discord

from bot.core.words.buttons import MODAL_LABEL, MODAL_PLACEHOLDER, MODAL_TITLE
from bot.platforms.discord.buttons import VERSION, read_about, text_of
from bot.platforms.discord.limits import TEXT_INPUT
from bot.platforms.front_desk import About

FIELD = "answer"

_ID = re.compile(rf"{VERSION}:modal:(.+)")


def answer_modal(about: About, draft: str = "") -> discord.ui.Modal:
    """Return the window for an answer.

    discord.py does not keep it, so that it makes no difference whether this program or its
    successor gets what is sent from it.
    """
    modal = discord.ui.Modal(title=MODAL_TITLE, custom_id=f"{VERSION}:modal:{text_of(about)}")
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        placeholder=MODAL_PLACEHOLDER,
        default=draft[:TEXT_INPUT] or None,
        max_length=TEXT_INPUT,
    )
    modal.add_item(discord.ui.Label(text=MODAL_LABEL, component=field))
    modal.stop()
    return modal


def submitted(data: Any) -> tuple[About, str] | None:
    """Return what was answered and the answer; None where the window is none of these."""
    found = _ID.fullmatch(str(data.get("custom_id", "")))
    if found is None:
        return None
    return read_about(found[1]), next(_texts(data), "")


def written(data: Any) -> str:
    """Return everything that was written in a window, whichever it is."""
    return "\n\n".join(filter(None, _texts(data)))


def controls(components: Any) -> Iterator[dict[str, Any]]:
    """Yield what was filled in, however it is nested."""
    for component in components:
        if "custom_id" in component:
            yield component
        yield from controls(component.get("components", ()))
        if isinstance(component.get("component"), dict):
            yield from controls((component["component"],))


def _texts(data: Any) -> Iterator[str]:
    values = (each.get("value") for each in controls(data.get("components", ())))
    yield from (value for value in values if isinstance(value, str))
