"""What names somebody in a text, or leads to them, becomes a placeholder. Pure.

Signs give it away, such as an @, or it is told by name: so a first name among other words is not
seen. It masks too much rather than too little, but leaves alone `precision@k` and `mAP@0.5`.
"""

import re
from collections.abc import Iterable
from typing import Final

NAME, ADDRESS, LINK, NUMBER = "[name]", "[address]", "[link]", "[number]"

LEAST_NAME: Final = 3
"""Characters of a name that is looked for: shorter ones, such as AI or ML, seldom mean a person."""

_DOMAIN = r"(?:[\w-]+\.)+"
_ENDINGS = "com|org|net|edu|gov|info|io|dev|ai|gg|app|blog|xyz|uk|de|fr|es|nl|ch|ru|eu"
"""Ends of domains that are seen without a path; `it`, `in` or `so` begin the next sentence."""

_SIGNS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), placeholder)
    for pattern, placeholder in (
        # As Discord and Slack write links, people, channels, groups, emoji and commands.
        (r"<(?:mailto|tel):[^<>]*>", ADDRESS),
        (r"<[a-z][a-z0-9+.-]*://[^<>]*>", LINK),
        (r"<(?:[@#]|!(?:here|channel|everyone|subteam|date)|a?:\w+:\d|/[^<>:]+:\d)[^<>]*>", NAME),
        # As people write them.
        (r"(?<![\w+.-])(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>]*[^\s<>.,;:!?)\]'\"]", LINK),
        (rf"(?<![\w.+%-])@?[\w.+%-]+@{_DOMAIN}[a-z]{{2,}}\b", ADDRESS),
        (rf"(?<![\w.-]){_DOMAIN}(?:[a-z]{{2,}}/\S*[\w/]|(?:{_ENDINGS})\b)", LINK),
        (r"(?<!\w)@(?=[\w.-]*[^\W\d_])\w[\w.-]*\w", NAME),
        (r"(?<![\w.])\w[\w.]+#\d{4}\b", NAME),
        (r"(?<!\w)\+\d[\d ().-]{6,}\d", NUMBER),
        (r"\b\d{15,}\b", NUMBER),
        (r"\b(?-i:[UWTCDGB](?=[A-Z]*\d)[A-Z0-9]{8,})\b", NAME),
    )
)


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with placeholders for addresses, links, mentions, ids and these names.

    A name of one word is only seen as it is spelt, since Will is no will.
    """
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= LEAST_NAME:
            spelt = 0 if name.split() == [name] else re.IGNORECASE
            text = re.sub(_whole(name), NAME, text, flags=spelt)
    for pattern, placeholder in _SIGNS:
        text = pattern.sub(placeholder, text)
    return text


def mentions(text: str, name: str) -> bool:
    """Return whether the name stands in the text as whole words, in capitals or not."""
    return re.search(_whole(name), text, re.IGNORECASE) is not None


def _whole(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"
