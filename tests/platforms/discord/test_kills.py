"""What Discord was told was taken is stored, whenever the program is killed or told to stop."""

import asyncio
import signal
import time
from asyncio.subprocess import Process
from pathlib import Path

import pytest

from tests.platforms.discord.running import started
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.server import Discord
from tests.platforms.kills import KILLS, PEOPLE, RUSH_SECONDS, answer_of, check, moment, stored

pytestmark = pytest.mark.slow

BURST = 100
"""Answers in the second before the program is told to stop."""

PATIENCE = 300.0


def test_no_acknowledged_answer_is_lost_when_it_is_killed(
    tmp_path: Path, vector_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acknowledged = asyncio.run(_killed_again_and_again(tmp_path, vector_cache))
    with capsys.disabled():
        check(acknowledged, stored(tmp_path), "Discord")


def test_a_stop_in_a_burst_stores_all_that_was_acknowledged(
    tmp_path: Path, vector_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acknowledged, seconds = asyncio.run(_stopped_in_a_burst(tmp_path, vector_cache))
    with capsys.disabled():
        print(f"\nstopped {seconds:.1f} s after it was told to")  # noqa: T201
        check(acknowledged, stored(tmp_path), "Discord")


async def _killed_again_and_again(home: Path, vectors: Path) -> set[str]:
    discord = Discord()
    await discord.start()
    sent: list[tuple[str, Interaction]] = []
    program = await started(home, vectors, discord)
    try:
        windows = await _windows(discord, PEOPLE)
        for number in range(KILLS):
            rush = [
                asyncio.create_task(_send(discord, window, answer_of(number, person), sent))
                for person, window in enumerate(windows)
            ]
            await asyncio.sleep(moment(RUSH_SECONDS * 1.2))
            await _kill(program)
            for each in rush:
                each.cancel()
            await asyncio.gather(*rush, return_exceptions=True)
            program = await started(home, vectors, discord)
    finally:
        await _kill(program)
        await discord.stop()
    return {text for text, each in sent if each.acknowledged_after is not None}


async def _stopped_in_a_burst(home: Path, vectors: Path) -> tuple[set[str], float]:
    discord = Discord()
    await discord.start()
    sent: list[tuple[str, Interaction]] = []
    program = await started(home, vectors, discord)
    try:
        windows = await _windows(discord, BURST)
        rush = [
            asyncio.create_task(_send(discord, window, answer_of(0, person), sent))
            for person, window in enumerate(windows)
        ]
        await asyncio.sleep(RUSH_SECONDS)
        told = time.monotonic()
        program.send_signal(signal.SIGTERM)
        status = await asyncio.wait_for(program.wait(), 60)
        seconds = time.monotonic() - told
        await asyncio.gather(*rush, return_exceptions=True)
    finally:
        await _kill(program)
        await discord.stop()
    assert status == 0
    return {text for text, each in sent if each.acknowledged_after is not None}, seconds


async def _windows(discord: Discord, people: int) -> list[Interaction]:
    """Return the windows that people have open for an answer; they outlive the program."""
    guild = discord.world.guild()
    channel = discord.world.channel(guild)
    opened = []
    for number in range(people):
        person = discord.world.user(f"Person {number}")
        discord.world.join(guild, person)
        asked = await discord.people.slash(person, channel, "ask", about="concept-drift")
        message = (await asked.done(PATIENCE)).message
        assert message is not None
        opened.append(await (await discord.people.press(person, message, "Answer")).done(PATIENCE))
    return opened


async def _send(
    discord: Discord, window: Interaction, text: str, sent: list[tuple[str, Interaction]]
) -> None:
    await asyncio.sleep(moment())
    sent.append((text, await discord.people.send(window.user, window, text)))


async def _kill(program: Process) -> None:
    if program.returncode is None:
        program.kill()
        await program.wait()
