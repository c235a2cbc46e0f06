"""What somebody means who writes in a conversation: a wish, an answer, or something else. Pure.

A wish is understood only where nothing else is said. Whether a text is a try at a question is not
decided here: what may be none is doubtful, and whoever wrote it is asked.
"""

from enum import StrEnum
from functools import lru_cache
from typing import Final

from grading.gates import is_dont_know
from grading.text import FUNCTION_WORDS, clean, content_stems, sentences, words
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
MOST_TALK_WORDS: Final = 12
MOST_FOREIGN_WORDS: Final = 7
"""What is longer is hardly small talk, and the grader tells what it is, as it does of sentences of
more words that have to do with something else."""

SHARED_AFTER_GREETING: Final = 3
"""Words of a good answer that make one of what begins as small talk: "great job today" has two."""

WISHES: Final = {
    Wish.HELP: "help commands menu",
    Wish.HINT: "hint hints clue tip",
    Wish.NEXT: "next another new different",
    Wish.SKIP: "skip pass",
    Wish.STOP: "stop cancel quit exit end abort enough",
    Wish.PAUSE: "pause",
    Wish.RESUME: "resume continue",
}
_WISHES: Final = {word: wish for wish, named in WISHES.items() for word in named.split()}

AROUND_WISHES: Final = frozenset(
    """a an and can coach could get give go got have hello hey hi i id ill im interview just let
    lets like may me move my need now of ok okay on one please pls question show some stuck sure
    thank thanks that the then there this to us want we will would yeah yes you""".split()
)
"""Words that wishes are wrapped in."""

GREETINGS: Final = frozenset(
    """afternoon awesome bye cheers cool evening good goodbye great haha hello hey hi hm hmm lol
    morning nice night ok okay oh oops perfect sorry sure thank thanks thx ty welcome wow yay yeah
    yep yes yo no nope nah""".split()
)
"""Words with which small talk begins."""

EVERYDAY: Final = frozenset(
    """ask back bad bit bot break busy call chat check come cool day dinner done fine fun funny game
    good guy guys hard hear home joke late later little long look lot lunch man many mate meet mind
    minute morning new nice off people play read real right say see seen send sleep soon start
    sunday talk tell test think time today tomorrow tonight try wait way week weekend work wrong
    year yesterday""".split()
)
"""Words that good answers have in common with any other talk."""

TALK: Final = GREETINGS | AROUND_WISHES | EVERYDAY | FUNCTION_WORDS
"""Words that make no answer by themselves."""

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
    if not said or len(said) > MOST_TALK_WORDS:
        return False
    return said[0] in GREETINGS or all(word in TALK for word in said)


def is_doubtful(text: str, question: Question) -> bool:
    """Tell whether a text may be no try at a question, so that it is better to ask.

    That is small talk, a question of their own, a word or two, and a few words of which none has to
    do with the question or what a good answer says. Somebody who does not know has said so, and is
    in no doubt.
    """
    said = words(clean(text))
    if len(said) > MOST_TALK_WORDS or is_dont_know(text):
        return False
    if all(span.text.rstrip().endswith("?") for span in sentences(text)):
        return True
    if not FEWEST_WORDS <= len(said) <= MOST_FOREIGN_WORDS:
        return len(said) < FEWEST_WORDS
    told = [word for word in said if word not in TALK]
    shared = frozenset(content_stems(" ".join(told))) & _vocabulary(question)
    return len(shared) < (SHARED_AFTER_GREETING if said and said[0] in GREETINGS else 1)


@lru_cache(maxsize=256)
def _vocabulary(question: Question) -> frozenset[str]:
    """Return the stems of the question, and of what good and bad answers to it say."""
    texts = [question.prompt, *question.reference_answers.texts]
    for point in question.key_points:
        texts += (*point.right, *point.wrong)
    texts += (each.claim for each in question.misconceptions)
    return frozenset(content_stems(" ".join(texts)))
