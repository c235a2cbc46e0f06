"""`coach run` as an operator starts it, with Discord's addresses set to the emulated ones."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from pathlib import Path

from tests.cli.conftest import REPOSITORY
from tests.platforms.discord.wire.gateway import until
from tests.platforms.discord.wire.server import TOKEN, Discord


def settings_of(discord: Discord) -> dict[str, str]:
    """What leads the program to this Discord."""
    return {
        "COACH_DISCORD__TOKEN": TOKEN,
        "COACH_DISCORD__API_URL": discord.url,
        "COACH_DISCORD__GATEWAY_URL": discord.gateway.url,
    }


async def started(home: Path, vectors: Path, discord: Discord, **more: str) -> Process:
    """Start the program and wait until Discord sees it; `stderr.log` keeps what it says."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",  # its threads would wait for each other beside another test
        "COACH_HOME": str(home),
        "COACH_CACHE": str(vectors),
        "COACH_POLL_SECONDS": "1",
        **settings_of(discord),
        **more,
    }
    command = (sys.executable, "-m", "bot", "run")
    with (home / "stderr.log").open("ab") as said:
        program = await asyncio.create_subprocess_exec(
            *command, env=environment, stderr=said, cwd=home
        )
    await until(lambda: discord.gateway.live and discord.people.commands, 180)
    return program
