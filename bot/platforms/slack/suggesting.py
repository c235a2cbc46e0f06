"""Suggestions while somebody types what to be asked about: topics, questions, their own words."""

from typing import Any, Final

from bot.core.wording.slack import about_words
from bot.platforms.slack.buttons import plain
from bot.platforms.slack.limits import OPTION, size
from bot.platforms.slack.text import fitted, readable
from knowledge.bank import QuestionBank, names_of
from knowledge.question import fold

MOST: Final = 25
"""More than anybody reads through; Slack takes 100."""


def options(bank: QuestionBank, words: str) -> list[dict[str, Any]]:
    """Return the options for what was typed so far; the value of each is what `ask` takes."""
    said = readable(words, one_line=True)
    parts = fold(said).split()
    found = [
        (topic.title, topic.id)
        for topic in bank.topics
        if _has(parts, " ".join((topic.id, topic.title, *topic.aliases)))
    ]
    found += [
        (question.prompt, question.id)
        for question in bank
        if parts and _has(parts, " ".join(names_of(question)))
    ]
    options = [_option(label, value) for label, value in found if size(value) <= OPTION][:MOST]
    if said:
        options.append(_option(about_words(said), fitted(said, OPTION)))
    return options


def _has(parts: list[str], names: str) -> bool:
    folded = fold(names)
    return all(part in folded for part in parts)


def _option(label: str, value: str) -> dict[str, Any]:
    return {"text": plain(fitted(label, OPTION)), "value": value}
