"""What can go wrong when somebody asks for the days of a streak."""

from dataclasses import dataclass

from bot.core.errors import CoachError
from bot.core.words.phrases import shortened

DAYS_LISTED = 30
"""A month fits into one message on every platform."""


@dataclass(eq=False)
class UnclearDays(CoachError):
    """It is not said which days of a streak to list; `words` is what was typed."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"I do not know which days {shortened(self.words)!r} are. /streak tells your streak, "
            f"/streak why lists the last {DAYS_LISTED} days, /streak why 2026-10 a month and "
            "/streak why all every day."
        )
