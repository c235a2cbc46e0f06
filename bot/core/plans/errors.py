"""What is refused about plans."""

from dataclasses import dataclass
from datetime import date

from bot.core.command_refs import ref
from bot.core.errors import CoachError
from bot.core.words.phrases import shortened

HOW = f"{ref('plan 20 December')} does, and so does {ref('plan in 3 weeks')}."


class PlanRejected(CoachError):
    """A plan was not made or changed; the earlier one stays."""


@dataclass(eq=False)
class UnclearDate(PlanRejected):
    """The words are no day."""

    words: str

    @property
    def sentence(self) -> str:
        return f"I cannot tell which day {shortened(self.words)!r} is. {HOW}"


@dataclass(eq=False)
class DateOutOfReach(PlanRejected):
    """The day is over, or more than a year away."""

    day: date

    @property
    def sentence(self) -> str:
        return (
            f"I plan from tomorrow to a year ahead, and {self.day.isoformat()} is not within that. "
            f"{HOW}"
        )


class NoQuestionsFit(PlanRejected):
    """No question of these areas has this level."""

    @property
    def sentence(self) -> str:
        return "I have no questions of that level for this role. Choose another level."
