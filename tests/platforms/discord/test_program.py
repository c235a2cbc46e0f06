"""`coach run` as an operator starts it, from the first set-up to the leaderboard, then SIGTERM."""

import asyncio
import signal
from pathlib import Path

import pytest

from grading.grader import Grader
from tests.platforms.discord.running import started
from tests.platforms.discord.wire.interactions import Interaction
from tests.platforms.discord.wire.server import Discord
from tests.platforms.discord.wire.world import EVERYBODY, MANAGE_GUILD, Json

KNOWS = (
    "The relationship between inputs and target changes after training, so I watch live quality "
    "against fresh labels, alert on a sustained drop and retrain on recent data."
)
GUESSES = "The inputs look different from before, and I would look at the dashboards."

PATIENCE = 300.0
"""For what nobody measures here; that Discord is acknowledged in time, its double demands."""


class Server:
    """A server with a host and two learners, in front of a running program."""

    def __init__(self, discord: Discord) -> None:
        self.discord = discord
        world = discord.world
        self.guild = world.guild()
        self.channel = world.channel(self.guild)
        self.helen, self.ada, self.grace = map(world.user, ("Helen", "Ada", "Grace"))
        world.join(self.guild, self.helen, EVERYBODY | MANAGE_GUILD)
        world.join(self.guild, self.ada)
        world.join(self.guild, self.grace)

    async def run(self, person: str, name: str, **options: object) -> Interaction:
        began = await self.discord.people.slash(person, self.channel, name, **options)
        return await began.done(PATIENCE)

    async def press(self, person: str, message: Json | None, label: str) -> Interaction:
        assert message is not None
        return await (await self.discord.people.press(person, message, label)).done(PATIENCE)

    async def answer(self, person: str, message: Json, text: str) -> Interaction:
        window = await self.press(person, message, "Answer")
        return await (await self.discord.people.send(person, window, text)).done(PATIENCE)

    def posted(self, words: str) -> Json | None:
        messages = self.discord.world.messages[self.channel].values()
        return next((each for each in messages if words in str(each["embeds"])), None)


@pytest.mark.slow
def test_a_server_is_set_up_and_practises(grader: Grader, tmp_path: Path, vector_cache: Path):
    asyncio.run(_evening(tmp_path, vector_cache))


async def _evening(home: Path, vectors: Path) -> None:
    discord = Discord()
    await discord.start()
    server = Server(discord)
    program = await started(home, vectors, discord)
    try:
        await _practise(server)
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), 60) == 0
    finally:
        if program.returncode is None:
            program.kill()
        await discord.stop()
    assert "Traceback" not in (home / "coach.log").read_text()


async def _practise(server: Server) -> None:
    done = await server.run(server.helen, "coach setup", time="09:00", zone="Europe/Madrid")
    assert "09:00" in done.text
    await server.press(server.helen, done.message, "Post a test question")
    question = server.posted("A test question")
    assert question is not None

    grades = await asyncio.gather(
        server.answer(server.ada, question, KNOWS), server.answer(server.grace, question, GUESSES)
    )
    assert all(" %**" in grade.text for grade in grades), [g.text for g in grades]

    board = await server.run(server.ada, "leaderboard")
    assert "This week" in _labels(board)
    progress = await server.run(server.ada, "progress")
    assert progress.message is not None
    (embed,) = progress.message["embeds"]
    assert embed["image"]["url"].endswith(".png")
    (picture,) = server.discord.world.files.values()
    assert picture["data"].startswith(b"\x89PNG")


def _labels(shown: Interaction) -> list[str]:
    assert shown.message is not None
    return [item["label"] for row in shown.message["components"] for item in row["components"]]
