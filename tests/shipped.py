"""The shipped questions, read once for all tests: nothing changes them."""

from functools import cache

from knowledge.bank import QuestionBank
from knowledge.loader import load_bank


@cache
def shipped() -> QuestionBank:
    """Return the shipped questions; to read them takes most of a second."""
    return load_bank()
