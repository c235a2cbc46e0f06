from dataclasses import dataclass, field

import pytest

from bot.core.reply import Reply
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.plain import as_text
from knowledge.bank import QuestionBank
from tests.core.samples import Table
from tests.platforms.desks import desk_of


@dataclass
class Screen:
    """Remember what was shown, and how often the model was called for."""

    shown: list[Reply] = field(default_factory=list)
    warm_ups: int = 0

    def show(self, reply: Reply) -> None:
        self.shown.append(reply)

    def warm_up(self) -> None:
        self.warm_ups += 1

    @property
    def text(self) -> str:
        return "".join(as_text(reply) for reply in self.shown)


@pytest.fixture
def table(bank: QuestionBank) -> Table:
    """A coach with fakes over the shipped questions, and somebody new."""
    return Table(bank)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def conversation(table: Table, screen: Screen) -> Conversation:
    """A conversation of somebody new; what it shows is on the screen."""
    return Conversation(desk_of(table), table.user, screen.show, screen.warm_up)
