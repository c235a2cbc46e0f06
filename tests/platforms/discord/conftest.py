"""A coach with fakes over the shipped questions, and a stage on Discord to play on."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.bank import QuestionBank
from tests.core.samples import Table
from tests.platforms.discord.stage import House, Play, stage


@pytest.fixture
def table(bank: QuestionBank) -> Table:
    """A coach with fakes over the shipped questions, and somebody new."""
    return Table(bank)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A home folder in which the program can be started again and again."""
    return House(tmp_path)


@pytest.fixture
def play(house: House) -> Callable[[Play], None]:
    """Play a scene on the stage, to its end."""

    def run(scene: Play) -> None:
        async def whole() -> None:
            async with stage(house) as set_up:
                await scene(set_up)

        asyncio.run(whole())

    return run
