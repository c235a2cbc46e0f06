"""The same words earn the same grade on Slack as at the terminal."""

import asyncio
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.core.accounts.model import PlatformUser
from bot.core.practice.answering import Answering
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.people import account
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.settings import SlackSettings
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.person import person
from grading.grade import Grade
from grading.grader import Grader
from grading.search import QuestionSearch
from knowledge.bank import QuestionBank
from tests.builders import attempts_of
from tests.core.samples import coach_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock
from tests.platforms.desks import services_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import BOT_TOKEN, SECRET
from tests.platforms.slack.emulator.state import TEAM

SCRIPT = (
    ("ask concept-drift", "The relationship between features and target changes after training."),
    (
        "ask concept-drift",
        "Concept drift means the inputs change while the relation stays the same.",
    ),
    ("ask monitoring", "I compare live metrics with fresh labels, and retrain & alert if < 0.8."),
    ("ask drift", "I don't know"),
)


@pytest.fixture
def desk(
    bank: QuestionBank, grader: Grader, search: QuestionSearch, unit_of_work: MakeUnitOfWork
) -> SlackDesk:
    clock = FixedClock()
    answering = Answering(bank, grader, unit_of_work, clock)
    coach = coach_of(bank, answering, unit_of_work, clock, search)  # type: ignore[arg-type]
    return SlackDesk(services_of(coach, bank, answering, unit_of_work, clock))


@pytest.fixture
def platform(
    slack: Slack, desk: SlackDesk, unit_of_work: MakeUnitOfWork
) -> Iterator[SlackPlatform]:
    settings = SlackSettings(
        mode="http",
        bot_token=SecretStr(BOT_TOKEN),
        signing_secret=SecretStr(SECRET),
        api_url=slack.api_url,
        port=0,
    )
    platform = SlackPlatform(desk, settings, unit_of_work, FixedClock())
    asyncio.run(platform.start())
    slack.endpoint = f"http://127.0.0.1:{platform.port}/slack/events"
    yield platform
    asyncio.run(platform.stop())


def grades_of(unit_of_work: MakeUnitOfWork, user: PlatformUser) -> list[tuple[str, Grade | None]]:
    with unit_of_work() as uow:
        learner = uow.learners.find(user)
        assert learner is not None
        return [(a.question_id, a.grade) for a in attempts_of(uow, learner.id)]


@pytest.mark.slow
def test_one_script_earns_the_same_grades_at_the_terminal_and_on_slack(
    slack: Slack, desk: SlackDesk, platform: SlackPlatform, unit_of_work: MakeUnitOfWork
) -> None:
    terminal = person("ada")
    conversation = Conversation(desk, terminal, lambda _: None, lambda: None)
    ada = slack.user("ada")
    dm = slack.dm(ada)
    for order, answer in SCRIPT:
        conversation.handle(f"/{order}")
        conversation.handle(answer)
        slack.slash(ada, dm, "/coach", order)
        assert platform.settled(300)
        escaped = answer.replace("&", "&amp;").replace("<", "&lt;")
        slack.say(ada, dm, escaped)
        assert platform.settled(300)
    at_terminal = grades_of(unit_of_work, terminal)
    assert len(at_terminal) == len(SCRIPT)
    assert grades_of(unit_of_work, account(TEAM, ada)) == at_terminal
