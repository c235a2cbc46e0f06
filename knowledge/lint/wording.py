"""How sentences are written: whole, one claim a statement, as long as they are spoken."""

import re
from collections.abc import Iterator

from knowledge.lint.finding import Check, Finding, Sentence, claims_of, finding, statements_of
from knowledge.question import Question

MOST_WORDS = 34
"""Words of a sentence that somebody can say in one breath; the longest shipped statement has 33."""

FEWEST_WORDS = 4

SPOKEN = {"short": (25, 100), "full": (100, 300)}
"""Words of a reference answer, at 150 words a minute: half a minute, and two minutes."""

_ENDS = re.compile(r"[.!?…][\"'”’)]*$")
_HANGS = re.compile(r"(?:Because|So that|Such as|Whose)\b(?!.*,)")
_NOUN_PHRASE = re.compile(r"(?:A|An|The)\b(?! (?:\w+er|more|less|worse)\b)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|am|do|does|did|have|has|had|can|could|may|might|must|shall|should|will"
    r"|would|cannot|let|need|rose|fell|got|kept|gave|took|became|made|saw|went|grew|told|came|led"
    r"|ran|held|cut|put|set|met|knew|thought|found|lost|left|built|spent|meant|said|\w+n['’]t"
    r"|\w+['’](?:s|re|ve|ll|d)|\w\w+(?:[^s]s|ed))\b",
    re.IGNORECASE,
)
"""Words that are, or may be, a finite verb: any word in -s or -ed counts."""

_TERM = re.compile(r"\W*[a-z]+(?:[-+.\d]|[A-Z])")
"""A beginning in lower case that is a term's own spelling: k-means, t-SNE, mAP, p95."""

_SECOND_SENTENCE = re.compile(r";\s|[.!?]\s+[A-Z]")
_SECOND_CLAUSE = re.compile(
    r", and (?P<second>(?:I|a|an|each|no|one|some|the|you|we|people"
    r"|\w+ (?:can|is|are|may|must))\b.*)"
)
_REFERS = re.compile(
    r"\b(?:it|its|they|their|them|this|that|these|those|each|one|ones|both|former|latter|same|such"
    r"|itself|other|others|then)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    """also and are but can for from had has have into more most must not one only should some than
    that the then they this was were what when where which will with you your""".split()
)
_STEM = 5


def fragments(question: Question) -> Iterator[Finding]:
    """Find wordings that are no sentence: without capital, full stop or verb, or cut off."""
    remedy = "Write a whole sentence, with a capital letter, a verb and a full stop"
    for sentence in claims_of(question):
        problem = _fragmentary(sentence.text)
        if problem:
            yield finding(
                Check.FRAGMENT, question, sentence, f"{problem}: {sentence.text!r}", remedy
            )


def two_claims(question: Question) -> Iterator[Finding]:
    """Find statements that say two things, of which a learner may know one."""
    remedy = "Make two key points of it, or say the one that the prompt asks for"
    for sentence in statements_of(question):
        if _SECOND_SENTENCE.search(sentence.text) or _has_second_claim(sentence.text):
            problem = f"it makes two claims: {sentence.text!r}"
            yield finding(Check.TWO_CLAIMS, question, sentence, problem, remedy)


def lengths(question: Question) -> Iterator[Finding]:
    """Find wordings and reference answers that nobody would say at that length."""
    for sentence in claims_of(question):
        count = len(sentence.text.split())
        if count > MOST_WORDS:
            problem, remedy = f"it has {count} words", f"Say it in at most {MOST_WORDS}"
            yield finding(Check.LENGTH, question, sentence, problem, remedy)
    for name, (fewest, most) in SPOKEN.items():
        text = getattr(question.reference_answers, name)
        count = len(text.split())
        if not fewest <= count <= most:
            problem = f"it has {count} words"
            remedy = f"Write {fewest} to {most}, as many as are spoken in its time"
            where = Sentence(f"reference_answers.{name}", text)
            yield finding(Check.LENGTH, question, where, problem, remedy)


def _fragmentary(text: str) -> str | None:
    """Say why a text is no sentence; None where it may be one."""
    if not _ENDS.search(text):
        return "it ends without a full stop"
    if text[0].islower() and not _TERM.match(text):
        return "it begins without a capital letter"
    if len(text.split()) < FEWEST_WORDS:
        return f"it has fewer than {FEWEST_WORDS} words"
    if _HANGS.match(text):
        return "it is the end of another sentence"
    if _NOUN_PHRASE.match(text) and not _VERB.search(text):
        return "it has no verb"
    return None


def _has_second_claim(text: str) -> bool:
    """Whether a second clause with a subject of its own refers to nothing in the first."""
    found = _SECOND_CLAUSE.search(text)
    if not found or _REFERS.search(found["second"]):
        return False
    first, second = text[: found.start()], found["second"]
    return not _content(first) & _content(second)


def _content(text: str) -> set[str]:
    """Return the beginnings of a text's words, those without content aside."""
    words = re.findall(r"[a-z]{3,}", text.lower())
    return {word[:_STEM] for word in words if word not in _EMPTY}
