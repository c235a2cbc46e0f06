"""A platform before the program, as people and an operator see it."""

import asyncio
import json
import random
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.core.words.errors import unexpected
from tests.platforms.discord.wire.interactions import Interaction

APOLOGY = unexpected("").partition(".")[0]
"""How somebody is told that their answer was not taken, with its text."""

QUESTION = "concept-drift"

LUCK = random.Random(7)  # noqa: S311 moments, not secrets


@dataclass
class Sent:
    """An answer on its way; `heard` once the platform was told that it is taken."""

    person: int
    text: str
    who: str
    heard: bool = False
    interaction: Interaction | None = None
    event: dict[str, Any] | None = None


class House(ABC):
    """A platform with people, each of whom has a question before them."""

    name: str
    ALWAYS: ClassVar = 1_000_000
    """So often a platform fails that fails until it is told not to."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.people: list[str] = []
        self.present = 0
        self.programs = 1

    @abstractmethod
    def environment(self, program: int) -> dict[str, str]:
        """Return what leads a program to the platform, and the platform to it: the first is 0."""

    def expect(self, programs: int) -> None:
        """Let so many programs serve people from now on."""
        self.programs = programs

    @abstractmethod
    def served(self) -> bool:
        """Whether all programs that are expected are there."""

    @abstractmethod
    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the platform's own thread."""

    def gather(self, people: int) -> None:
        """Put a question before so many people; nobody else answers."""
        self.present = people
        self.ask()

    @abstractmethod
    def ask(self) -> None:
        """Put a question before all who are present, who may be more than before."""

    @abstractmethod
    async def send(self, sent: Sent) -> None:
        """Let somebody send an answer, and see what the platform hears."""

    @abstractmethod
    def told(self) -> list[tuple[str, str]]:
        """Return everything that people were told in private, with whom."""

    @abstractmethod
    def limit(self, community: str, channel: str, seconds: int) -> None:
        """Tell whoever posts to a community, which has one channel, to wait so long."""

    @abstractmethod
    def down(self) -> None:
        """Let the platform fail in every way."""

    @abstractmethod
    def up(self) -> None:
        """Let it work again, and limit nobody."""

    @abstractmethod
    def new_channel(self) -> tuple[str, str]:
        """Return a community and a channel in it where nothing was posted yet."""

    @abstractmethod
    def posts(self, channel: str) -> int:
        """Return how many questions of the day were posted in a channel."""

    @abstractmethod
    def close(self) -> None:
        """Let the platform end."""

    def deliver_again(self) -> None:  # noqa: B027 only Slack does it
        """Deliver again what was not acknowledged, where the platform does that."""

    async def answer(self, person: int, text: str) -> None:
        """Let somebody answer."""
        sent = Sent(person, text, self.people[person])
        self.sent.append(sent)
        await self.send(sent)

    async def rush(self, texts: list[str], seconds: float) -> None:
        """Let one person after the other answer, at moments by chance."""

        async def one(person: int, text: str, after: float) -> None:
            await asyncio.sleep(after)
            await self.answer(person, text)

        moments = (LUCK.uniform(0.0, seconds) for _ in texts)
        people = (number % self.present for number in range(len(texts)))
        await asyncio.gather(*map(one, people, texts, moments))

    def told_to(self, *texts: str) -> list[tuple[str, str]]:
        """Return what those were told who gave these answers."""
        people = {each.who for each in self.sent if each.text in texts}
        return [each for each in self.told() if each[0] in people]

    def taken(self, since: int = 0) -> set[str]:
        """Return the answers that people know to be taken."""
        refused = [told for _, told in self.told() if self._refuses(told)]
        return {
            each.text
            for each in self.sent[since:]
            if self._heard(each) and not any(each.text in told for told in refused)
        }

    def _refuses(self, told: str) -> bool:
        """Whether that gives back an answer that was not taken."""
        return APOLOGY in told

    def _heard(self, sent: Sent) -> bool:
        return sent.heard


def questions(messages: list[dict[str, Any]]) -> int:
    """Return how many of the messages are questions of the day."""
    return sum("Question of the day" in json.dumps(message) for message in messages)
