"""The script of all platforms, played at one terminal with the whole application."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap.jobs import daily_engine_of
from bot.platforms.front_desk import FrontDesk
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.person import PLATFORM, ROOM, person
from bot.platforms.terminal.plain import as_text
from bot.platforms.terminal.room import TerminalRoom
from grading.corpus import Corpus
from knowledge.question import Question
from tests.application import an_application
from tests.dialogue import BEAT, LiteralGrader, a_fortnight
from tests.fakes import FixedClock
from tests.platforms.terminal.conftest import Screen

MONDAY = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
"""Eight o'clock in Berlin."""


class TerminalStage:
    """One computer with everybody's conversations, and the clock of the whole application."""

    def __init__(self, home: Path, corpus: Corpus) -> None:
        self.clock = FixedClock(MONDAY)
        application = an_application(home, clock=self.clock, corpus=corpus, grader=LiteralGrader())
        self.features = application.features
        self.room = TerminalRoom(application.settings.room, self.clock.now)
        self.engine = daily_engine_of(self.features, {PLATFORM: self.room})
        self.bank = corpus.bank
        self.seats: dict[str, tuple[Screen, Conversation]] = {}
        self.questions: dict[str, Question] = {}

    def type(self, who: str, line: str) -> str:
        screen, conversation = self._seat(who)
        screen.shown.clear()
        assert conversation.handle(line)
        for reply in screen.shown:
            if reply.question_id is not None:
                self.questions[who] = self.bank.get(reply.question_id)
        return " ".join(screen.text.split())

    def asked(self, who: str) -> Question:
        return self.questions[who]

    def serve(self, time: timedelta) -> str:
        until, read = self.clock.at + time, ""
        while self.clock.at < until:
            self.clock.pass_by(BEAT)
            self.features.heartbeat.beat()
            self.engine.poll()
            read += "".join(map(as_text, self.room.news()))
        return " ".join(read.split())

    def down(self, time: timedelta) -> None:
        self.clock.pass_by(time)

    def _seat(self, who: str) -> tuple[Screen, Conversation]:
        if who not in self.seats:
            screen, features = Screen(), self.features
            conversation = Conversation(
                FrontDesk(features),
                person(who),
                screen.show,
                screen.warm_up,
                place=ROOM,
                news=self.room.news_with(self.engine.poll, features.notices.waiting),
            )
            conversation.begin()
            self.seats[who] = screen, conversation
        return self.seats[who]


@pytest.mark.slow
def test_three_learners_at_one_terminal(tmp_path: Path, corpus: Corpus):
    a_fortnight(TerminalStage(tmp_path / "home", corpus))
