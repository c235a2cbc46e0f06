"""What a site's search looks through, made ready so that a browser only has to add.

For each stem, how much it counts for which question: BM25 over fields of unlike weight (Robertson,
Zaragoza and Taylor 2004). Everyday wordings of the key points count as well, so that words which no
prompt uses lead to a question too.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

import snowballstemmer

from knowledge.bank import QuestionBank
from knowledge.question import Question, fold

EMPTY: Final = frozenset(
    """a an and are at be by can do does for from how i in is it my of on or the to what when which
    why with you your""".split()
)
"""Words that are not looked for. A longer list found less: rare words outweigh others anyway."""

WEIGHTS: Final[Mapping[str, float]] = {
    "prompt": 2,
    "names": 3,
    "phrasings": 6,
    "topic": 0.5,
    "points": 1,
    "references": 1,
    "hints": 0.5,
}
"""What a word counts by where it stands, chosen on `benchmarks/phrasings/chosen.yaml`: 77 % of its
hard phrasings find their question first, and 90 % among three. Synonyms by the nearest word vectors
changed nothing."""

SATURATION: Final = 4.0
LENGTH: Final = 0.5
"""The two constants of BM25: how soon a repeated word adds nothing, how much a long text loses."""

STEPS: Final = 100
"""Whole numbers are shorter than fractions; so many make one."""

_WORD = re.compile(r"[^\W_]+")
SPELLINGS: Final[Mapping[str, str]] = {
    r"(?<=\w\w[iy])z(?=e|ing|ation|able)": "s",
    r"(?<=\w\w)our(?=$|s$|ed|ing|al|able|ite)": "or",
}
"""What Britain and America spell differently, made one: as Python and JavaScript write patterns."""


def search_index(bank: QuestionBank) -> dict[str, Any]:
    """Return what a browser needs to search a bank; a question stands for its place in the bank.

    Returns:
        `stems`: for each stem, places and counts in turn. `forms`: words whose stem is another
        word, and words that are not looked for, with nothing. `names`: whole names, as places.
        `spellings`: what to replace in a word first.
    """
    fields = [_fields(question, bank) for question in bank]
    names = {
        fold(name): place for place, question in enumerate(bank) for name in _names_of(question)
    }
    return {
        "stems": _counts(fields),
        "forms": _forms(fields),
        "names": names,
        "spellings": SPELLINGS,
    }


def _fields(question: Question, bank: QuestionBank) -> dict[str, list[str]]:
    """Return the words of a question by the field they stand in."""
    points = question.key_points
    texts = {
        "prompt": [question.prompt],
        "names": _names_of(question),
        "phrasings": question.phrasings,
        "topic": [topic.title for topic in bank.topics if topic.id == question.topic],
        "points": [text for point in points for text in point.right],
        "references": question.reference_answers.texts,
        "hints": [point.hint for point in points],
    }
    return {name: [w for text in each for w in _words(text)] for name, each in texts.items()}


def _names_of(question: Question) -> list[str]:
    return [*question.aliases, question.id.partition("/")[2].replace("-", " ")]


def _counts(fields: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, list[int]]:
    """Return for each stem the places of the questions that have it, each with what it counts."""
    average = {
        name: max(1.0, sum(len(each[name]) for each in fields) / len(fields)) for name in WEIGHTS
    }
    found: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for place, each in enumerate(fields):
        for name, weight in WEIGHTS.items():
            room = 1 - LENGTH + LENGTH * len(each[name]) / average[name]
            for stem, times in Counter(map(stem_of, each[name])).items():
                found[stem][place] += weight * times / room
    return {
        stem: list(_flat(places, _rarity(len(places), len(fields))))
        for stem, places in sorted(found.items())
    }


def _rarity(among: int, questions: int) -> float:
    return math.log(1 + (questions - among + 0.5) / (among + 0.5))


def _flat(places: Mapping[int, float], rarity: float) -> Iterator[int]:
    for place, often in places.items():
        yield place
        yield max(1, round(STEPS * rarity * often / (SATURATION + often)))


def _forms(fields: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, str]:
    """Return words with their stems, where these differ."""
    words = {word for each in fields for texts in each.values() for word in texts}
    stems = {_respelt(word): stem_of(word) for word in sorted(words)}
    different = {word: stem for word, stem in stems.items() if word != stem}
    return dict.fromkeys(sorted(EMPTY), "") | different


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in EMPTY]


@cache
def stem_of(word: str) -> str:
    """Return what the forms of a word, in either spelling, have in common."""
    return str(snowballstemmer.stemmer("english").stemWord(_respelt(word)))


def _respelt(word: str) -> str:
    for pattern, spelling in SPELLINGS.items():
        word = re.sub(pattern, spelling, word)
    return word
