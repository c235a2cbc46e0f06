"""Buttons: what a person can do next, and what exactly it is done to.

All state lies in the button, so that a restart loses nothing: the action is its id, and its value
names the ask, the daily question and the question that it stands below.
"""

import re
from typing import Any, Final

from bot.core.reply import Action, Choice, Reply
from bot.platforms.cutting import size
from bot.platforms.front_desk import About
from bot.platforms.slack.limits import BUTTON, ELEMENTS, VALUE
from bot.platforms.slack.text import fitted
from bot.platforms.slack.words import OPENS_SET_UP, button_label

NUMBER: Final = re.compile(r"[0-9]{0,19}")
"""The number of an ask or a post; nothing for none."""

MOST_NUMBER: Final = 2**63 - 1
"""The largest number that a database has."""

PREFIX: Final = "coach:"
RUN: Final = f"{PREFIX}run:"
VERSION: Final = "v1"
"""Buttons of an older version stay readable for as long as messages with them do."""

SET_UP: Final = OPENS_SET_UP
SETTINGS: Final = f"{PREFIX}settings"
BRING: Final = f"{PREFIX}bring"
PICTURE: Final = f"{PREFIX}picture"
OPENING: Final = frozenset({SET_UP, SETTINGS, BRING, PICTURE})
"""Choices of Slack alone, which are no commands: forms to open, and the picture in Home."""

MAIN: Final = frozenset({Action.ANSWER, Action.RETRY})
"""What most people do next stands out, unless there are two of them."""


def about_of(reply: Reply) -> About:
    """Return what a reply is about."""
    return About(reply.ask_id, reply.post_id, reply.question_id)


def encoded(what: About) -> str:
    """Return the value of a button that is about this, within Slack's limit."""
    question = what.question_id or ""
    value = f"{VERSION}|{what.ask_id or ''}|{what.post_id or ''}|{question}"
    return value if size(value) <= VALUE else f"{VERSION}|{what.ask_id or ''}||"


def decoded(value: str) -> About | None:
    """Read the value of a button; None where it is not understood and might mean anything."""
    version, _, rest = value.partition("|")
    parts = rest.split("|", 2)
    if version != VERSION or len(parts) != len(About._fields):
        return None
    ask, post, question = parts
    if not all(NUMBER.fullmatch(number) for number in (ask, post)):
        return None
    numbers = (_number(ask), _number(post))
    if any(number is not None and number > MOST_NUMBER for number in numbers):
        return None
    return About(*numbers, question or None)


def runs(number: int) -> str:
    """Return the id of a button that runs a command; its value is the command."""
    return f"{RUN}{number}"


def action_id(action: Action) -> str:
    """Return the id by which a click is recognised."""
    return f"{PREFIX}{action.value}"


def row(reply: Reply) -> dict[str, Any] | None:
    """Return the block of buttons below a message, None without any."""
    target = about_of(reply)
    buttons = [button(action, target) for action in dict.fromkeys(reply.actions)]
    fitting = [one for one in reply.choices if one.words and size(one.words) <= VALUE]
    buttons += [_choice(one, number) for number, one in enumerate(fitting)]
    return {"type": "actions", "elements": buttons[:ELEMENTS]} if buttons else None


def button(action: Action, target: About) -> dict[str, Any]:
    """Return one button."""
    made: dict[str, Any] = {
        "type": "button",
        "text": plain(fitted(button_label(action), BUTTON)),
        "action_id": action_id(action),
        "value": encoded(target),
    }
    if action in MAIN:
        made["style"] = "primary"
    return made


def _choice(choice: Choice, number: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "button",
        "text": plain(fitted(choice.label or choice.words, BUTTON)),
        "action_id": runs(number),
        "value": choice.words,
    }
    name, _, about = choice.words.partition(" ")
    if name in OPENING:
        made |= {"action_id": name, "value": about or name}
    return made | {"style": "danger"} if choice.grave else made


def plain(text: str) -> dict[str, Any]:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _number(text: str) -> int | None:
    return int(text) if text else None
