"""What can go wrong with the rules of a community."""

from dataclasses import dataclass

from bot.core.errors import CoachError
from bot.core.words.phrases import shortened

EXAMPLES = "/rules staff off, /rules season 2027-01-01 or /rules keep 90"


@dataclass(eq=False)
class UnclearRule(CoachError):
    """The words name no rule of a community, or no value of it; `words` is what was typed."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"I cannot read {shortened(self.words)!r} as a rule, and nothing was changed. Type "
            f"{EXAMPLES}; /rules alone shows what holds."
        )
