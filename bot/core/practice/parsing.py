"""What somebody means who writes in a conversation: a wish, an answer, or something else. Pure.

A wish is understood only where nothing else is said. Whether a text is a try at a question is not
decided here: what may be none is doubtful, and whoever wrote it is asked.
"""

from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.core.practice.talk import AROUND_WISHES, ASKS, GREETINGS, REPLIES, TALK, TALKS
from grading.gates import is_dont_know
from grading.text import clean, content_stems, sentences, words
from knowledge.question import Question


class Wish(StrEnum):
    """What can be asked for in one word."""

    HELP = "help"
    HINT = "hint"
    NEXT = "next"
    SKIP = "skip"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"


MOST_WISH_WORDS: Final = 7
MOST_TALK_WORDS: Final = 25
MOST_FOREIGN_WORDS: Final = 7
"""What is longer is hardly small talk, and the grader tells what it is, as it does of sentences of
more words that have to do with something else."""

MOST_QUESTION_WORDS: Final = 12
"""A longer text of questions alone may say by them what it means."""

SHARED_AFTER_TALK: Final = 3
WORDS_A_SHARED_ONE: Final = 4
"""Words of a good answer that make one of what begins as talk, "great job today" has two; in longer
texts one word in so many. Of 14,300 answers, right and wrong, of at most MOST_TALK_WORDS words,
three in a thousand begin so, and none has fewer."""

WISHES: Final = {
    Wish.HELP: "help commands menu",
    Wish.HINT: "hint hints clue tip",
    Wish.NEXT: "next another new different",
    Wish.SKIP: "skip pass",
    Wish.STOP: "stop cancel quit exit end abort enough",
    Wish.PAUSE: "pause break",
    Wish.RESUME: "resume continue",
}
_WISHES: Final = {word: wish for wish, named in WISHES.items() for word in named.split()}

FEWEST_WORDS: Final = 3
"""Fewer are too short to be graded, so that it costs nothing to ask."""


def wish_of(text: str) -> Wish | None:
    """Return what somebody asks for who says nothing else; None for anything else."""
    said = words(clean(text))
    rest = [word for word in said if word not in AROUND_WISHES]
    if len(said) > MOST_WISH_WORDS or len(set(rest)) != 1:
        return None
    return _WISHES.get(rest[0])


def is_small_talk(text: str) -> bool:
    """Tell whether somebody greets, thanks or praises, and says little else."""
    said = words(clean(text))
    if not said or len(said) > MOST_QUESTION_WORDS:
        return False
    return said[0] in GREETINGS or all(word in TALK for word in said)


def is_courtesy(text: str) -> bool:
    """Tell whether somebody greets, thanks or praises, and says and asks nothing else."""
    said = words(clean(text))
    polite = bool(said) and said[0] in GREETINGS - REPLIES
    return polite and "?" not in text and all(word in TALK for word in said)


def is_doubtful(text: str, question: Question) -> bool:
    """Tell whether a text may be no try at a question, so that it is better to ask.

    That is small talk, a question of their own, what is said to the coach or about oneself, a word
    or two, and what has hardly a word to do with the question or what a good answer says. Somebody
    who does not know has said so, and is in no doubt.
    """
    plain = clean(text)
    said = words(plain)
    if len(said) > MOST_TALK_WORDS:
        return False
    told = [word for word in said if word not in TALK]
    shared = len(frozenset(content_stems(" ".join(told))) & _vocabulary(question))
    lacks = shared < max(SHARED_AFTER_TALK, len(said) // WORDS_A_SHARED_ONE)
    short = len(said) < FEWEST_WORDS or (len(said) <= MOST_QUESTION_WORDS and _only_asks(text))
    if not (lacks or short) or (is_dont_know(text) and not ASKS.match(plain)):
        return False
    if short or said[0] in GREETINGS - REPLIES or ASKS.match(plain) or TALKS.match(plain):
        return True
    if len(said) <= MOST_FOREIGN_WORDS:
        return shared == 0
    return not frozenset(content_stems(plain)) & _vocabulary(question)


def _only_asks(text: str) -> bool:
    return "?" in text and all(span.text.rstrip().endswith("?") for span in sentences(text))


@lru_cache(maxsize=256)
def _vocabulary(question: Question) -> frozenset[str]:
    """Return the stems of the question, and of what good and bad answers to it say."""
    texts = [question.prompt, *question.reference_answers.texts]
    for point in question.key_points:
        texts += (*point.right, *point.wrong)
    texts += (each.claim for each in question.misconceptions)
    return frozenset(content_stems(" ".join(texts)))
