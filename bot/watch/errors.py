"""What only an operator can mend about watching."""

from dataclasses import dataclass

from bot.core.errors import OperatorError


@dataclass(eq=False)
class AddressTaken(OperatorError):
    """Nothing can listen at the address, which another program may have."""

    host: str
    port: int
    reason: str

    @property
    def sentence(self) -> str:
        return (
            f"Nothing can listen at {self.host}, port {self.port} ({self.reason}). Set "
            "COACH_WATCH__HOST to an address of this machine and COACH_WATCH__PORT to a free port."
        )
