"""Answers that earn nothing whatever their words: recognised by what they are, not by likeness.

Each gate is one function that looks at one thing. A gate must never fire on a correct short
answer, so those about shape (keywords, brevity) ask for several signs at once.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from grading.text import FUNCTION_WORDS, Span, clean, content_stems, sentences, words

MAX_CHARACTERS = 4000
"""Longer texts are not graded: bounded work for any input."""

MIN_LETTERS_FOR_LANGUAGE = 25
LANGUAGE_CERTAINTY = 0.9
ENGLISH_FUNCTION_SHARE = 0.18
"""English prose has 35 to 55 % function words; other languages share a few by accident."""

ECHO_NOVELTY = 0.3
"""A restated question brings at most this share of new content words."""

KEYWORD_FUNCTION_SHARE = 0.2
KEYWORD_MIN_TERMS = 4
KEYWORD_TERM_WORDS = 2.6
"""A list of terms: four at least, of under three words on average, with hardly any grammar."""

COPIED_RATIO = 92.0
COPIED_MIN_WORDS = 12
"""Two short right answers are alike by chance; twelve words in a row hardly ever are."""

DONT_KNOW_MAX_STEMS = 5
"""Somebody who knows nothing hardly says anything besides."""

_DONT_KNOW = re.compile(
    "|".join(
        (
            r"\bidk\b|\bdunno\b|\bbeats me\b|\bno (?:idea|clue|answer)\b|\bnot (?:really )?sure\b",
            r"(?:\bi['’]?m?\b|^|[,.;-]\s)\W*(?:(?!you\b|we\b|it\b|they\b|that\b)\w+\s+){0,3}"
            r"(?:do|did|could|ca|can)\s?n[o'’]*t\s+"
            r"(?:\w+\s+){0,2}(?:know|remember|recall|tell|say|answer|explain|name|think of)\b",
            r"\b(?:have|haven['’]?t|got)\s+(?:no|a|the)?\s*(?:slightest|foggiest|idea|clue)",
            r"\bnever\s+(?:really\s+)?(?:heard|learn|used|stud|touched|worked|came|come|looked|understood)",
            r"\blook\s+(?:\w+\s+){1,2}up\b|\bmaking (?:things|it|this) up\b|\brather not guess\b",
            r"\b(?:not|isn['’]?t) (?:really )?(?:my (?:area|field|thing|strength)|something i c)",
            r"\bheard (?:of it|the (?:term|name))\b|\bblank(?:ing|ed)?\b|\bover my head\b|\bpass\b",
            r"\bskip (?:this|it|please|that)\b|\bthe next (?:one|question)\b|\ball i can offer\b",
        )
    ),
    re.IGNORECASE,
)

_INSTRUCTION = re.compile(
    "|".join(
        (
            # the rules are to be dropped
            r"\b(?:ignore|disregard|forget|override|bypass|omit)\b.{0,60}\b(?:rubric|instruction"
            r"|prompt|rules?|criteria|grading|guideline|above|previous|prior|reference|criticism)",
            # marks are to be handed out
            r"\b(?:full|top|perfect|maximum|max|highest|all the)\s+(?:possible\s+)?"
            r"(?:marks?|scores?|points?|credits?|grades?|rating)\b",
            r"\b(?:give|award|assign|grant|hand|deserve|put|write|wrote|enter)\b.{0,40}"
            r"(?:\b10\s*/\s*10|\bthe maximum\b)|\b(?:award|deserve|give me)\b.{0,20}\bmarks\b",
            r"\b(?:mark|grade|count|treat|accept|consider|rate|record|tick|list|confirm)\s+"
            r"(?:off\s+)?(?:this|it|my|me|the (?:answer|point|rest)|every|each|all)\b.{0,40}"
            r"\b(?:correct|covered|complete|fulfilled|met|passed|strong|excellent|right)\b",
            r"[\"']?\b(?:score|grade|band|marks?|verdict|status)[\"']?\s*(?:[:=]|\bis\b|\bto\b)\s*"
            r"[\"']?(?:1(?:\.0+)?\b|10\b|100\b|full|max|strong|perfect|complete|covered|excellent)",
            # the grader is addressed or given a part to play
            r"\b(?:rubric|grader|examiner|key ?points?|candidate answer)\b",
            r"\b(?:in character|play a game)\b",
            r"\bmy (?:grade|score|marks)\b",
            r"\b(?:system|developer|assistant)\s*(?:prompt|message|override|note|instruction|:)",
            r"\bnote to the (?:model|ai|system)\b|\bauto-?approved?\b",
            r"\byou are (?:now )?(?:an? |the |my )?(?:\w+ ){0,3}(?:assistant|evaluator|ai|bot)\b",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
"""Phrases by which people try to talk a grader into marks. Answers about machine learning hardly
use them; a sentence that does earns nothing, and the rest of the answer is graded as usual."""

_ABOUT_THE_QUESTION = frozenset(
    """ask question answer explain describ discuss tell say said compar differ thing way part situat
    reason matter need want know choos choic depend determin interest work exact certain name look
    hear two kind exist give given consid call differenc detail topic talk task requir come goe
    place sit short first second""".split()
)
"""Stems with which a question is talked about; they add nothing to a restated question."""


def instructions(text: str) -> list[Span]:
    """Return the sentences that address the grader instead of answering."""
    return [span for span in sentences(text) if _INSTRUCTION.search(clean(span.text))]


def is_dont_know(text: str, prompt_stems: frozenset[str] = frozenset()) -> bool:
    """Whether the answer says that there is none, and little else."""
    said = [clean(span.text) for span in sentences(text)]
    others = [sentence for sentence in said if not _DONT_KNOW.search(sentence)]
    rest = frozenset(content_stems(" ".join(others))) - prompt_stems
    return len(others) < len(said) and len(rest) <= DONT_KNOW_MAX_STEMS


def says_dont_know(text: str) -> bool:
    """Whether a sentence of the answer admits not to know."""
    return any(_DONT_KNOW.search(clean(span.text)) for span in sentences(text))


def is_echo(stems: frozenset[str], prompt_stems: frozenset[str]) -> bool:
    """Whether the answer brings hardly a word that the question did not have."""
    own = stems - _ABOUT_THE_QUESTION
    shared = len(own & prompt_stems)
    return shared >= min(2, len(prompt_stems)) and shared >= (1 - ECHO_NOVELTY) * len(own)


def is_keyword_list(text: str) -> bool:
    """Whether the answer is a list of terms without statements."""
    tokens = words(text)
    terms = [term for term in re.split(r"[,;\n\r•|/]+|\s+[-–—*]\s+|\.\s+", text) if words(term)]
    if len(terms) < KEYWORD_MIN_TERMS or not tokens:
        return False
    grammar = sum(token in FUNCTION_WORDS for token in tokens) / len(tokens)
    return grammar < KEYWORD_FUNCTION_SHARE and len(tokens) / len(terms) <= KEYWORD_TERM_WORDS


def is_not_english(text: str) -> bool:
    """Whether the answer is written in another language; unsure answers count as English."""
    plain = clean(text)
    letters = [char for char in plain if char.isalpha()]
    if len(letters) < MIN_LETTERS_FOR_LANGUAGE:
        return sum(not _is_latin(char) for char in letters) > len(letters) / 2
    tokens = words(plain)
    if sum(token in FUNCTION_WORDS for token in tokens) >= ENGLISH_FUNCTION_SHARE * len(tokens):
        return False
    language, certainty = _language_identifier().classify(plain)
    return bool(language != "en" and certainty >= LANGUAGE_CERTAINTY)


def is_copied(text: str, originals: Sequence[str]) -> bool:
    """Whether the answer is one of these texts, nearly letter by letter."""
    plain = clean(text).casefold()
    if len(words(plain)) < COPIED_MIN_WORDS:
        return False
    return any(fuzz.ratio(plain, clean(one).casefold()) >= COPIED_RATIO for one in originals)


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("LATIN", "GREEK", "MATHEMATICAL"))


@functools.cache
def _language_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
