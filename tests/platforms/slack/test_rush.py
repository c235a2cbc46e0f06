"""Many people at once before `coach run`: everybody acknowledged in time, graded, and once."""

import asyncio
import statistics
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.platforms.slack.conftest import eventually
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import ACKNOWLEDGED_WITHIN, Delivery
from tests.platforms.slack.running import Running

PEOPLE = 200
SECONDS = 5.0
PATIENCE = 300.0


@pytest.mark.slow
@pytest.mark.alone
def test_two_hundred_answers_in_five_seconds(
    slack: Slack, tmp_path: Path, vector_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = slack.channel("ml-interviews")
    people = [slack.user(f"person{number}") for number in range(PEOPLE)]
    with Running(tmp_path, vector_cache, slack, "http") as running:
        for person in people:
            slack.slash(person, channel, "/coach", "ask concept-drift")
        eventually(lambda: len(slack.responses) >= PEOPLE, PATIENCE)
        slack.slash(people[0], channel, "/coach", "answer It changes.")  # the model is loaded
        eventually(lambda: len(slack.responses) > PEOPLE, PATIENCE)
        slack.slash(people[0], channel, "/coach", "ask concept-drift")
        eventually(lambda: len(slack.responses) > PEOPLE + 1, PATIENCE)
        slack.responses.clear()

        begun = time.monotonic()
        deliveries = slack.run(_rush(slack, people, channel))
        sent = time.monotonic() - begun
        eventually(lambda: len(slack.responses) >= PEOPLE, PATIENCE)
        graded = time.monotonic() - begun
        with running.unit_of_work() as uow:
            attempts = [uow.attempts.get(number) for number in range(2, 2 * PEOPLE)]
    latencies = sorted(delivery.took for delivery in deliveries)
    with capsys.disabled():
        half, most = statistics.median(latencies), latencies[int(0.99 * PEOPLE)]
        print(  # noqa: T201 the figures are what this test is for
            f"\n{PEOPLE} answers in {sent:.1f} s: acknowledged after {1000 * half:.0f} ms "
            f"(median), {1000 * most:.0f} ms (99 %), {1000 * latencies[-1]:.0f} ms (last); "
            f"all graded {graded:.1f} s after the first"
        )
    assert Counter(delivery.status for delivery in deliveries) == {200: PEOPLE}
    assert latencies[-1] < ACKNOWLEDGED_WITHIN
    found = [attempt for attempt in attempts if attempt is not None]
    assert Counter(attempt.learner_id for attempt in found) == {n + 1: 1 for n in range(PEOPLE)}
    assert all(attempt.grade is not None for attempt in found)
    assert Counter(one["user"] for one in slack.responses) == dict.fromkeys(people, 1)


async def _rush(slack: Slack, people: list[str], channel: str) -> list[Delivery]:
    async def one(number: int) -> Delivery:
        await asyncio.sleep(number * SECONDS / PEOPLE)
        said = f"Number {number} says: the relation of inputs and target changes with time."
        return await slack.typing(people[number], channel, "/coach", f"answer {said}")

    return list(await asyncio.gather(*map(one, range(PEOPLE))))
