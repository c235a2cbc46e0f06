"""What drift reports refuse."""

from dataclasses import dataclass

from bot.core.drift.model import BASELINE_MONTHS, Month
from bot.core.errors import CoachError


@dataclass(eq=False)
class NotAMonth(CoachError):
    """It is no month."""

    words: str

    @property
    def sentence(self) -> str:
        return f"I can't read “{self.words}” as a month. Write one like 2026-11."


@dataclass(eq=False)
class TooEarly(CoachError):
    """There is no month to compare yet, behind those of the baseline."""

    begins: Month | None

    @property
    def sentence(self) -> str:
        if self.begins is None:
            return "There are no graded answers yet, so there is nothing to compare."
        first = self.begins.plus(BASELINE_MONTHS)
        return (
            f"It's too early: the first {BASELINE_MONTHS} months, from {self.begins} on, are what "
            f"later ones are compared with. {first} is the first of those, once it is over."
        )
