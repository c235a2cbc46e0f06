"""Pieces of Slack's rich text: words that nothing inside them can turn into a mention or a format.

A learner's words, and names that people chose, go through here as text elements; Slack shows those
letter by letter. Prose may hold the id of a channel, which Slack then names. A `Piece` knows how
much room it takes, and long ones come as several.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.platforms.cutting import pieces, size
from bot.platforms.slack.limits import SECTION
from bot.platforms.slack.text import CHANNEL, DATE, readable, without_dates

Json = dict[str, Any]

_INLINE: Final = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<label>[^\]]+)\]\((?P<url>https?://[^\s)]+)\)"
    r"|(?<!\w)[*_](?P<italic>[^*_\n]+)[*_](?!\w)",
    re.DOTALL,
)


_NAMED: Final = re.compile(f"{DATE.pattern}|{CHANNEL.pattern}")


@dataclass(frozen=True)
class Piece:
    """An element of a rich_text block and the words in it."""

    element: Json
    words: str

    @property
    def units(self) -> int:
        """Return how long its text is."""
        return size(self.words)


def text(words: str, *styles: str) -> Json:
    """Return a text element; styles are bold, italic, code."""
    element: Json = {"type": "text", "text": words}
    if styles:
        element["style"] = dict.fromkeys(styles, True)
    return element


def section(*parts: Json) -> Piece:
    """Return one paragraph of these elements."""
    return _piece("rich_text_section", parts)


def paragraphs(words: str, *styles: str) -> Iterator[Piece]:
    """Yield prose of any length."""
    for part in pieces(readable(words), SECTION - 1):
        yield section(*_naming(part, *styles))


def _naming(words: str, *styles: str) -> Iterator[Json]:
    """Yield words as elements, in which channels and moments are elements of their own."""
    end = 0
    for found in _NAMED.finditer(words):
        if found.start() > end:
            yield text(words[end : found.start()], *styles)
        yield _named(found[0])
        end = found.end()
    if end < len(words):
        yield text(words[end:], *styles)


def _named(words: str) -> Json:
    date = DATE.fullmatch(words)
    if date is None:
        return {"type": "channel", "channel_id": words.removeprefix("#")}
    at, shape, fallback = date.groups()
    return {"type": "date", "timestamp": int(at), "format": shape, "fallback": fallback}


def quote(words: str) -> Iterator[Piece]:
    """Yield somebody's own words."""
    for part in pieces(readable(words), SECTION):
        yield _piece("rich_text_quote", (text(part),))


def preformatted(words: str) -> Iterator[Piece]:
    """Yield lines in letters of one width, their white space kept."""
    held = ""
    for line in words.split("\n"):
        for part in pieces_of_line(line):
            longer = f"{held}\n{part}" if held else part
            if size(longer) > SECTION:
                yield _piece("rich_text_preformatted", (text(held),))
                longer = part
            held = longer
    if held.strip():
        yield _piece("rich_text_preformatted", (text(held),))


def pieces_of_line(line: str) -> Iterable[str]:
    """Return the line, in several where it is longer than a block."""
    return (line,) if size(line) <= SECTION else pieces(line, SECTION)


def bullets(lines: Iterable[str], *, markdown: bool = False) -> Iterator[Piece]:
    """Yield a list; each piece holds as many lines as fit."""
    held: list[str] = []
    for line in lines:
        for part in pieces(readable(line, one_line=True), SECTION - 1):
            if held and size("\n".join((*held, part))) > SECTION:
                yield _list(held, markdown)
                held = []
            held.append(part)
    if held:
        yield _list(held, markdown)


def markdown(words: str) -> Iterator[Piece]:
    """Yield the Markdown of the knowledge base: paragraphs, lists, code, bold, italics, links."""
    for number, part in enumerate(re.split(r"^```[^\n]*\n?", words, flags=re.MULTILINE)):
        if number % 2:
            yield from preformatted(part.rstrip("\n"))
        else:
            for paragraph in re.split(r"\n\s*\n", part):
                yield from _paragraph(paragraph.strip())


def inline(words: str) -> tuple[Json, ...]:
    """Return a line of Markdown as elements."""
    found: list[Json] = []
    end = 0
    for match in _INLINE.finditer(words):
        if match.start() > end:
            found.append(text(words[end : match.start()]))
        found.append(_styled(match))
        end = match.end()
    if end < len(words):
        found.append(text(words[end:]))
    return tuple(found)


def _styled(match: re.Match[str]) -> Json:
    if match["url"]:
        return {"type": "link", "url": match["url"], "text": match["label"]}
    for style in ("bold", "code", "italic"):
        if match[style]:
            return text(match[style], style)
    return text(match[0])


def _paragraph(words: str) -> Iterator[Piece]:
    if not readable(words):
        return
    if words.startswith("#"):
        yield from paragraphs(words.lstrip("# "), "bold")
    elif re.match(r"[-*] ", words):
        items = re.split(r"\n(?=[-*] )", words)
        yield from bullets((item[2:] for item in items), markdown=True)
    else:
        flat = readable(words, one_line=True)
        for part in pieces(flat, SECTION - 1):
            yield section(*inline(part))


def joined(found: Iterable[Piece]) -> Json:
    """Return a rich_text block of these pieces; neighbouring paragraphs become lines of one."""
    elements: list[Json] = []
    for piece in found:
        last = elements[-1] if elements else {}
        if last.get("type") == piece.element["type"] == "rich_text_section":
            elements[-1] = {
                **last,
                "elements": [*last["elements"], text("\n"), *piece.element["elements"]],
            }
        else:
            elements.append(piece.element)
    return {"type": "rich_text", "elements": elements}


def _list(lines: list[str], markdown: bool) -> Piece:  # noqa: FBT001
    items = [
        {"type": "rich_text_section", "elements": list(inline(one) if markdown else _naming(one))}
        for one in lines
    ]
    element = {"type": "rich_text_list", "style": "bullet", "elements": items}
    return Piece(element, without_dates("\n".join(lines)))


def _piece(kind: str, parts: Iterable[Json]) -> Piece:
    elements = list(parts)
    return Piece({"type": kind, "elements": elements}, "".join(map(_words, elements)))


def _words(element: Json) -> str:
    named = element.get("fallback") or f"#{element.get('channel_id', '')}"
    return str(element.get("text") or named)
