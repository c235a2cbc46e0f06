"""The script of all platforms, played in one workspace with the whole application."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.bootstrap.jobs import daily_engine_of
from bot.platforms.front_desk import About
from bot.platforms.slack.incoming import target_in
from bot.platforms.slack.registration import platform_of
from bot.platforms.slack.settings import SlackSettings
from grading.corpus import Corpus
from grading.grader import Grader
from knowledge.question import Question
from tests.application import an_application
from tests.dialogue import BEAT, HOST, LiteralGrader, a_fortnight
from tests.fakes import FixedClock
from tests.platforms.slack.conftest import words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import BOT_TOKEN, SECRET

MONDAY = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
"""Eight o'clock in Berlin."""


class SlackStage:
    """A channel with everybody in it, and the clock of the whole application."""

    def __init__(
        self, home: Path, corpus: Corpus, slack: Slack, grader: Grader | None = None
    ) -> None:
        self.slack, self.bank, self.clock = slack, corpus.bank, FixedClock(MONDAY)
        settings = SlackSettings(
            mode="http",
            bot_token=SecretStr(BOT_TOKEN),
            signing_secret=SecretStr(SECRET),
            api_url=slack.api_url,
            port=0,
        )
        application = an_application(
            home, clock=self.clock, corpus=corpus, grader=grader or LiteralGrader(), slack=settings
        )
        self.features = application.features
        work = self.features.unit_of_work
        self.platform = platform_of(self.features, work, self.clock, application.settings)
        self.engine = daily_engine_of(self.features, {"slack": self.platform.messenger})
        self.channel = slack.channel("ml-interviews")
        self.people: dict[str, str] = {}
        self.questions: dict[str, Question] = {}
        asyncio.run(self.platform.start())
        slack.endpoint = f"http://127.0.0.1:{self.platform.port}/slack/events"

    def type(self, who: str, line: str) -> str:
        user = self.people.setdefault(who, "") or self._join(who)
        self.slack.responses.clear()
        text = line.removeprefix("/") if line.startswith("/") else f"answer {line}"
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert self.slack.slash(user, self.channel, "/coach", escaped).status == 200
        assert self.platform.settled(300)
        for message in self.slack.responses:
            target = target_in(message) or About()
            if target.question_id:
                self.questions[who] = self.bank.get(target.question_id)
        return _read(words_of([message["blocks"] for message in self.slack.responses]))

    def asked(self, who: str) -> Question:
        return self.questions[who]

    def serve(self, time: timedelta) -> str:
        until, messages = self.clock.at + time, self.slack.messages[self.channel]
        before = {ts: words_of(message["blocks"]) for ts, message in messages.items()}
        while self.clock.at < until:
            self.clock.pass_by(BEAT)
            self.features.heartbeat.beat()
            self.engine.poll()
        now = {ts: words_of(message["blocks"]) for ts, message in messages.items()}
        return _read("\n".join(text for ts, text in now.items() if before.get(ts) != text))

    def down(self, time: timedelta) -> None:
        self.clock.pass_by(time)

    def close(self) -> None:
        asyncio.run(self.platform.stop())

    def _join(self, who: str) -> str:
        self.people[who] = self.slack.user(who.lower(), admin=who == HOST)
        return self.people[who]


def _read(text: str) -> str:
    """What somebody reads, on one line; a score is called so in the script."""
    flat = " ".join(text.split())
    return re.sub(r"[█░]{10} (\d+ %)", r"Score: \1", flat)


@pytest.fixture
def stage(tmp_path: Path, corpus: Corpus, slack: Slack) -> Iterator[SlackStage]:
    stage = SlackStage(tmp_path / "home", corpus, slack)
    yield stage
    stage.close()


@pytest.mark.slow
def test_three_learners_in_one_workspace(stage: SlackStage) -> None:
    a_fortnight(stage)
