"""What Slack was told was taken is stored, whenever the program is killed, whatever the way."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.platforms.kills import KILLS, PEOPLE, RUSH_SECONDS, answer_of, check, moment, stored
from tests.platforms.slack.conftest import eventually
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import Delivery
from tests.platforms.slack.emulator.state import BOT_USER
from tests.platforms.slack.running import Running

PATIENCE = 120.0

WAYS = ("command", "message", "mention", "interview")


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_or_doubled_when_it_is_killed(
    slack: Slack, tmp_path: Path, vector_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = slack.channel("ml-interviews")
    people = [slack.user(f"person{number}") for number in range(PEOPLE)]
    acknowledged: set[str] = set()
    cut: list[tuple[str, dict[str, Any]]] = []
    for number in range(KILLS + 1):
        with Running(tmp_path, vector_cache, slack, "http") as running:
            acknowledged |= _delivered_again(slack, cut)
            if number == KILLS:
                break
            rush = Rush(slack, channel, _ready(slack, channel, people, number), number)
            acknowledged |= slack.run(rush.until_killed(running))
            cut = rush.cut
    with capsys.disabled():
        check(acknowledged, stored(tmp_path), "Slack")


def _ready(slack: Slack, channel: str, people: list[str], number: int) -> list[str]:
    """Return people who have a question before them; those in interviews are new each time."""
    here = [
        slack.user(f"examined{number}-{person}") if way == "interview" else person
        for person, way in zip(people, _ways(), strict=True)
    ]
    before = len(slack.responses)
    for person, way in zip(here, _ways(), strict=True):
        slack.slash(
            person, channel, "/coach", "interview 3" if way == "interview" else "ask concept-drift"
        )
    eventually(lambda: len(slack.responses) >= before + len(here), PATIENCE)
    return here


def _ways() -> list[str]:
    return [WAYS[number % len(WAYS)] for number in range(PEOPLE)]


def _delivered_again(slack: Slack, cut: list[tuple[str, dict[str, Any]]]) -> set[str]:
    """Deliver events again that were not acknowledged, as Slack does; return what then was."""
    found = set()
    for text, payload in cut:
        (delivery,) = slack.run(slack.again("events_api", payload, 1))
        if delivery.status == 200:
            found.add(text)
    return found


class Rush:
    """Everybody answers within a second, each in their way, and the program is killed."""

    def __init__(self, slack: Slack, channel: str, people: list[str], number: int) -> None:
        self._slack = slack
        self._channel = channel
        self._people = people
        self._number = number
        self._acknowledged: set[str] = set()
        self.cut: list[tuple[str, dict[str, Any]]] = []

    async def until_killed(self, running: Running) -> set[str]:
        """Return the answers that were acknowledged."""
        rush = [
            asyncio.create_task(self._one(person, way, answer_of(self._number, index)))
            for index, (person, way) in enumerate(zip(self._people, _ways(), strict=True))
        ]
        await asyncio.sleep(moment(RUSH_SECONDS * 1.2))
        running.process.kill()
        await asyncio.gather(*rush)
        return self._acknowledged

    async def _one(self, person: str, way: str, text: str) -> None:
        await asyncio.sleep(moment())
        try:
            delivery = await self._sent(person, way, text)
        except aiohttp.ClientError:
            return
        if delivery.status == 200:
            self._acknowledged.add(text)

    def _sent(self, person: str, way: str, text: str) -> Coroutine[Any, Any, Delivery]:
        slack = self._slack
        if way in {"command", "interview"}:
            return slack.typing(person, self._channel, "/coach", f"answer {text}")
        private = way == "message"
        channel = slack.dm(person) if private else self._channel
        said = text if private else f"<@{BOT_USER}> answer {text}"
        message = slack.post(channel, {"text": said}, person)
        payload = slack.event_of(
            {
                **message,
                "type": "message" if private else "app_mention",
                "channel": channel,
                "channel_type": "im" if private else "channel",
                "event_ts": message["ts"],
            }
        )
        self.cut.append((text, payload))
        return slack.delivered("events_api", payload)
