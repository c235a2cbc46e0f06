"""Buttons that say by their custom id what they do, so that they work after any restart.

An id is `v1:<what>:<rest>`. For what a learner does next, the rest says what it is about; `run`
carries a line of the command table, `page` a long message, a page of it and what makes it anew,
`setup` nothing. An id that is not understood whole does nothing: it might mean something else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.commands import Values
from bot.core.reply import Action, Choice, Reply
from bot.core.words.buttons import EDIT, LABELS, NEXT_PAGE, PREVIOUS_PAGE
from bot.platforms.discord.limits import BUTTON_LABEL, BUTTONS_IN_ROW, CUSTOM_ID, ROWS
from bot.platforms.front_desk import About

VERSION = "v1"
RUN, PAGE, EDIT_ANSWER, SET_UP = "run", "page", "edit", "setup"

TEMPLATE = re.compile(r"v(?P<version>\d+):(?P<what>[a-z]+):(?P<rest>.*)", re.DOTALL)

_ABOUT = re.compile(r"0|p?[1-9][0-9]{0,17}|q.+", re.DOTALL)
"""What an id is about; `0` stands for the learner's current question."""

LONGEST_QUESTION_ID = 80
"""Longer ids do not fit into a button, which then is about the learner's current question."""

STYLES = {
    Action.ANSWER: discord.ButtonStyle.primary,
    Action.RETRY: discord.ButtonStyle.primary,
    Action.ASK: discord.ButtonStyle.primary,
}


@dataclass(frozen=True)
class Press:
    """What pressing a button asks for."""

    what: str
    rest: str = ""

    @property
    def custom_id(self) -> str:
        """The id that the button carries."""
        return f"{VERSION}:{self.what}:{self.rest}"

    @property
    def about(self) -> About:
        """What the button is about."""
        return read_about(self.rest)


def read_about(text: str) -> About:
    """Return what a custom id is about: `12` is an ask, `p12` a post, `q…` a question's id."""
    if text.startswith("q"):
        return About(question_id=text[1:])
    number = text.removeprefix("p")
    if text == "0" or not _ABOUT.fullmatch(text):
        return About()
    return About(post_id=int(number)) if text != number else About(ask_id=int(number))


def text_of(about: About) -> str:
    """Return how a custom id says what it is about."""
    if about.ask_id is not None:
        return str(about.ask_id)
    if about.post_id is not None:
        return f"p{about.post_id}"
    return f"q{about.question_id}" if about.question_id else "0"


def about(reply: Reply) -> About:
    """Return what the buttons below a reply are about."""
    if reply.ask_id is not None:
        return About(reply.ask_id)
    if reply.post_id is not None:
        return About(post_id=reply.post_id)
    fits = reply.question_id and len(reply.question_id) <= LONGEST_QUESTION_ID
    return About(question_id=reply.question_id) if fits else About()


def press_of(custom_id: str) -> Press | None:
    """Return what a custom id asks for; None where it is of another version, or none of ours."""
    found = TEMPLATE.fullmatch(custom_id)
    if found is None or f"v{found['version']}" != VERSION:
        return None
    press = Press(found["what"], found["rest"])
    needs_about = press.what in {*Action, EDIT_ANSWER}
    return None if needs_about and not _ABOUT.fullmatch(press.rest) else press


READING = frozenset(
    {"feedback", "gaps", "grader", "help", "leaderboard", "privacy", "progress", "questions"}
    | {"streak", "streak why", "topics", "interview report"}
)
"""Commands that only show something, so that they can be run again for another page."""


def again(name: str, values: Values, reply: Reply) -> str:
    """Return the press that makes a reply once more, empty where that might change something."""
    if name == "feedback" and reply.attempt_id is not None:
        return f"{RUN}:feedback {reply.attempt_id}"
    if name == Action.REVEAL and reply.ask_id is not None:
        return f"{Action.REVEAL}:{reply.ask_id}"
    if name not in READING or not all(isinstance(value, str) for value in values.values()):
        return ""
    return f"{RUN}:{' '.join((name, *map(str, values.values())))}"


def leaf_of(press: Press) -> tuple[str, int, Press | None]:
    """Return the long message that a button turns, the page, and what makes the message anew."""
    key, _, rest = press.rest.partition(":")
    number, _, made_by = rest.partition(":")
    source = press_of(f"{VERSION}:{made_by}") if made_by else None
    return key, int(number) if number.isdecimal() else 0, source


def about_in(message: discord.Message) -> About:
    """Return what a message of the coach is about, read from its buttons."""
    for row in message.components:
        for item in getattr(row, "children", ()):
            press = press_of(getattr(item, "custom_id", None) or "")
            if press is not None and press.what in set(Action) and press.about != About():
                return press.about
    return About()


def rows_of(
    reply: Reply, key: str = "", page: int = 0, pages: int = 1, *, draft: bool = False
) -> list[list[discord.ui.Button[Any]]]:
    """Return the rows of buttons below a page of a reply.

    Args:
        reply: says what can be done next.
        key: names the long message that a page belongs to.
        page: which page it is, from 0.
        pages: how many there are.
        draft: whether an answer was given back that the learner can edit.
    """
    target = text_of(about(reply))
    actions = [_action(action, target) for action in reply.actions]
    if draft:
        actions.insert(0, button(EDIT, Press(EDIT_ANSWER, target), discord.ButtonStyle.primary))
    choices = [made for choice in reply.choices if (made := _choice(choice)) is not None]
    rows = [*_in_rows(actions), *_in_rows(choices)][: ROWS - 1]
    turning = _turning(key, page, pages, reply.again)
    return [*rows, turning] if turning else rows


def view_of(rows: Sequence[Sequence[discord.ui.Item[Any]]]) -> discord.ui.View | None:
    """Return buttons and other controls as discord.py sends them; None without any.

    Nothing of it is kept in memory: what a press means is in its id.
    """
    if not rows:
        return None
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for item in row:
            item.row = number
            view.add_item(item)
    view.stop()
    return view


def button(
    label: str, press: Press, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> discord.ui.Button[Any]:
    """Return a button; label and id fit."""
    assert len(press.custom_id) <= CUSTOM_ID  # noqa: S101 who makes presses sees to it
    return discord.ui.Button(label=label[:BUTTON_LABEL], custom_id=press.custom_id, style=style)


def _action(action: Action, target: str) -> discord.ui.Button[Any]:
    style = STYLES.get(action, discord.ButtonStyle.secondary)
    return button(LABELS[action], Press(action.value, target), style)


def _choice(choice: Choice) -> discord.ui.Button[Any] | None:
    """Return the button of a choice; None where its words are too long for one."""
    press = Press(RUN, choice.words)
    if len(press.custom_id) > CUSTOM_ID:
        return None
    style = discord.ButtonStyle.danger if choice.grave else discord.ButtonStyle.secondary
    return button(choice.label, press, style)


def _in_rows(buttons: list[discord.ui.Button[Any]]) -> list[list[discord.ui.Button[Any]]]:
    return [
        buttons[start : start + BUTTONS_IN_ROW] for start in range(0, len(buttons), BUTTONS_IN_ROW)
    ]


def _turning(key: str, page: int, pages: int, made_by: str) -> list[discord.ui.Button[Any]]:
    targets = [(PREVIOUS_PAGE, page - 1), (NEXT_PAGE, page + 1)]
    return [
        button(f"{label} ({target + 1}/{pages})", _leaf(f"{key}:{target}", made_by))
        for label, target in targets
        if key and 0 <= target < pages
    ]


def _leaf(page: str, made_by: str) -> Press:
    whole = Press(PAGE, f"{page}:{made_by}")
    return whole if made_by and len(whole.custom_id) <= CUSTOM_ID else Press(PAGE, page)
