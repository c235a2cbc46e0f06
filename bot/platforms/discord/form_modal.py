"""The window in which a command is filled in: its fields as Discord draws them, and what was said.

What is sent from it is known by its id, `v1:form:<line of the command>`, as with buttons.
"""

import re
from typing import Any

import discord

from bot.core.forms import YES, Entered, Field, Form, Option
from bot.core.safe_text import one_line
from bot.platforms.cutting import in_two
from bot.platforms.discord.buttons import VERSION
from bot.platforms.discord.limits import CHOICE, LABEL, MODAL_TITLE, SELECT_OPTIONS
from bot.platforms.discord.modal import controls
from bot.platforms.discord.text import escaped

_ID = re.compile(rf"{VERSION}:form:(.+)")


def form_modal(line: str, form: Form) -> discord.ui.Modal:
    """Return the window of a form. discord.py does not keep it, as with that of an answer."""
    modal = discord.ui.Modal(title=form.title[:MODAL_TITLE], custom_id=f"{VERSION}:form:{line}")
    if form.about:
        modal.add_item(discord.ui.TextDisplay(escaped(form.about)))
    for each in form.fields:
        label: discord.ui.Label[Any] = discord.ui.Label(
            text=each.label[:LABEL], description=each.hint or None, component=_control(each)
        )
        modal.add_item(label)
    modal.stop()
    return modal


def form_sent(data: Any) -> tuple[str, Entered] | None:
    """Return the line of a form and what was entered; None where the window is none of these."""
    found = _ID.fullmatch(str(data.get("custom_id", "")))
    if found is None:
        return None
    filled = controls(data.get("components", ()))
    return found[1], {str(each["custom_id"]): _said(each) for each in filled}


def _said(control: Any) -> str:
    """Return what a control says: a text, the value of what was chosen, or YES."""
    value = control.get("value")
    if isinstance(value, str):
        return value
    return YES if value is True else next(map(str, control.get("values") or ()), "")


def _control(field: Field) -> discord.ui.Item[Any]:
    if field.options:
        return discord.ui.Select(
            custom_id=field.name,
            required=not field.optional,
            options=[_option(each, field.value) for each in field.options[:SELECT_OPTIONS]],
        )
    if field.ticks:
        return discord.ui.Checkbox(custom_id=field.name, default=field.value == YES)
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph,
        default=field.value[: field.most] or None,
        required=not field.optional,
        max_length=field.most,
    )


def _option(option: Option, chosen: str) -> discord.SelectOption:
    label, more = in_two(one_line(option.label), CHOICE)
    return discord.SelectOption(
        label=label, value=option.value, description=more or None, default=option.value == chosen
    )
