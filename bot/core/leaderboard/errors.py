"""What can go wrong with leaderboards."""

from dataclasses import dataclass

from bot.core.command_refs import ref
from bot.core.errors import CoachError
from bot.core.words.phrases import shortened


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
            f"{ref('exclude answers NAME')} lists those of a person."
        )
