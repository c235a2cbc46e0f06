"""Markdown notes → the questions and problems in them, with what is written below each.

Notes have no form of their own, so this reads what people commonly write: a question in a list, as
a heading, in bold or behind `Q:`, and its answer below it or behind `A:`; an exercise behind
`Problem:` with what follows behind `Solution:`. Lines that are neither come along as context.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_LINE = re.compile(
    r"^(?P<indent>\s*)(?P<mark>#{1,6}\s+|[-*+•]\s+|\d{1,3}[.)]\s+|>\s*)?(?P<text>.*?)\s*#*\s*$"
)
_ASKS = re.compile(r"^(?:q(?:uestion)?\s*\d*\s*[:.)]\s*)(?P<text>.+)$", re.IGNORECASE)
_ANSWERS = re.compile(
    r"^(?:a(?:nswer)?|solution|approach)\s*\d*\s*[:.)]\s*(?P<text>.*)$", re.IGNORECASE
)
_PROBLEM = re.compile(
    r"^(?:problem|exercise|task|case|scenario)\s*\d*\s*[:.)]\s*(?P<text>.+)$", re.IGNORECASE
)
_QUESTION = re.compile(r"\?[\"'”’)]*(\s|$)")
_TOLD = re.compile(
    r"^(explain|describe|compare|contrast|define|discuss|derive|design|sketch|outline|walk me|"
    r"tell me|talk me|give an example|name (a|some|two|three|four|five)|list (a|some|two|three))\b",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")

LEAST_WORDS: Final = 3
"""Fewer words are a heading such as `Questions?`."""

MOST_CONTEXT: Final = 8


class Section(NamedTuple):
    """What was written before a question: the headings above it, and the lines between."""

    headings: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass
class Asked:
    """A question or a problem in the notes."""

    prompt: str
    section: Section
    problem: bool = False
    indent: int = 0
    heading: bool = False
    answer: list[str] = field(default_factory=list)


def questions_in(text: str) -> list[Asked]:
    """Return every question and every problem, in the order of the notes."""
    return list(_Reader().read(text))


@dataclass
class _Reader:
    """Goes through the lines with what was last asked, and what stands above."""

    headings: dict[int, str] = field(default_factory=dict)
    context: list[str] = field(default_factory=list)
    asked: Asked | None = None
    fenced: bool = False

    def read(self, text: str) -> Iterator[Asked]:
        for line in text.splitlines():
            if line.lstrip().startswith(("```", "~~~")):
                self.fenced = not self.fenced
                continue
            found = None if self.fenced else self._asked_in(line)
            if found is None:
                self._more(line)
                continue
            self.asked = found
            yield found

    def _asked_in(self, line: str) -> Asked | None:
        matched = _LINE.match(line)
        assert matched is not None  # noqa: S101 every part of it may be empty
        mark, text = matched["mark"] or "", plain(matched["text"])
        indent, heading = len(matched["indent"].expandtabs(4)), mark.startswith("#")
        problem, asks = _PROBLEM.match(text), _ASKS.match(text)
        if problem:
            return Asked(problem["text"], self._section(), problem=True, indent=indent)
        if asks:
            return Asked(asks["text"], self._section(), indent=indent, heading=heading)
        bold = _plain_bold(matched["text"])
        if not self._is_question(text, marked=bool(mark) or bold, indent=indent):
            return None
        return Asked(text, self._section(), indent=indent, heading=heading or (bold and not mark))

    def _is_question(self, text: str, *, marked: bool, indent: int) -> bool:
        """Whether a line asks; one that stands below a question asks something of its own there."""
        if len(text.split()) < LEAST_WORDS or _ANSWERS.match(text):
            return False
        inside = self.asked is not None and not self.asked.heading and indent > self.asked.indent
        if inside:
            return False
        ends = text.rstrip("\"'”’)").endswith("?")
        return ends or (marked and bool(_QUESTION.search(text) or _TOLD.match(text)))

    def _section(self) -> Section:
        """Return what stands above, which the next question has above it too."""
        headings = tuple(self.headings[level] for level in sorted(self.headings))
        return Section(headings, tuple(self.context[-MOST_CONTEXT:]))

    def _more(self, line: str) -> None:
        """Take a line that asks nothing: a heading, a part of an answer, or context."""
        matched = _LINE.match(line)
        assert matched is not None  # noqa: S101 as above
        mark, text = matched["mark"] or "", plain(matched["text"])
        if mark.startswith("#") and not self.fenced:
            level = len(mark.strip())
            self.headings = {at: told for at, told in self.headings.items() if at < level}
            self.headings[level] = text
            self.context, self.asked = [], None
            return
        if not text or set(text) <= set("-|=: "):
            return
        if self.asked is not None and self._belongs(matched, text, self.asked):
            told = _ANSWERS.match(text)
            self.asked.answer.append(told["text"] if told else text)
            return
        if self.asked is not None:
            self.context, self.asked = [], None
        if not text.startswith("|"):
            self.context.append(text)

    def _belongs(self, matched: re.Match[str], text: str, asked: Asked) -> bool:
        """Whether a line belongs to the answer of what was asked last."""
        if asked.heading or _ANSWERS.match(text) or self.fenced:
            return True
        if asked.problem:
            return False
        deeper = len(matched["indent"].expandtabs(4)) > asked.indent
        return deeper or (bool(asked.answer) and not matched["mark"])


def plain(text: str) -> str:
    """Return Markdown's text without links and emphasis."""
    text = _LINK.sub(r"\1", text.strip())
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return " ".join(text.split())


def _plain_bold(text: str) -> bool:
    """Whether a whole line is in bold, as people write headings."""
    stripped = text.strip()
    return len(stripped) > 4 and stripped[:2] in {"**", "__"} and stripped.endswith(stripped[:2])  # noqa: PLR2004 two marks on each side
