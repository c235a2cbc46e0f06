"""What can be guessed of a question for its author to correct: its kind, a name, its topic."""

import math
import re
import unicodedata
from collections import Counter
from typing import Any, Final

from knowledge.bank import QuestionBank
from knowledge.own import slug_of
from knowledge.question import PointRole, QuestionKind, Topic

SLUG_WORDS: Final = 4
LONGEST_SLUG: Final = 40

NAMES_COUNT: Final = 5
"""A word in a name or a prompt counts as often as in so many sentences."""

_TELLING: Final = {
    QuestionKind.BEHAVIOURAL: r"\b(tell me about a|describe a (time|situation|project)|"
    r"have you ever|an example of a time|a time (when|that) you|your (last|biggest|own) project)",
    QuestionKind.COMPARISON: r"\b(differ(s|ent|ence)?|compare|compares|versus|vs\.?|"
    r"instead of|rather than|distinguish|trade-?offs? between|which would you (choose|prefer))\b",
    QuestionKind.DESIGN: r"\b((how (would|do|can|could) you|you are asked to) "
    r"(design|build|deploy|set up|solve|approach|implement|serve|architect|classify|detect|predict)"
    r"|design an?|sketch an?|architecture (for|of) a system)\b",
}
"""Looked for in this order; what has none of it explains a concept."""

_EMPTY: Final = frozenset(
    """a an and any are as at be between by can could describe did difference do does explain
    few for from give how i if in into is it its list made make me mean meant name of on one
    or should some tell than that the their them there these this those to used using use
    was what when where which while who why will with would you your""".split()
)
"""Words that tell nothing about what a question is about."""


def kind_of(prompt: str) -> QuestionKind:
    """Return what a question seems to want."""
    folded = prompt.casefold()
    found = (kind for kind, pattern in _TELLING.items() if re.search(pattern, folded))
    return next(found, QuestionKind.CONCEPT)


def slug_for(text: str) -> str:
    """Return a short name made of the words that a text is about."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", re.sub(r"'[a-z]*", "", plain.decode().lower()))
    kept = [word for word in words if word not in _EMPTY][:SLUG_WORDS]
    slug = "-".join(kept)[:LONGEST_SLUG].strip("-")
    return slug or slug_of(text)


def slug_like(text: str) -> bool:
    """Whether a text may be the name of a topic or a file: lower case, digits, single hyphens."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def point_of(statement: str) -> dict[str, Any]:
    """Return the beginning of a key point; what else it needs is for its author to write."""
    return {
        "id": slug_for(statement),
        "role": PointRole.ESSENTIAL.value,
        "weight": 1,
        "statement": statement,
    }


def free(name: str, taken: set[str]) -> str:
    """Return the name, with a number where it is taken, and take it."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


class TopicGuess:
    """Guess the topic of a text by the words that the bank's questions on each topic are made of.

    Naive Bayes over word stems with one count added to each: enough to put a draft into a folder,
    where its author can move it, and it needs no model.
    """

    def __init__(self, bank: QuestionBank) -> None:
        self._counts = {topic.id: Counter(_stems_on(bank, topic)) for topic in bank.topics}
        self._known = {stem for counts in self._counts.values() for stem in counts}

    def __call__(self, text: str) -> str | None:
        """Return the likeliest topic's id; None where no word of the text is known."""
        stems = [stem for stem in _stems(text) if stem in self._known]
        if not stems:
            return None
        return max(self._counts, key=lambda topic: self._likelihood(stems, self._counts[topic]))

    def _likelihood(self, stems: list[str], counts: Counter[str]) -> float:
        total = counts.total() + len(self._known)
        return sum(math.log((counts[stem] + 1) / total) for stem in stems)


def _stems_on(bank: QuestionBank, topic: Topic) -> list[str]:
    """Return the words of a topic's questions, its own names and theirs counting more."""
    names = (topic.title, topic.summary, *topic.aliases)
    texts = [*names] * NAMES_COUNT
    for question in bank.by_topic(topic.id):
        texts += [question.prompt, *question.aliases] * NAMES_COUNT
        texts += question.reference_answers.texts
        texts += [text for point in question.key_points for text in point.right]
    return [stem for text in texts for stem in _stems(text)]


def _stems(text: str) -> list[str]:
    """Return the words that tell something, without a plural's s."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return [word.removesuffix("s") for word in words if word not in _EMPTY]
