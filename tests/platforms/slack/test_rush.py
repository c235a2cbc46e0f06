"""Many people at once, with the real grader: everybody is acknowledged in time, graded, once."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import sessionmaker

from bot.core.answering import Answering
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.platform import SlackPlatform
from bot.settings import SlackSettings
from bot.storage.engine import BUSY_SECONDS, make_engine
from bot.storage.turns import Turns, UnitOfWorkInTurn
from grading.batching import BatchingEncoder
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from knowledge.bank import QuestionBank
from tests.core.samples import coach_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import ACKNOWLEDGED_WITHIN, BOT_TOKEN, SECRET

PEOPLE = 200
SECONDS = 5.0
PATIENCE = 300.0


@pytest.fixture
def unit_of_work(database: Path) -> Iterator[MakeUnitOfWork]:
    """The database as `coach run` opens it."""
    engine = make_engine(database)
    sessions, turns = sessionmaker(engine), Turns()
    yield lambda: UnitOfWorkInTurn(sessions, turns, str(database), BUSY_SECONDS)
    engine.dispose()


@pytest.fixture
def platform(
    slack: Slack,
    bank: QuestionBank,
    grader: Grader,
    encoder: SentenceTransformerEncoder,
    unit_of_work: MakeUnitOfWork,
) -> Iterator[SlackPlatform]:
    clock = FixedClock()
    with BatchingEncoder(encoder) as batching:
        answering = Answering(bank, grader.reading_with(batching), unit_of_work, clock)
        desk = Desk(coach_of(bank, answering, unit_of_work, clock), bank, ())
        settings = SlackSettings(
            mode="http",
            bot_token=SecretStr(BOT_TOKEN),
            signing_secret=SecretStr(SECRET),
            api_url=slack.api_url,
            port=0,
        )
        platform = SlackPlatform(desk, settings, unit_of_work, clock)
        asyncio.run(platform.start())
        slack.endpoint = f"http://127.0.0.1:{platform.port}/slack/events"
        yield platform
        asyncio.run(platform.stop())


@pytest.mark.slow
def test_two_hundred_answers_in_five_seconds(
    slack: Slack,
    platform: SlackPlatform,
    unit_of_work: MakeUnitOfWork,
    capsys: pytest.CaptureFixture[str],
) -> None:
    channel = slack.channel("ml-interviews")
    people = [slack.user(f"person{number}") for number in range(PEOPLE)]
    for person in people:
        slack.slash(person, channel, "/coach", "ask concept-drift")
    assert platform.settled(60)

    async def rush() -> list[float]:
        async def one(number: int) -> float:
            await asyncio.sleep(number * SECONDS / PEOPLE)
            said = f"Number {number} says: the relation of inputs and target changes with time."
            delivery = await slack.typing(people[number], channel, "/coach", f"answer {said}")
            return delivery.took if delivery.status == 200 else ACKNOWLEDGED_WITHIN

        return list(await asyncio.gather(*map(one, range(PEOPLE))))

    begun = time.monotonic()
    latencies = sorted(slack.run(rush()))
    sent = time.monotonic() - begun
    assert platform.settled(PATIENCE)
    graded = time.monotonic() - begun

    with capsys.disabled():
        half, most = statistics.median(latencies), latencies[int(0.99 * PEOPLE)]
        print(  # noqa: T201 the figures are what this test is for
            f"\n{PEOPLE} answers in {sent:.1f} s: acknowledged after {1000 * half:.0f} ms "
            f"(median), {1000 * most:.0f} ms (99 %), {1000 * latencies[-1]:.0f} ms (last); "
            f"all graded {graded:.1f} s after the first"
        )
    with unit_of_work() as uow:
        attempts = [uow.attempts.get(number) for number in range(1, PEOPLE + 2)]
    found = [attempt for attempt in attempts if attempt is not None]
    assert Counter(attempt.learner_id for attempt in found) == {n + 1: 1 for n in range(PEOPLE)}
    assert all(attempt.grade is not None for attempt in found)
    assert latencies[-1] < ACKNOWLEDGED_WITHIN
    shown = Counter(one["user"] for one in slack.responses if "░" in str(one["blocks"]))
    assert shown == dict.fromkeys(people, 1)
