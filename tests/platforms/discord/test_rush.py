"""Two hundred people answer the question of the day within five seconds, on two cores."""

import asyncio
import statistics
import time
from pathlib import Path

import pytest

from bot.core.daily.words import daily_post
from bot.core.ports import Address
from grading.batching import BatchingEncoder
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT
from tests.platforms.discord.stage import House
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.world import Json
from tests.platforms.discord.wired import Wire, wired

LEARNERS = 200
SECONDS = 5.0


@pytest.mark.slow
@pytest.mark.alone
def test_everybody_is_acknowledged_in_time_and_graded_once(
    grader: Grader,
    encoder: SentenceTransformerEncoder,
    bank: QuestionBank,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    with BatchingEncoder(encoder) as batching:
        house = House(tmp_path, grader.reading_with(batching))
        house.grader.grade(bank.get(DRIFT), "It drifts.")
        windows, grades = asyncio.run(_rush(house))

    acknowledged = sorted(each.acknowledged_after or 99.0 for each in (*windows, *grades))
    answered = sorted(each.answered_after or 99.0 for each in grades)
    with capsys.disabled():
        print(f"\n{LEARNERS} learners within {SECONDS:g} s:")  # noqa: T201 the figures are asked for
        for what, times in (("acknowledged", acknowledged), ("graded", answered)):
            middle, late = statistics.median(times), times[int(0.95 * len(times))]
            print(f"  {what}: median {middle:.2f} s, 95 % {late:.2f} s, last {times[-1]:.2f} s")  # noqa: T201
    assert acknowledged[-1] < 3.0
    attempts = house.attempts
    assert len(attempts) == LEARNERS
    assert len({each.learner_id for each in attempts}) == LEARNERS
    assert len({each.answer for each in attempts}) == LEARNERS
    assert all(each.grade is not None and each.first for each in attempts)
    assert all(" %**" in each.text for each in grades)


async def _rush(house: House) -> tuple[list[Interaction], list[Interaction]]:
    """Return the windows that were opened and the grades that came."""
    async with wired(house) as wire:
        question = await _posted(wire)
        people = [wire.discord.world.user(f"Learner {number}") for number in range(LEARNERS)]
        for person in people:
            wire.discord.world.join(wire.guild, person)
        answering = [
            _answer(wire, question, person, number, SECONDS * number / LEARNERS)
            for number, person in enumerate(people)
        ]
        done = await asyncio.gather(*answering)
    return [window for window, _ in done], [grade for _, grade in done]


async def _posted(wire: Wire) -> Json:
    """Post the question of the day as the engine does, and return its message."""
    post_id = wire.house.sent_post(wire.guild, wire.channel)
    features = wire.features
    assert features is not None
    with features.unit_of_work() as uow:
        post = uow.posts.get(post_id)
    assert post is not None
    message = daily_post(features.bank.get(DRIFT), features.bank, post, 0, post.closes_at)
    to = Address("discord", wire.guild, wire.channel)
    messenger = wire.platform.messenger
    number = await asyncio.to_thread(messenger.post, to, message, post.marker)
    return wire.discord.world.messages[wire.channel][number]


async def _answer(
    wire: Wire, question: Json, person: str, number: int, delay: float
) -> tuple[Interaction, Interaction]:
    await asyncio.sleep(delay)
    people = wire.discord.people
    window = await people.press(person, question, "Answer")
    began = time.monotonic()
    text = (
        f"I am number {number}. The relation between inputs and target changes over time, so I "
        "watch the error on fresh labels and retrain on recent data when it rises."
    )
    grade = await people.send(person, window, text)
    await grade.done(120 - (time.monotonic() - began))
    return window, grade
