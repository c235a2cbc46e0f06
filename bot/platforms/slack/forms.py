"""Modals: to write an answer, to choose what to be asked, to wait, to read a reply."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from bot.core.reply import Paragraph, Prompt, Quote, Reply
from bot.platforms.cutting import size
from bot.platforms.front_desk import About
from bot.platforms.slack import words
from bot.platforms.slack.buttons import decoded, encoded, plain
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.limits import INPUT, PRIVATE_METADATA, VIEW_TITLE
from bot.platforms.slack.render import view_blocks
from bot.platforms.slack.text import fitted

Json = dict[str, Any]

ANSWER: Final = "coach:answer"
TOPIC: Final = "coach:topic"
READING: Final = "coach:reading"
"""callback_id of the form for an answer, of the choice of a topic, and of what is only read."""

FIELD: Final = "field"
"""block_id and action_id of the one input of a form."""


@dataclass(frozen=True)
class Origin:
    """Where a form was opened, and what it is about; it travels in the form."""

    target: About = field(default_factory=About)
    channel: str = ""
    channel_name: str = ""
    thread: str = ""

    def packed(self) -> str:
        """Return it as private_metadata, within Slack's limit."""
        parts = [encoded(self.target), self.channel, self.channel_name, self.thread]
        packed = json.dumps(parts)
        return packed if size(packed) <= PRIVATE_METADATA else json.dumps([*parts[:2], "", ""])

    @classmethod
    def unpacked(cls, metadata: str) -> "Origin":
        """Read private_metadata; of one that is not ours nothing is known."""
        try:
            target, channel, name, thread = json.loads(metadata)
            return cls(decoded(target) or About(), str(channel), str(name), str(thread))
        except (ValueError, TypeError, AttributeError):
            return cls()


def answer_form(prompt: str, origin: Origin, dialect: Dialect, draft: str = "") -> Json:
    """Return the form for an answer, with the question above and a draft where there is one."""
    element: Json = {
        "type": "plain_text_input",
        "action_id": FIELD,
        "multiline": True,
        "max_length": INPUT,
        "focus_on_load": True,
        "placeholder": plain(words.PLACEHOLDER),
    }
    if draft:
        element["initial_value"] = fitted(draft, INPUT)
    question = view_blocks(Reply((Prompt(prompt),)), dialect) if prompt else []
    entry = {
        "type": "input",
        "block_id": FIELD,
        "label": plain(words.YOUR_ANSWER),
        "hint": plain(words.ANSWER_HINT),
        "element": element,
    }
    return modal(ANSWER, words.YOUR_ANSWER, [*question, entry], origin, submit=words.SUBMIT)


def topic_form(origin: Origin) -> Json:
    """Return the form to choose a topic, a question or words of one's own."""
    entry = {
        "type": "input",
        "block_id": FIELD,
        "optional": True,
        "label": plain(words.ABOUT_WHAT),
        "hint": plain(words.ABOUT_HINT),
        "element": {
            "type": "external_select",
            "action_id": FIELD,
            "min_query_length": 0,
            "placeholder": plain(words.ANYTHING),
        },
    }
    return modal(TOPIC, words.ASK_ME, [entry], origin, submit=words.ASK)


def waiting_view(
    origin: Origin, dialect: Dialect, answer: str = "", text: str = words.LOOKING
) -> Json:
    """Return what is shown while an answer is graded, or something else is done as `text` says."""
    said: tuple[Quote, ...] = (Quote(answer),) if answer else ()
    text = words.GRADING if answer else text
    blocks = view_blocks(Reply((Paragraph(text), *said)), dialect)
    return modal(READING, words.A_MOMENT, blocks, origin)


def reply_view(reply: Reply, origin: Origin, dialect: Dialect) -> Json:
    """Return a reply to read, with its buttons."""
    return modal(READING, words.COACH, view_blocks(reply, dialect), origin)


def modal(kind: str, title: str, blocks: list[Json], origin: Origin, submit: str = "") -> Json:
    """Return a modal; its kind is the callback_id by which it is recognised."""
    view: Json = {
        "type": "modal",
        "callback_id": kind,
        "title": plain(fitted(title, VIEW_TITLE)),
        "close": plain(words.CLOSE),
        "private_metadata": origin.packed(),
        "blocks": blocks,
    }
    if submit:
        view["submit"] = plain(submit)
    return view
