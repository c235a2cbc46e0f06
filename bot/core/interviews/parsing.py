"""From what a person types behind /interview to topics and a number of questions. Pure."""

import re
from dataclasses import dataclass

from bot.core.commands import Value, Values
from bot.core.interviews.rules import DEFAULT_QUESTIONS, QUESTIONS
from bot.core.questions.errors import UnknownTopic
from knowledge.bank import QuestionBank

LONGEST_TYPED = 200
"""Characters that are read; all topics by their titles need fewer."""

_NUMBER = re.compile(r"[+-]?\d+")
_FILLERS = frozenset({"and", "&", "on", "about", "with", "question", "questions"})


@dataclass(frozen=True)
class Order:
    """What an interview shall be about: ids of topics, none of them for all, and how long."""

    topics: tuple[str, ...] = ()
    questions: int = DEFAULT_QUESTIONS


def read_interview(typed: str) -> Values:
    """Return what was typed: a step, or topics with a number before or behind them."""
    step, rest = (*typed.split(maxsplit=1), "", "")[:2]
    picture, file = (*rest.split(maxsplit=1), "", "")[:2]
    match step.casefold():
        case "pause" | "resume" | "stop" as known:
            return {"step": known}
        case "report" if picture.casefold() == "picture":
            return {"step": "report picture", "file": file.strip()}
        case "report":
            return {"step": "report"}
    words = typed[:LONGEST_TYPED].replace(",", " ").replace(";", " ").split()
    values: dict[str, Value] = {}
    for place in (-1, 0):
        if words and _NUMBER.fullmatch(words[place]):
            values["questions"] = int(words.pop(place))
            break
    return values | ({"topics": " ".join(words)} if words else {})


def ordered(topics: str, questions: int | None, bank: QuestionBank) -> Order:
    """Return what was ordered: topics by id, title or alias, and how many questions.

    Raises:
        UnknownTopic: some of the words name no topic; carries all topics that there are.
        OutOfRange: the number is not within QUESTIONS.
    """
    count = QUESTIONS.check(DEFAULT_QUESTIONS if questions is None else questions)
    words = topics[:LONGEST_TYPED].replace(",", " ").replace(";", " ").split()
    return Order(_topics(words, bank), count)


def _topics(words: list[str], bank: QuestionBank) -> tuple[str, ...]:
    """Return the topics in the words, the longest names first; what joins them is passed over."""
    topics: list[str] = []
    unknown: list[str] = []
    while words:
        length, found = next(
            (
                (length, topic.id)
                for length in range(len(words), 0, -1)
                if (topic := bank.topic_named(" ".join(words[:length]))) is not None
            ),
            (1, ""),
        )
        if found:
            topics.append(found)
        elif words[0].casefold() not in _FILLERS:
            unknown.append(words[0])
        words = words[length:]
    if unknown:
        raise UnknownTopic(" ".join(unknown), tuple(topic.id for topic in bank.topics))
    return tuple(dict.fromkeys(topics))
