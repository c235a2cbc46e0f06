"""What a whole number that people choose may be, said once: it is checked, refused and offered."""

from dataclasses import dataclass

from bot.core.errors import SettingRejected


@dataclass(frozen=True)
class Limits:
    """The smallest and the largest number.

    Attributes:
        setting: the name of the field that holds it.
        what: what it is a number of, to be read behind "Choose".
        least: the smallest that fits.
        most: the largest that fits.
    """

    setting: str
    what: str
    least: int
    most: int

    def check(self, value: int) -> int:
        """Return a number that fits.

        Raises:
            OutOfRange: it does not.
        """
        if not self.least <= value <= self.most:
            raise OutOfRange(self, value)
        return value


@dataclass(eq=False)
class OutOfRange(SettingRejected):
    """A number is not within its limits."""

    limits: Limits
    value: int

    @property
    def sentence(self) -> str:
        """Say what can be chosen."""
        return (
            f"The number {self.value} does not fit, and nothing was changed. Choose "
            f"{self.limits.what} from {self.limits.least} to {self.limits.most}."
        )
