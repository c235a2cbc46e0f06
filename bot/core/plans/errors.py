"""What is refused about plans."""

from dataclasses import dataclass
from datetime import date

from bot.core.command_refs import ref
from bot.core.errors import CoachError
from bot.core.words.captions import full_date
from bot.core.words.phrases import shortened

HOW = f"{ref('plan 20 December')} or {ref('plan in 3 weeks')}"


class PlanRejected(CoachError):
    """A plan was not made or changed; the earlier one stays."""


@dataclass(eq=False)
class UnclearDate(PlanRejected):
    """The words are no day."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"I cannot tell which day {shortened(self.words)!r} is. Name it as in {HOW}; roles and "
            f"levels stand in {ref('help')}."
        )


@dataclass(eq=False)
class DateOutOfReach(PlanRejected):
    """The day is over, or more than a year away."""

    day: date

    @property
    def sentence(self) -> str:
        return (
            f"I plan from tomorrow to a year ahead, and {full_date(self.day)} is not within that. "
            f"Name another day, as in {HOW}."
        )


class NoQuestionsFit(PlanRejected):
    """No question of these areas has this level."""

    @property
    def sentence(self) -> str:
        return "I have no questions of that level for this role. Choose another level."
