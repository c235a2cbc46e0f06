"""Slack before the program: a workspace for each channel, and people who answer in every way."""

import time
import urllib.request
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from tests.faults.house import APOLOGY, QUESTION, House, Sent, questions
from tests.faults.program import seconds_until
from tests.platforms.slack.conftest import words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.state import BOT_USER
from tests.platforms.slack.running import free_port, install, settings_of_many

BARS = "█░"
"""What every grade is drawn with."""


class SlackHouse(House):
    """A workspace with one channel; people answer by command, in private and by mention."""

    name = "Slack"
    WAYS = ("command", "message", "mention", "interview")

    def __init__(self) -> None:
        super().__init__()
        self.slack = Slack()
        self.slack.__enter__()
        self.channel = self.slack.channel("ml-interviews")
        self._ports = free_port(), free_port()
        self._installed: set[str] = set()
        self.expect(1)

    def environment(self, program: int) -> dict[str, str]:
        return settings_of_many(self.slack, self._ports[program])

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.slack.run(work)

    def served(self) -> bool:
        return all(map(_listens, self._ports[: self.programs]))

    def expect(self, programs: int) -> None:
        super().expect(programs)
        ports = self._ports[:programs]
        self.slack.balanced = [f"http://127.0.0.1:{port}/slack/events" for port in ports]
        self.slack.endpoint = self.slack.balanced[0]

    def ask(self) -> None:
        self._install(self.slack.team)
        while len(self.people) < self.present:
            self.people.append(self.slack.user(f"person{len(self.people)}"))
        for number in range(self.present):
            if self._way(number) == "interview":  # each time by somebody who is new
                self.people[number] = self.slack.user(f"examined{self.slack.numbers()}")
        asked = self.people[: self.present]
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

    def told(self) -> list[tuple[str, str]]:
        private = [
            {**message, "user": self.slack.channels[channel]["user"]}
            for channel, messages in self.slack.messages.items()
            if channel.startswith("D")
            for message in messages.values()
            if message["user"] == BOT_USER
        ]
        shown = (*self.slack.responses, *self.slack.ephemeral, *private)
        return [(each["user"], words_of(each.get("blocks"))) for each in shown]

    def _refuses(self, told: str) -> bool:
        """As where the interview is over: what has an answer in it and no grade gives it back."""
        return not any(bar in told for bar in BARS)

    def new_channel(self) -> tuple[str, str]:
        team = f"T{self.slack.numbers():010d}"
        self._install(team)
        return team, self.slack.channel(f"channel{self.slack.numbers()}")

    def _install(self, team: str) -> None:
        if team not in self._installed:
            seconds_until(lambda: install(self.slack, self._ports[0], team), 300)
            self._installed.add(team)

    def posts(self, channel: str) -> int:
        return questions(list(self.slack.messages[channel].values()))

    def limit(self, community: str, channel: str, seconds: int) -> None:
        del channel
        fault = self.slack.fault("chat.postMessage", "ratelimited", self.ALWAYS, seconds)
        fault.team = community

    def down(self) -> None:
        self.slack.fault("", "http", self.ALWAYS, 503)

    def up(self) -> None:
        self.slack.faults.clear()

    def close(self) -> None:
        self.slack.__exit__()


def _listens(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
