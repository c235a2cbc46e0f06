"""What is refused because there was too much of it at once."""

from dataclasses import dataclass

from bot.core.errors import AnswerRejected, CoachError


@dataclass(eq=False)
class TooFast(CoachError):
    """Somebody did so much at once that they have to wait; `told` says until when."""

    told: str
    crowd: bool = False

    @property
    def sentence(self) -> str:
        if self.crowd:
            return f"A lot is going on here at the moment; ask again {self.told}."
        return f"That was a lot at once; ask again {self.told}."


@dataclass(eq=False)
class AnswersTooFast(AnswerRejected):
    """So many answers came at once that this one is not taken."""

    told: str
    crowd: bool = False

    @property
    def sentence(self) -> str:
        what = "A lot of answers came here at once" if self.crowd else "That was a lot at once"
        return f"{what}, so I did not take this one. Your text is unchanged: send it {self.told}."
