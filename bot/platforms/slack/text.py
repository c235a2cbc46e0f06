"""Texts made fit for Slack: cleaned, escaped, shortened. Pure."""

import re
from datetime import datetime
from typing import Final

from bot.core.safe_text import cut
from bot.core.safe_text import readable as plain
from bot.platforms.cutting import size

_FORMATS: Final = re.compile(r"(?<!\w)([*_~`])(?=\S)")
CHANNEL: Final = re.compile(r"#([CG][A-Z0-9]{8,20})(?![A-Za-z0-9])")
"""The id of a channel in the place of a name that nobody told us; Slack itself knows the name."""

DATE: Final = re.compile(r"<!date\^([0-9]{1,12})\^([^|^<>]{1,80})\|([^<>]{1,80})>")
"""A moment as Slack shows it by the reader's own clock: since the epoch, how, and in words."""

DATE_FORMAT: Final = "{date_short_pretty} at {time}"
SOON_FORMAT: Final = "at {time_secs}"

_CALM: Final = "\u200b"
"""A space without width between a sign and its word: Slack then sees no formatting there."""


def readable(text: str, *, one_line: bool = False) -> str:
    """Return the text without what commands a screen or turns the reading direction."""
    clean = plain(re.sub(r"\r\n?|[\u2028\u2029]", "\n", text), "\n")
    return " ".join(clean.split()) if one_line else clean.strip()


def escaped(text: str) -> str:
    """Return the text with Slack's three control characters written as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_mrkdwn(text: str) -> str:
    """Return the text for a mrkdwn field, where nothing in it mentions, links or formats."""
    return _FORMATS.sub(rf"\1{_CALM}", escaped(text))


def dated(at: datetime, words: str, *, soon: bool = False) -> str:
    """Return a moment as it stands inside of a text, with words for where Slack shows none."""
    how = SOON_FORMAT if soon else DATE_FORMAT
    return f"<!date^{int(at.timestamp())}^{how}|{re.sub('[<>|]', '', words)}>"


def without_dates(text: str) -> str:
    """Return a text in which moments stand in words."""
    return DATE.sub(r"\3", text)


def with_channels(text: str) -> str:
    """Return a mrkdwn text in which Slack names channels and tells moments."""
    found, end = "", 0
    for date in DATE.finditer(text):
        found += CHANNEL.sub(r"<#\1>", plain_mrkdwn(text[end : date.start()])) + date[0]
        end = date.end()
    return found + CHANNEL.sub(r"<#\1>", plain_mrkdwn(text[end:]))


def fitted(text: str, most: int) -> str:
    """Return the text within `most` units; what is cut off leaves an ellipsis."""
    return text if size(text) <= most else _longest(text, most - 1) + "…"


def fitted_words(text: str, most: int) -> str:
    """Return the text within `most` units, cut off between two words where that leaves enough."""
    if size(text) <= most:
        return text
    kept = _longest(text, most - 1)
    whole = kept if text[len(kept) :].startswith(" ") else kept.rpartition(" ")[0]
    return f"{whole if size(whole) >= most // 2 else kept}…"


def _longest(text: str, most: int) -> str:
    """Return the longest beginning of at most `most` units that ends between two letters."""
    length = min(len(text), most)
    while length and size(text[:length]) > most:
        length -= max(1, (size(text[:length]) - most) // 2)
    beginning = cut(text, length)
    return beginning or text[: max(1, length)]
