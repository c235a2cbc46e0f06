"""Discord, Slack and the daily loop in one process, as `coach run` serves them."""

import asyncio
from pathlib import Path

import pytest

from tests.platforms.discord.wire.gateway import until
from tests.platforms.discord.wire.server import TOKEN, Discord
from tests.platforms.discord.wire.world import EVERYBODY
from tests.platforms.slack.conftest import eventually, words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.running import Running

SAID = "The relationship between inputs and target changes after training; I retrain."


@pytest.mark.slow
def test_two_platforms_share_a_process_and_stop_together(
    tmp_path: Path, vector_cache: Path
) -> None:
    with Slack() as slack:
        asyncio.run(_evening(tmp_path, vector_cache, slack))
    assert "Traceback" not in (tmp_path / "coach.log").read_text()


async def _evening(home: Path, vectors: Path, slack: Slack) -> None:
    discord = Discord()
    await discord.start()
    running = Running(
        home,
        vectors,
        slack,
        "http",
        COACH_DISCORD__TOKEN=TOKEN,
        COACH_DISCORD__API_URL=discord.url,
        COACH_DISCORD__GATEWAY_URL=discord.gateway.url,
    )
    try:
        await asyncio.to_thread(running.__enter__)
        await until(lambda: discord.gateway.live and discord.people.commands, 180)
        world = discord.world
        guild, helen = world.guild(), world.user("Helen")
        channel = world.channel(guild)
        world.join(guild, helen, EVERYBODY)
        asked = await discord.people.slash(helen, channel, "ask", about="concept drift")
        assert "concept drift" in (await asked.done(120)).text
        assert "█" in await asyncio.to_thread(_graded_on_slack, slack)
        assert await asyncio.to_thread(running.stop) == 0
    finally:
        await asyncio.to_thread(running.__exit__)
        await discord.stop()


def _graded_on_slack(slack: Slack) -> str:
    ada, channel = slack.user("ada"), slack.channel("ml-interviews")
    for number, text in enumerate(("ask concept-drift", f"answer {SAID}"), start=1):
        assert slack.slash(ada, channel, "/coach", text).status == 200
        eventually(lambda number=number: len(slack.responses) >= number, 120)
    return words_of(slack.responses[-1]["blocks"])
