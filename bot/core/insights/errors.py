"""Why figures of a group are not told."""

from dataclasses import dataclass

from bot.core.errors import CoachError


@dataclass(eq=False)
class GroupTooSmall(CoachError):
    """Fewer than `least` people answered, so that figures would be somebody's in particular."""

    least: int

    @property
    def sentence(self) -> str:
        return (
            "Too few people have answered the same question here: figures are shown of "
            f"{self.least} at least, so that they are nobody's in particular. Ask again when more "
            "have."
        )
