"""A coach with fakes behind a real bolt app, before an emulated Slack; one test, one of each."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import sessionmaker

from bot.core.accounts.commands import account_commands
from bot.core.accounts.model import PlatformUser
from bot.core.appeals.commands import appeal_commands
from bot.core.appeals.decisions import AppealDecisions
from bot.core.appeals.service import Appeals
from bot.core.daily.commands import daily_commands
from bot.core.flags.service import Flags
from bot.core.insights.service import Insights
from bot.core.leaderboard.exclusions import Exclusions
from bot.core.own_questions.commands import own_question_commands
from bot.core.own_questions.service import OwnQuestions
from bot.core.own_questions.suggestions import SuggestedQuestions
from bot.core.plans.commands import plan_commands
from bot.core.plans.service import StudyPlanning
from bot.core.practice.answering import Answering
from bot.core.practice.model import Attempt
from bot.core.privacy.commands import privacy_commands
from bot.core.privacy.model import Terms
from bot.core.privacy.service import Privacy
from bot.core.progress.service import ProgressReports
from bot.core.questions.banks import Banks
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.settings import SlackSettings
from bot.storage.engine import BUSY_SECONDS, make_engine
from bot.storage.turns import Turns, UnitOfWorkInTurn
from knowledge.bank import QuestionBank
from tests.core.samples import Studio, coach_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeFinder, FakeGrader, FixedClock
from tests.platforms.desks import services_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import BOT_TOKEN, SECRET

Json = dict[str, Any]


class Nothing:
    """No traces beside the tables."""

    def erase(self, _user: PlatformUser) -> None:
        return None


class Nobody:
    """A cohort of nobody."""

    def everywhere(self, _most: int) -> tuple[()]:
        return ()

    def of_community(self, _community_id: int, _most: int) -> tuple[()]:
        return ()


@dataclass
class Office:
    """The app with all its parts, and people before it."""

    slack: Slack
    unit_of_work: MakeUnitOfWork
    grader: FakeGrader
    clock: FixedClock
    desk: SlackDesk
    platform: SlackPlatform
    ada: str
    bob: str
    channel: str

    @property
    def attempts(self) -> list[Attempt]:
        with self.unit_of_work() as uow:
            found = [uow.attempts.get(number) for number in range(1, 400)]
        return [attempt for attempt in found if attempt is not None]

    def settled(self) -> None:
        """Wait until the app has done all it was told."""
        assert self.platform.settled(300)

    def asked(self, text: str = "ask concept-drift", user: str = "") -> Json:
        """The ephemeral question after a command."""
        self.slack.slash(user or self.ada, self.channel, "/coach", text)
        self.settled()
        return self.slack.responses[-1]

    def form(self, user: str = "") -> Json:
        """The form that was opened last for somebody."""
        views = [each for each in self.slack.views.values() if each["_user"] == (user or self.ada)]
        return views[-1]


def words_of(value: Any) -> str:
    """Every text in blocks, a text a line."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        rest = [words_of(each) for key, each in value.items() if key != "text" or not own]
        return "\n".join(filter(None, (*own, *rest)))
    return "\n".join(filter(None, map(words_of, value))) if isinstance(value, list) else ""


def eventually(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait for a condition, and return what it came to."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
    return found


@pytest.fixture
def unit_of_work(database: Path) -> Iterator[MakeUnitOfWork]:
    """The database as `coach run` opens it."""
    engine = make_engine(database)
    sessions, turns = sessionmaker(engine), Turns()
    yield lambda: UnitOfWorkInTurn(sessions, turns, str(database), BUSY_SECONDS)
    engine.dispose()


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack() as running:
        yield running


@pytest.fixture
def fake_grader() -> FakeGrader:
    return FakeGrader()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork, fake_grader: FakeGrader, clock: FixedClock
) -> SlackDesk:
    """The core, with fakes where a model would be."""
    answering = Answering(bank, fake_grader, unit_of_work, clock)
    finder = FakeFinder(("monitoring/concept-drift", 0.9))
    coach = coach_of(bank, answering, unit_of_work, clock, finder)
    privacy = Privacy(unit_of_work, clock, Terms(), Nothing())
    services = services_of(coach, bank, answering, unit_of_work, clock)
    parts = (bank, lambda _: finder, unit_of_work, clock)
    insights = Insights(bank, Banks(bank, finder), unit_of_work, Nobody)
    decisions = AppealDecisions(bank, unit_of_work, clock, lambda *_: None, lambda: None)
    own = own_question_commands(OwnQuestions(*parts), SuggestedQuestions(*parts), insights)
    commands = (
        *services.commands,
        *account_commands(services.accounts),
        *services.visibility.commands(),
        *Exclusions(unit_of_work, clock).commands(),
        *Flags(bank, unit_of_work, clock).commands(),
        *appeal_commands(Appeals(bank, unit_of_work, clock), decisions, bank),
        *own,
        *daily_commands(bank, services.daily, services.plans),
        *plan_commands(StudyPlanning(bank, unit_of_work, clock), bank),
        *services.late_grades.commands(),
        *ProgressReports(bank, unit_of_work, clock, Studio).commands(),
        *privacy_commands(privacy),
    )
    return SlackDesk(replace(services, commands=commands), "/coach")


@pytest.fixture
def office(
    slack: Slack,
    desk: SlackDesk,
    unit_of_work: MakeUnitOfWork,
    fake_grader: FakeGrader,
    clock: FixedClock,
) -> Iterator[Office]:
    """The app over HTTP, served as `coach run` does."""
    settings = SlackSettings(
        mode="http",
        bot_token=SecretStr(BOT_TOKEN),
        signing_secret=SecretStr(SECRET),
        api_url=slack.api_url,
        port=0,
        ask_command="/ask",
    )
    platform = SlackPlatform(desk, settings, unit_of_work, clock)
    asyncio.run(platform.start())
    slack.endpoint = f"http://127.0.0.1:{platform.port}/slack/events"
    ada, bob = slack.user("ada"), slack.user("bob")
    channel = slack.channel("ml-interviews")
    yield Office(slack, unit_of_work, fake_grader, clock, desk, platform, ada, bob, channel)
    asyncio.run(platform.stop())
