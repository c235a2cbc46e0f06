"""What can go wrong with leaderboards."""

from dataclasses import dataclass

from bot.core.errors import CoachError, UsageError
from bot.core.words.phrases import shortened

BOARD_USAGE = "/leaderboard [day|week|month|season|all] [channel|community] [page N|last|picture]"


def unknown_board(words: str) -> UsageError:
    """Refuse what names no leaderboard, or part of one."""
    return UsageError(words, f"I know no leaderboard {shortened(words)!r}. Type {BOARD_USAGE}.")


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
                f"Several people here are called {name!r}, so nothing changed. Mention the one "
                f"you mean."
            )
        return (
            f"I don't know anyone called {name!r} here. Write the name as it is shown, or mention "
            f"them."
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


def unknown_visibility(words: str) -> UsageError:
    """Refuse what names no choice of what others see."""
    return UsageError(
        words,
        f"I cannot read {shortened(words)!r}, and nothing was changed. Type /visibility "
        "and named, anonymous or hidden, or /visibility quotes and on or off.",
    )
