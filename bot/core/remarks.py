"""What is said below the feedback on an answer by those who keep count: points, consent."""

from typing import Protocol

from bot.core.attempt import Attempt
from bot.core.ports import UnitOfWork
from bot.core.reply import Block


class Remark(Protocol):
    """Something to say about an answer that has its grade, beside the grade."""

    def __call__(self, uow: UnitOfWork, attempt: Attempt, /) -> tuple[Block, ...]:
        """Return what to say; nothing for most answers. It only reads."""
        ...
