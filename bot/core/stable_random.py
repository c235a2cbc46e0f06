"""Lots that fall the same way every time they are drawn for the same things. Pure."""

import hashlib


def stable_fraction(*about: object) -> float:
    """Return a number in 0..1, below 1, that only the text of what it is about decides.

    The same on every machine and in every run, unlike `hash()`, and whatever else is drawn.
    """
    text = "\x1f".join(str(each) for each in about)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48
