"""What people type behind /progress: a topic, and whether it shall be a picture. Pure."""

import re
from typing import NamedTuple

from bot.core.questions.errors import UnknownTopic
from knowledge.bank import QuestionBank
from knowledge.question import Topic

QUOTES = "\"'“”"

_PICTURE = re.compile(r"(?:^|\s)picture(?:\s+(?P<file>.*))?$", re.IGNORECASE | re.DOTALL)


class ProgressOrder(NamedTuple):
    """One topic or everything, in words or as a picture, in a file of this name."""

    topic: Topic | None = None
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
    if found is None:
        return ProgressOrder(topic_of(words, bank))
    about = topic_of(words[: found.start()], bank)
    return ProgressOrder(about, picture=True, file=(found["file"] or "").strip())


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
