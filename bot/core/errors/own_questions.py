"""What can go wrong with a community's own questions."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class UnknownSuggestion(CoachError):
    """No suggestion with this number waits in the community; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class SuggestedBefore(CoachError):
    """The community has this very question already, or declined it."""

    name: str


@dataclass(eq=False)
class TooManyOwnQuestions(CoachError):
    """A community has at most so many own questions; nothing was added."""

    most: int


@dataclass(eq=False)
class TooManySuggestions(CoachError):
    """So many suggestions wait already, of this member or of all; nothing was added."""

    most: int
    mine: bool


@dataclass(eq=False)
class UnclearQuestionsOrder(CoachError):
    """Nothing that can be done with questions is named so; `words` is what was typed."""

    words: str
