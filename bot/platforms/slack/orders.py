"""What people type behind the command, read forgivingly. Pure."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from bot.core.text_commands import nearest

QUOTES: Final = "\"'`“”„‟‘’‚«»‹› "
MOST_WORDS_IN_CHAT: Final = 4
"""In a conversation, more words than these are an answer, whatever the first of them is."""

WITHOUT_ARGUMENTS: Final = frozenset({"hint", "skip", "reveal", "topics", "help"})
"""Behind these nothing follows: 'skip connections help gradients' is an answer."""


class Order(NamedTuple):
    """A command and what follows it; `meant` is a near name where there is no such command."""

    name: str
    rest: str
    meant: str = ""
    known: bool = True


def read(text: str, names: Collection[str]) -> Order:
    """Return the order in a text; of an empty one, help.

    Case, quotation marks and a leading slash do not matter. Three unknown words or more ask for a
    question about them.
    """
    words = text.strip().lstrip("/!").strip(QUOTES)
    if not words:
        return Order("help", "")
    first, _, rest = _split(words)
    name = first.casefold().strip(QUOTES + ":,")
    if name in names:
        return Order(name, rest.strip(QUOTES))
    second, _, more = _split(rest)
    if (joined := f"{name}{second.casefold()}") in names:
        return Order(joined, more.strip(QUOTES))
    near = nearest(name, names)
    if near:
        return Order(name, rest.strip(QUOTES), near, known=False)
    if len(words.split()) >= 3:  # noqa: PLR2004 two unknown words are rather a mistake
        return Order("ask", words)
    return Order(name, rest.strip(QUOTES), known=False)


def is_explicit(text: str, order: Order) -> bool:
    """Tell whether an order was typed by its name, and is not what free words may mean."""
    words = text.strip().lstrip("/!").strip(QUOTES).casefold().split(maxsplit=2)
    first = words[0].strip(f"{QUOTES}:,") if words else ""
    return order.known and order.name in {first, first + "".join(words[1:2])}


def in_conversation(text: str, names: Collection[str]) -> Order | None:
    """Return the order in a message to the coach, None where it is rather an answer."""
    words = text.strip()
    first, _, rest = _split(words.lstrip("/!"))
    name = first.casefold().strip(QUOTES + ":,.?")
    explicit = words.startswith(("/", "!"))
    if name not in names:
        return None
    long = name in WITHOUT_ARGUMENTS or len(words.split()) > MOST_WORDS_IN_CHAT
    if rest.strip() and not explicit and long and name != "ask":
        return None
    return Order(name, rest.strip(QUOTES))


def without_mention(text: str, me: str = "") -> str:
    """Return what was said to the coach, without its name at the beginning or the end.

    Where its own id is not known, whoever is mentioned there is taken for the coach.
    """
    name = rf"<@{re.escape(me) if me else '[A-Z0-9]+'}(?:\|[^<>]*)?>"
    behind = re.sub(rf"^{name}[\s,:]*", "", text.strip())
    return re.sub(rf"{name}$", "", behind).rstrip()


def as_typed(text: str, *, members: bool = False) -> str:
    """Return what somebody typed, as Slack escaped it: links and mentions as they are read.

    With `members`, a mention of somebody keeps their id, by which a command finds them. None of
    it holds a "<", which keeps the work in proportion to the text.
    """
    text = re.sub(r"<(?:https?|mailto|tel)[^<>|]*\|([^<>]*)>", r"\1", text)
    text = re.sub(rf"<([{'' if members else '@'}#!])[^<>|]*\|([^<>]*)>", r"\1\2", text)
    text = re.sub(r"<((?:https?|mailto|tel):[^<>]*)>", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _split(words: str) -> tuple[str, str, str]:
    parts = words.split(maxsplit=1)
    return (*parts, "", "")[0] if parts else "", " ", parts[1] if len(parts) > 1 else ""
