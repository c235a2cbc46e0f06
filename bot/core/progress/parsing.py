"""What people type behind /progress: a topic, and whether it shall be a picture. Pure."""

import re
from typing import NamedTuple

from bot.core.questions.errors import UnknownTopic
from knowledge.bank import QuestionBank
from knowledge.question import Topic

QUOTES = "\"'“”"

_PICTURE = re.compile(r"(?:^|\s)picture(?:\s+(?P<file>.*))?$", re.IGNORECASE | re.DOTALL)


ALL_TOPICS = "all topics"
"""Stands in place of a topic where the whole is wanted at length."""


class ProgressOrder(NamedTuple):
    """One topic, everything, or everything `at_length`; in words, or as a picture in a file."""

    topic: Topic | None = None
    at_length: bool = False
    picture: bool = False
    file: str = ""


def read_order(words: str, bank: QuestionBank) -> ProgressOrder:
    """Return what the words order; the name of a question stands for its topic.

    Raises:
        UnknownTopic: what stands before the picture names no topic; carries all that there are.
    """
    words = words.strip()
    if _named(words, bank):
        return ProgressOrder(_named(words, bank))
    found = _PICTURE.search(words)
    about = words[: found.start()] if found else words
    at_length = is_all(about)
    topic = None if at_length else topic_of(about, bank)
    file = (found["file"] or "").strip() if found else ""
    return ProgressOrder(topic, at_length, picture=found is not None, file=file)


def is_all(words: str) -> bool:
    """Tell whether the words stand for all topics."""
    return words.strip().casefold() in {ALL_TOPICS, "all"}


def topic_of(words: str, bank: QuestionBank) -> Topic | None:
    """Return the topic that the words name, None where there are no words.

    Raises:
        UnknownTopic: they name none; carries all that there are.
    """
    topic = _named(words, bank)
    if topic is None and words.strip():
        raise UnknownTopic(words.strip(), tuple(each.id for each in bank.topics))
    return topic


def _named(words: str, bank: QuestionBank) -> Topic | None:
    name = words.strip().strip(QUOTES).strip()
    question = bank.named(name)
    return bank.topic_named(name) or (bank.topic(question.topic) if question else None)
