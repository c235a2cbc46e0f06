"""Suggestions while somebody types what to be asked about: topics, questions, their own words."""

from typing import Any, Final

from bot.core.questions.autocomplete import suggestions
from bot.platforms.cutting import size
from bot.platforms.slack.buttons import plain
from bot.platforms.slack.limits import OPTION
from bot.platforms.slack.text import fitted, readable
from bot.platforms.slack.words import about_words
from knowledge.bank import QuestionBank

MOST: Final = 25
"""More than anybody reads through; Slack takes 100."""


def options(bank: QuestionBank, words: str) -> list[dict[str, Any]]:
    """Return the options for what was typed so far; the value of each is what `ask` takes."""
    said = readable(words, one_line=True)
    found = [one for one in suggestions(bank, said, MOST) if size(one.words) <= OPTION]
    options = [_option(one.label, one.words) for one in found]
    if said:
        options.append(_option(about_words(said), fitted(said, OPTION)))
    return options


def _option(label: str, value: str) -> dict[str, Any]:
    return {"text": plain(fitted(readable(label, one_line=True), OPTION)), "value": value}
