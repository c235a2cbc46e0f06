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

from grading.phrases import ABOUT_THE_QUESTION, DONT_KNOW, TO_THE_GRADER
from grading.text import FUNCTION_WORDS, Span, clean, content_stems, sentences, words

MAX_CHARACTERS = 4000
"""Longer texts are not graded: bounded work for any input."""

MIN_LETTERS_FOR_LANGUAGE = 25
LANGUAGE_CERTAINTY = 0.9
ENGLISH_FUNCTION_SHARE = 0.18
"""English prose has 35 to 55 % function words; other languages share a few by accident."""

ECHO_NOVELTY = 0.3
"""A restated question brings at most this share of new content words."""

KEYWORD_FUNCTION_SHARE = 0.15
KEYWORD_MIN_TERMS = 4
KEYWORD_TERM_WORDS = 2.6
"""A list of terms: four at least, of under three words on average, with hardly any grammar."""

COPIED_RATIO = 92.0
COPIED_MIN_WORDS = 12
"""Two short right answers are alike by chance; twelve words in a row hardly ever are."""

COPIED_ANSWER_MIN_WORDS = 20
"""Learners who were taught the same sentence write it alike: of the answers of 12 to 19 words, 1.4
% of scientsbank's and 34 % of beetle's have a double; from 20 words on, 0.5 % and 6 %."""

COPIED_LENGTH_SHARE = 0.8
"""A text that has under this share of another's letters cannot be its near copy: the ratio of 92
needs 0.85. Most others need not be cleaned for that, which takes longer than all the rest."""

MAX_OTHERS = 500
"""Other learners' answers that are looked at; the first of those given."""

DONT_KNOW_MAX_STEMS = 5
ADMISSION_MAX_STEMS = 8
"""Somebody who knows nothing hardly says anything besides, in other sentences or in this one."""


OF_THE_MATTER_STEMS = 3
"""From so many content words on, a sentence may be about admissions or graders, where the question
is: "Let it say "I don't know" and make that a fine answer"."""


def instructions(text: str, vocabulary: frozenset[str] = frozenset()) -> list[Span]:
    """Return the sentences that address the grader instead of answering.

    Args:
        text: the answer.
        vocabulary: stems of what is right about the question, where some of the words that usually
            give such sentences away may belong to the matter: "rubric", "system prompt".
    """
    return [
        span
        for span in sentences(text)
        if _told_by_others(TO_THE_GRADER, clean(span.text), vocabulary)
    ]


def is_dont_know(
    text: str,
    prompt_stems: frozenset[str] = frozenset(),
    vocabulary: frozenset[str] = frozenset(),
) -> bool:
    """Whether the answer says that there is none, and little else; see `instructions`."""
    said = [clean(span.text) for span in sentences(text)]
    others = [sentence for sentence in said if not _admits(sentence, vocabulary)]
    rest = frozenset(content_stems(" ".join(others))) - prompt_stems
    return len(others) < len(said) and len(rest) <= DONT_KNOW_MAX_STEMS


def says_dont_know(text: str, vocabulary: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence of the answer admits not to know; see `instructions`."""
    return any(_told_by_others(DONT_KNOW, clean(span.text), vocabulary) for span in sentences(text))


def is_echo(stems: frozenset[str], prompt_stems: frozenset[str]) -> bool:
    """Whether the answer brings hardly a word that the question did not have."""
    own = stems - ABOUT_THE_QUESTION
    shared = len(own & prompt_stems)
    return shared >= min(2, len(prompt_stems)) and shared >= (1 - ECHO_NOVELTY) * len(own)


def repeats(text: str, prompt: str) -> bool:
    """Whether a text is the question itself, a part of it, or a question of its own."""
    plain = clean(text).casefold().strip()
    return plain.endswith("?") or fuzz.partial_ratio(plain, clean(prompt).casefold()) > COPIED_RATIO


def is_keyword_list(text: str) -> bool:
    """Whether the answer is a list of terms without statements."""
    tokens = words(text)
    terms = [
        term for term in re.split(r"[,;\n\r•|/]+|(?<!\s)\s+[-–—*]\s+|\.\s+", text) if words(term)
    ]
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
    return _is_near_copy(text, originals, COPIED_MIN_WORDS)


def is_copied_answer(text: str, others: Sequence[str]) -> bool:
    """Whether the answer is that of another learner, nearly letter by letter.

    Only the first MAX_OTHERS are looked at, and none that is too long to be graded.
    """
    graded = [one for one in others[:MAX_OTHERS] if len(one) <= MAX_CHARACTERS]
    return _is_near_copy(text, graded, COPIED_ANSWER_MIN_WORDS)


def _is_near_copy(text: str, originals: Sequence[str], min_words: int) -> bool:
    plain = clean(text).casefold()
    if len(words(plain)) < min_words:
        return False
    letters = _letters(plain)
    alike = (one for one in originals if _similar_size(letters, _letters(one)))
    return any(fuzz.ratio(plain, clean(one).casefold(), score_cutoff=COPIED_RATIO) for one in alike)


def _letters(text: str) -> int:
    return sum(map(len, text.split()))


def _similar_size(ours: int, theirs: int) -> bool:
    return min(ours, theirs) >= COPIED_LENGTH_SHARE * max(ours, theirs)


def _admits(sentence: str, vocabulary: frozenset[str]) -> bool:
    """Whether a sentence says "I don't know", rather than much else with those words in it."""
    admission = _told_by_others(DONT_KNOW, sentence, vocabulary)
    return admission and len(content_stems(sentence)) <= ADMISSION_MAX_STEMS


def _told_by_others(pattern: re.Pattern[str], sentence: str, vocabulary: frozenset[str]) -> bool:
    """Whether a pattern finds words in a sentence that are not those of the question's own matter.

    In a sentence of a few words they are always taken for what they usually are.
    """
    if len(content_stems(sentence)) < OF_THE_MATTER_STEMS:
        return bool(pattern.search(sentence))
    return any(
        not (stems := frozenset(content_stems(match.group()))) or not stems <= vocabulary
        for match in pattern.finditer(sentence)
    )


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("LATIN", "GREEK", "MATHEMATICAL"))


@functools.cache
def _language_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
