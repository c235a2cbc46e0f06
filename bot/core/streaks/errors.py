"""What can go wrong when somebody asks for the days of a streak."""

from bot.core.command_refs import ref
from bot.core.errors import UsageError
from bot.core.words.phrases import shortened

DAYS_LISTED = 30
"""A month fits into one message on every platform."""


def unclear_days(words: str) -> UsageError:
    """Refuse what does not say which days of a streak to list."""
    return UsageError(
        words,
        f"I don't know which days {shortened(words)!r} means. {ref('streak')} shows your streak, "
        f"{ref('streak why')} lists the last {DAYS_LISTED} days, {ref('streak why 2026-10')} a "
        f"month and {ref('streak why all')} every day.",
    )
