"""What can go wrong with flags."""

from dataclasses import dataclass

from bot.core.command_refs import ref
from bot.core.errors import CoachError
from bot.core.words.phrases import counted, shortened


class FlagRejected(CoachError):
    """A question was not flagged."""


@dataclass(eq=False)
class FlagTooLong(FlagRejected):
    """The remark has more characters than are kept."""

    length: int
    most: int

    @property
    def sentence(self) -> str:
        return (
            f"That remark has {self.length:,} characters, and nothing was noted. Say it in "
            f"{self.most}."
        )


class NothingToFlag(FlagRejected):
    """The learner was not asked anything yet."""

    sentence = (
        f"I have not asked you anything yet, so there is nothing to flag. Type {ref('ask')} first."
    )


@dataclass(eq=False)
class TooManyFlags(FlagRejected):
    """The learner flagged `most` questions within a day."""

    most: int

    @property
    def sentence(self) -> str:
        return (
            f"You flagged {counted(self.most, 'question')} within a day, and this one was not "
            "noted. Flag it tomorrow."
        )


@dataclass(eq=False)
class UnknownFlag(CoachError):
    """No open flag of this community has what was typed for a number."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"No open flag here has the number {shortened(self.words)!r}. {ref('flags')} lists "
            f"them, and {ref('flags done')} with a number closes one."
        )
