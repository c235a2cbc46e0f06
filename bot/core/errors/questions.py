"""What can go wrong when a question is looked for."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class UnknownOwnQuestion(CoachError):
    """The community has no own question of this name that could be meant."""

    name: str


@dataclass(eq=False)
class UnknownTopic(CoachError):
    """No topic or question is near these words; carries the nearest of both."""

    words: str
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
