"""What Discord alone refuses."""

from dataclasses import dataclass

from bot.core.errors import OperatorError
from knowledge.errors import Fault


@dataclass(eq=False)
class TranslationsRejected(OperatorError):
    """Files with translations of commands cannot be used; carries every fault of every file."""

    faults: tuple[Fault, ...]

    @property
    def sentence(self) -> str:
        faults = " ".join(f"{fault}." for fault in self.faults)
        return f"The translations of Discord's commands cannot be used. {faults}"
