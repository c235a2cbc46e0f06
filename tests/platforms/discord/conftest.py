"""A coach with fakes over the shipped questions, and a stage on Discord to play on."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.bank import QuestionBank
from tests.core.samples import Table
from tests.platforms.discord.stage import Play, stage


@pytest.fixture
def table(bank: QuestionBank) -> Table:
    """A coach with fakes over the shipped questions, and somebody new."""
    return Table(bank)


@pytest.fixture
def play(table: Table, tmp_path: Path) -> Callable[[Play], None]:
    """Play a scene on the stage, to its end."""

    def run(scene: Play) -> None:
        async def whole() -> None:
            async with stage(table, tmp_path) as set_up:
                await scene(set_up)

        asyncio.run(whole())

    return run
