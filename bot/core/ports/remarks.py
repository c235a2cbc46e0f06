"""The port of what is said below the feedback on an answer, beside the feedback itself."""

from typing import Protocol

from bot.core.attempt import Attempt
from bot.core.ports.unit_of_work import UnitOfWork
from bot.core.reply import Block


class Remark(Protocol):
    """Whoever has something to say about an answer that is not about how good it was."""

    def __call__(self, uow: UnitOfWork, attempt: Attempt, /) -> tuple[Block, ...]:
        """Return it, or nothing; `attempt` has its grade and what followed from it is stored."""
        ...


def no_remark(_uow: UnitOfWork, _attempt: Attempt, /) -> tuple[Block, ...]:
    """Say nothing."""
    return ()
