"""What can follow /ask while somebody is still typing it. Pure, and quick enough for every key."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from knowledge.bank import QuestionBank

MOST_TYPED = 100
"""Characters compared; nobody types more of a question's name."""

NEAR_ENOUGH = 60.0
"""Names less similar (0 to 100) than this are left out: they share letters by chance."""


class Suggestion(NamedTuple):
    """A topic or a question: what is shown, and what /ask is to be given."""

    label: str
    words: str


def suggestions(bank: QuestionBank, typed: str, most: int) -> tuple[Suggestion, ...]:
    """Return what the typed words may mean, the nearest first; all topics before anything is typed.

    Names that hold the words as they are come before names that are only like them.
    """
    return _like(_names(bank), bank, typed, most)


def topic_suggestions(bank: QuestionBank, typed: str, most: int) -> tuple[Suggestion, ...]:
    """Return the topics that the typed words may mean, the nearest first; all before any is."""
    names = {name.casefold(): suggestion for name, suggestion in _topics(bank)}
    return _like(names, bank, typed, most)


def _like(
    names: Mapping[str, Suggestion], bank: QuestionBank, typed: str, most: int
) -> tuple[Suggestion, ...]:
    wanted = " ".join(typed[:MOST_TYPED].casefold().split())
    if not wanted:
        return tuple(Suggestion(topic.title, topic.id) for topic in bank.topics)[:most]
    begins = [name for name in names if name.startswith(wanted)]
    holds = [name for name in names if wanted in name]
    hits = process.extract(wanted, list(names), scorer=fuzz.WRatio, limit=4 * most)
    like = [name for name, score, _ in hits if score >= NEAR_ENOUGH]
    found = dict.fromkeys(names[name] for name in (*begins, *holds, *like))
    return tuple(found)[:most]


@lru_cache(maxsize=4)
def _names(bank: QuestionBank) -> dict[str, Suggestion]:
    """Return every name by which a topic or a question goes, with what it stands for."""
    found: dict[str, Suggestion] = {}
    for name, suggestion in (*_topics(bank), *_questions(bank)):
        found.setdefault(name.casefold(), suggestion)
    return found


def _topics(bank: QuestionBank) -> Iterator[tuple[str, Suggestion]]:
    for topic in bank.topics:
        suggestion = Suggestion(topic.title, topic.id)
        yield from ((name, suggestion) for name in (topic.title, topic.id, *topic.aliases))


def _questions(bank: QuestionBank) -> Iterator[tuple[str, Suggestion]]:
    for question in bank:
        suggestion = Suggestion(question.prompt, question.id)
        for name in (question.slug.replace("-", " "), *question.aliases, question.prompt):
            yield name, suggestion
