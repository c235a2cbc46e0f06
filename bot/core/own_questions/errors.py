"""What can go wrong with a community's own questions."""

from dataclasses import dataclass

from bot.core.command_refs import ref
from bot.core.errors import CoachError, UsageError
from bot.core.words.phrases import shortened


@dataclass(eq=False)
class UnknownSuggestion(CoachError):
    """No suggestion with this number waits in the community; `words` is what was typed."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"There's no open suggestion with the number {shortened(self.words)!r}. "
            f"{ref('questions suggestions')} lists them."
        )


@dataclass(eq=False)
class SuggestedBefore(CoachError):
    """The community has this very question already, or declined it."""

    name: str

    @property
    def sentence(self) -> str:
        return (
            f"The question {shortened(self.name)!r} has been suggested here before. Try another "
            f"one."
        )


@dataclass(eq=False)
class TooManyOwnQuestions(CoachError):
    """A community has at most so many own questions; nothing was added."""

    most: int

    @property
    def sentence(self) -> str:
        return (
            f"A community has at most {self.most} own questions, retired ones too, so nothing was "
            "added. Send a question under the name of one you no longer need to take its place."
        )


@dataclass(eq=False)
class TooManySuggestions(CoachError):
    """So many suggestions wait already, of this member or of all; nothing was added."""

    most: int
    mine: bool

    @property
    def sentence(self) -> str:
        whose = "of yours" if self.mine else "of this community"
        return (
            f"Already {self.most} suggestions {whose} wait for the hosts. Suggest more when they "
            "have decided."
        )


def unclear_order(words: str) -> UsageError:
    """Refuse what names nothing that can be done with questions."""
    return UsageError(
        words,
        f"I do not know what to do with {shortened(words)!r}. Type {ref('questions')}, or behind "
        "it add FILE, get NAME, retire NAME, suggestions, accept NUMBER, decline NUMBER, stats "
        "or template csv.",
    )
