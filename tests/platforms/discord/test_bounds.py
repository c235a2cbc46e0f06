"""Nothing that is larger than Discord makes it is looked at: it is told, and leaves no trace."""

import asyncio
from collections.abc import Awaitable, Callable
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.core.words.buttons import TOO_LARGE
from bot.platforms.discord import bounds
from bot.platforms.discord.bounds import fits, text_fits
from bot.platforms.discord.limits import CUSTOM_ID, MESSAGE, OPTION
from bot.storage.orm import Base
from tests.platforms.discord.stage import House
from tests.platforms.discord.wire.interactions import PRESS, WINDOW, Interaction
from tests.platforms.discord.wired import Wire, wired

Scene = Callable[[Wire], Awaitable[None]]
Play = Callable[[Scene], None]

LONG = "9" * (OPTION + 1)


@pytest.fixture
def play(house: House) -> Play:
    def run(scene: Scene) -> None:
        async def whole() -> None:
            async with wired(house) as wire:
                await scene(wire)

        asyncio.run(whole())

    return run


def rows(wire: Wire) -> dict[str, int]:
    """How many rows each table has."""
    with wire.house.reader.features.unit_of_work() as uow:
        return {
            table.name: uow._session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


async def refused(
    wire: Wire, caplog: pytest.LogCaptureFixture, begin: Callable[[], Awaitable[Interaction]]
) -> None:
    """Send something; see that it leaves no trace but a line, and that the person is told."""
    before = rows(wire)
    caplog.clear()
    told = await (await begin()).done()
    assert TOO_LARGE.replace("'", "’") in told.text.replace("'", "’")
    assert rows(wire) == before
    lines = [each.getMessage() for each in caplog.records if each.name == bounds.__name__]
    assert len(lines) == 1
    assert len(lines[0]) < 100
    assert "unexpected error" not in caplog.text


def test_an_oversize_option_of_a_command(play: Play, caplog: pytest.LogCaptureFixture):
    async def scene(wire: Wire) -> None:
        people = wire.discord.people
        for name, option in (("ask", "about"), ("flag", "remark"), ("interview", "topics")):
            more = {option: LONG}
            await refused(
                wire,
                caplog,
                lambda name=name, more=more: people.slash(wire.ada, wire.channel, name, **more),
            )
        assert await people.type(wire.ada, wire.channel, "ask", "about", LONG) == []

    play(scene)


@pytest.mark.parametrize("custom_id", ["v1:hint:q", "v1:run:ask ", "v1:setup:", "s1:days:1", "x"])
def test_a_button_with_an_oversize_id(play: Play, caplog: pytest.LogCaptureFixture, custom_id: str):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        message: Any = deepcopy(asked.message)
        known = custom_id + "9" * CUSTOM_ID
        message["components"][0]["components"][0]["custom_id"] = known
        data = {"custom_id": known, "component_type": 2}
        begin = lambda: wire.discord.people._begin(  # noqa: E731
            PRESS, wire.ada, wire.channel, data, message
        )
        if custom_id in {"s1:days:1", "x"}:  # no id of ours, so that it is out of date
            assert "out of date" in (await (await begin()).done()).text
        else:
            await refused(wire, caplog, begin)

    play(scene)


@pytest.mark.parametrize(
    ("custom_id", "name", "value"),
    [
        ("v1:modal:0", "answer", LONG),
        ("v1:modal:q" + "9" * CUSTOM_ID, "answer", "Its inputs change."),
        ("v1:modal:0", "9" * (CUSTOM_ID + 1), "Its inputs change."),
        ("v1:form:flag", "words", LONG),
    ],
    ids=["text", "id of the window", "id of a field", "form"],
)
def test_a_window_with_something_oversize(
    play: Play, caplog: pytest.LogCaptureFixture, custom_id: str, name: str, value: str
):
    async def scene(wire: Wire) -> None:
        await wire.asked(wire.ada)
        field = {"type": 4, "id": 2, "custom_id": name, "value": value}
        label = {"type": 18, "id": 1, "component": field}
        data = {"custom_id": custom_id, "components": [label]}
        await refused(
            wire, caplog, lambda: wire.discord.people._begin(WINDOW, wire.ada, wire.channel, data)
        )

    play(scene)


def test_what_discord_itself_may_send_passes():
    deep: Any = {"value": "a"}
    for _ in range(8):
        deep = {"components": [deep]}

    assert fits({"custom_id": "9" * CUSTOM_ID, "values": ["a" * 100] * 25, "components": [deep]})
    assert fits({"name": "ask", "options": [{"name": "about", "value": "a" * OPTION}]})
    assert text_fits("a" * MESSAGE)


def test_what_is_nested_without_end_or_too_long_to_be_a_message_does_not():
    deep: Any = {}
    for _ in range(40):
        deep = {"components": [deep]}

    assert not fits(deep)
    assert not text_fits("a" * (MESSAGE + 1))
