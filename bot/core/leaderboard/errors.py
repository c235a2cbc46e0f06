"""What can go wrong with leaderboards."""

from dataclasses import dataclass

from bot.core.errors import CoachError
from bot.core.words.phrases import shortened

BOARD_USAGE = "/leaderboard [day|week|month|season|all] [channel|community] [page N|last|picture]"


@dataclass(eq=False)
class UnknownBoard(CoachError):
    """No leaderboard, or part of one, is named so; `words` is what was typed."""

    words: str

    @property
    def sentence(self) -> str:
        return f"I know no leaderboard {shortened(self.words)!r}. Type {BOARD_USAGE}."


@dataclass(eq=False)
class NobodyNamed(CoachError):
    """Not one member of the community has this name but none or `several`."""

    name: str
    several: bool = False

    @property
    def sentence(self) -> str:
        name = shortened(self.name)
        if self.several:
            return (
                f"Several people here are called {name!r}, and nothing was changed. Mention them."
            )
        return (
            f"I know nobody called {name!r} here. Write the name as it is shown, or mention them."
        )


@dataclass(eq=False)
class NoSuchAnswer(CoachError):
    """No answer to a daily question of the community has this number."""

    number: str

    @property
    def sentence(self) -> str:
        return (
            f"No answer that earns points here has the number {shortened(self.number)!r}. "
            "/exclude answers NAME lists those of a person."
        )


@dataclass(eq=False)
class UnknownVisibility(CoachError):
    """No choice of what others see is named so; `words` is what was typed."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"I cannot read {shortened(self.words)!r}, and nothing was changed. Type /visibility "
            "and named, anonymous or hidden, or /visibility quotes and on or off."
        )
