"""The window in which a host types when the question comes, and how long it stays open."""

from typing import Any

import discord

from bot.core.daily.parsing import Typed, plan_change
from bot.core.daily.plan import Discussion, Plan
from bot.core.errors import CoachError
from bot.platforms.discord import words
from bot.platforms.discord.controls import CLOCK, CONTROL, VERSION, control_id
from bot.platforms.discord.limits import LABEL, MODAL_TITLE
from bot.platforms.discord.modal import controls
from knowledge.bank import QuestionBank

LONGEST = 60
"""Characters of a field; no zone has a longer name."""

THREADS = {Discussion.NONE: "off", Discussion.OPEN: "on", Discussion.ANSWERED: "answered"}
"""What is typed for each discussion."""


def typed_of(plan: Plan) -> Typed:
    """Return what stands in the window for a plan."""
    schedule = plan.schedule
    return {
        "time": f"{schedule.at:%H:%M}",
        "zone": schedule.zone,
        "open": str(schedule.open_hours),
        "level": f"{plan.easiest}-{plan.hardest}",
        "thread": THREADS[plan.discussion],
    }


def clock_modal(channel: str, typed: Typed) -> discord.ui.Modal:
    """Return the window, filled in. discord.py does not keep it."""
    modal = discord.ui.Modal(
        title=words.CLOCK_TITLE[:MODAL_TITLE], custom_id=control_id(CLOCK, channel)
    )
    for name, label in words.CLOCK_FIELDS.items():
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name,
            default=typed.get(name, "")[:LONGEST] or None,
            required=False,
            max_length=LONGEST,
        )
        modal.add_item(discord.ui.Label(text=label[:LABEL], component=field))
    modal.stop()
    return modal


def clock_sent(data: Any) -> tuple[int, Typed] | None:
    """Return the channel and what was typed; None where the window is none of these."""
    found = CONTROL.fullmatch(str(data.get("custom_id", "")))
    if found is None or found["version"] != VERSION or found["what"] != CLOCK:
        return None
    filled = controls(data.get("components", ()))
    typed = {str(each["custom_id"]): str(each.get("value") or "") for each in filled}
    return int(found["channel"]), {name: typed.get(name, "") for name in words.CLOCK_FIELDS}


def asks_for_privacy(typed: Typed, bank: QuestionBank) -> bool:
    """Whether a private discussion was typed; what cannot be read asks for none."""
    try:
        return plan_change(typed, bank).get("discussion") is Discussion.ANSWERED
    except CoachError:
        return False
