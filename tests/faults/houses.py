"""The two platforms before the program, as people and an operator see them."""

import asyncio
import json
import random
import threading
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.core.words.errors import unexpected
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.server import TOKEN, Discord
from tests.platforms.slack.conftest import words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import BOT_TOKEN, SECRET
from tests.platforms.slack.emulator.state import BOT_USER
from tests.platforms.slack.running import free_port

APOLOGY = unexpected("").partition(".")[0]
"""How somebody is told that their answer was not taken, with its text."""

QUESTION = "concept-drift"

LUCK = random.Random(7)  # noqa: S311 moments, not secrets


@dataclass
class Sent:
    """An answer on its way; `heard` once the platform was told that it is taken."""

    person: int
    text: str
    heard: bool = False
    interaction: Interaction | None = None
    event: dict[str, Any] | None = None


class House(ABC):
    """A platform with people, each of whom has a question before them."""

    name: str

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.people: list[str] = []

    @property
    @abstractmethod
    def environment(self) -> dict[str, str]:
        """What tells the program where the platform is."""

    @abstractmethod
    def served(self) -> bool:
        """Whether the program is there."""

    @abstractmethod
    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the platform's own thread."""

    @abstractmethod
    def gather(self, people: int) -> None:
        """Put a question before so many people."""

    @abstractmethod
    async def send(self, sent: Sent) -> None:
        """Let somebody send an answer, and see what the platform hears."""

    @abstractmethod
    def told(self) -> list[str]:
        """Return everything that people were told in private."""

    @abstractmethod
    def down(self) -> None:
        """Let the platform fail in every way."""

    @abstractmethod
    def up(self) -> None:
        """Let it work again."""

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
        sent = Sent(person, text)
        self.sent.append(sent)
        await self.send(sent)

    async def rush(self, texts: list[str], seconds: float) -> None:
        """Let one person after the other answer, at moments by chance."""

        async def one(person: int, text: str, after: float) -> None:
            await asyncio.sleep(after)
            await self.answer(person, text)

        moments = (LUCK.uniform(0.0, seconds) for _ in texts)
        people = (number % len(self.people) for number in range(len(texts)))
        await asyncio.gather(*map(one, people, texts, moments))

    def taken(self, since: int = 0) -> set[str]:
        """Return the answers that people know to be taken."""
        refused = [each for each in self.told() if APOLOGY in each]
        return {
            each.text
            for each in self.sent[since:]
            if self._heard(each) and not any(each.text in told for told in refused)
        }

    def _heard(self, sent: Sent) -> bool:
        return sent.heard


class DiscordHouse(House):
    """A server with one channel; everybody has the window for an answer open."""

    name = "Discord"

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.discord = Discord()
        self.run(self.discord.start())
        world = self.discord.world
        self.guild = world.guild()
        self.channel = world.channel(self.guild)
        self._windows: list[Interaction] = []

    @property
    def environment(self) -> dict[str, str]:
        return {
            "COACH_DISCORD__TOKEN": TOKEN,
            "COACH_DISCORD__API_URL": self.discord.url,
            "COACH_DISCORD__GATEWAY_URL": self.discord.gateway.url,
        }

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(600)

    def served(self) -> bool:
        return bool(self.discord.gateway.live and self.discord.people.commands)

    def gather(self, people: int) -> None:
        self.run(self._gather(people - len(self._windows)))

    async def _gather(self, more: int) -> None:
        discord = self.discord
        for number in range(more):
            person = discord.world.user(f"Person {len(self.people)}-{number}")
            discord.world.join(self.guild, person)
            message = None
            while message is None or not message["components"]:  # a busy machine may refuse it
                asked = await discord.people.slash(person, self.channel, "ask", about=QUESTION)
                message = (await asked.done(300)).message
            pressed = await discord.people.press(person, message, "Answer")
            self._windows.append(await pressed.done(300))
            self.people.append(person)

    async def send(self, sent: Sent) -> None:
        window = self._windows[sent.person]
        sent.interaction = await self.discord.people.send(window.user, window, sent.text)

    def _heard(self, sent: Sent) -> bool:
        return sent.interaction is not None and sent.interaction.acknowledged_after is not None

    def told(self) -> list[str]:
        return [each.interaction.text for each in self.sent if each.interaction is not None]

    def new_channel(self) -> tuple[str, str]:
        guild = self.discord.world.guild()
        channel = self.discord.world.channel(guild)
        told = self.discord.gateway.tell("GUILD_CREATE", self.discord.world.guild_create(guild))
        self.run(told)
        return guild, channel

    def posts(self, channel: str) -> int:
        return _questions(list(self.discord.world.messages[channel].values()))

    def down(self) -> None:
        self.run(self._down())

    async def _down(self) -> None:
        self.discord.gateway.takes.clear()
        self.discord.gateway.cut()
        for method in ("GET", "POST", "PATCH", "PUT"):
            self.discord.fault(method, "", "5xx", 1_000_000, 503)

    def up(self) -> None:
        self.discord.faults.clear()
        self._loop.call_soon_threadsafe(self.discord.gateway.takes.set)

    def close(self) -> None:
        self.run(self.discord.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


class SlackHouse(House):
    """A workspace with one channel; people answer by command, in private and by mention."""

    name = "Slack"
    WAYS = ("command", "message", "mention", "interview")

    def __init__(self) -> None:
        super().__init__()
        self.slack = Slack()
        self.slack.__enter__()
        self.channel = self.slack.channel("ml-interviews")
        self._port = free_port()
        self.slack.endpoint = f"http://127.0.0.1:{self._port}/slack/events"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "COACH_SLACK__MODE": "http",
            "COACH_SLACK__BOT_TOKEN": BOT_TOKEN,
            "COACH_SLACK__SIGNING_SECRET": SECRET,
            "COACH_SLACK__API_URL": self.slack.api_url,
            "COACH_SLACK__PORT": str(self._port),
        }

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.slack.run(work)

    def served(self) -> bool:
        try:
            address = f"http://127.0.0.1:{self._port}/healthz"
            with urllib.request.urlopen(address, timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def gather(self, people: int) -> None:
        while len(self.people) < people:
            self.people.append(self.slack.user(f"person{len(self.people)}"))
        for number in range(people):
            if self._way(number) == "interview":  # each time by somebody who is new
                self.people[number] = self.slack.user(f"examined{self.slack.numbers()}")
        asked = self.people
        while asked:  # a busy machine may refuse some
            before = len(self.slack.responses)
            for person in asked:
                examined = self._way(self.people.index(person)) == "interview"
                order = "interview 3" if examined else f"ask {QUESTION}"
                self.slack.slash(person, self.channel, "/coach", order)
            end = time.monotonic() + 300
            while len(self.slack.responses) < before + len(asked):
                assert time.monotonic() < end, "not everybody was asked"
                time.sleep(0.05)
            new = self.slack.responses[before:]
            asked = [e["user"] for e in new if APOLOGY in words_of(e.get("blocks"))]

    async def send(self, sent: Sent) -> None:
        person, way = self.people[sent.person], self._way(sent.person)
        slack = self.slack
        if way in {"command", "interview"}:
            work = slack.typing(person, self.channel, "/coach", f"answer {sent.text}")
        else:
            sent.event = self._event(person, sent.text, private=way == "message")
            work = slack.delivered("events_api", sent.event)
        with suppress(OSError):
            sent.heard = (await work).status == 200

    def _way(self, person: int) -> str:
        return self.WAYS[person % len(self.WAYS)]

    def _event(self, person: str, text: str, *, private: bool) -> dict[str, Any]:
        channel = self.slack.dm(person) if private else self.channel
        said = text if private else f"<@{BOT_USER}> answer {text}"
        message = self.slack.post(channel, {"text": said}, person)
        return self.slack.event_of(
            {
                **message,
                "type": "message" if private else "app_mention",
                "channel": channel,
                "channel_type": "im" if private else "channel",
                "event_ts": message["ts"],
            }
        )

    def deliver_again(self) -> None:
        for sent in self.sent:
            if sent.event is not None and not sent.heard:
                (delivery,) = self.run(self.slack.again("events_api", sent.event, 1))
                sent.heard = delivery.status == 200

    def told(self) -> list[str]:
        private = (
            message
            for channel, messages in self.slack.messages.items()
            if channel.startswith("D")
            for message in messages.values()
            if message["user"] == BOT_USER
        )
        shown = (*self.slack.responses, *self.slack.ephemeral, *private)
        return [words_of(each.get("blocks")) for each in shown]

    def new_channel(self) -> tuple[str, str]:
        return self.slack.team, self.slack.channel(f"channel{self.slack.numbers()}")

    def posts(self, channel: str) -> int:
        return _questions(list(self.slack.messages[channel].values()))

    def down(self) -> None:
        for method in METHODS:
            self.slack.fault(method, "http", 1_000_000, 503)

    def up(self) -> None:
        self.slack.faults.clear()

    def close(self) -> None:
        self.slack.__exit__()


def _questions(messages: list[dict[str, Any]]) -> int:
    return sum("Question of the day" in json.dumps(message) for message in messages)


METHODS = ("auth.test", "chat.postMessage", "chat.postEphemeral", "users.info", "views.open")
