"""What no control of the panel does: obey strangers, or act on a channel of another server."""

from collections.abc import Callable
from typing import Any

import discord
import pytest

from bot.core.daily.plan import Outlook, Plan
from bot.platforms.discord.buttons import view_of
from bot.platforms.discord.controls import control_id, panel_rows
from tests.builders import a_plan
from tests.platforms.discord.stage import Play, Stage, host, shown, told

Player = Callable[[Play], None]

CHOICES = {"days": ["2"], "topics": ["monitoring"], "role": []}
BUTTONS = ("start", "pause", "resume", "preview", "clock")
CHANNEL, TRIAL = "channel", "run:test-question"


async def offered(on: Stage, channel: Any) -> dict[str, Any]:
    """Send each control of a channel's panel in a message of its own, for anybody to try."""
    room, bank = on.client.get_channel(on.channel.id), on.client.handling.desk.bank
    assert isinstance(room, discord.TextChannel)
    number = str(channel.id)
    (select,), *selects, (_, _, trial, _) = panel_rows(number, Outlook(a_plan(), (), 0, None), bank)
    items = {CHANNEL: select, **dict(zip(CHOICES, (row[0] for row in selects), strict=True))}
    for what in BUTTONS:
        items[what] = discord.ui.Button(label=what, custom_id=control_id(what, number))
    items[TRIAL] = trial
    messages = {}
    for what, item in items.items():
        view = view_of([[item]])
        assert view is not None
        messages[what] = await room.send(view=view)
    return messages


async def used(person: Any, what: str, message: Any, channel: Any) -> Any:
    if what in CHOICES or what == CHANNEL:
        return await person.select(message, CHOICES.get(what, [channel]))
    return await person.click(message)


def plans(on: Stage) -> list[Plan]:
    """Every plan of every server."""
    with on.house.reader.features.unit_of_work() as uow:
        return list(uow.plans.active(["discord"]))


async def trials(on: Stage, channel: Any) -> list[Any]:
    """The test questions that were posted in a channel."""
    room = on.client.get_channel(channel.id)
    assert isinstance(room, discord.TextChannel)
    return [each async for each in room.history() if "A test question" in told(each)]


def test_a_stranger_is_refused_by_every_control(play: Player) -> None:
    async def scene(on: Stage) -> None:
        await host(on).slash(on.channel, "coach setup", time="8:00")
        before = plans(on)
        assert len(before) == 1

        for what, message in (await offered(on, on.channel)).items():
            refused = await used(on.ada, what, message, on.channel)
            assert refused.modal is None, what
            assert "for the hosts of this community" in shown(refused), what

        assert plans(on) == before
        assert await trials(on, on.channel) == []

    play(scene)


def test_no_control_reaches_a_channel_of_another_server(play: Player) -> None:
    async def scene(on: Stage) -> None:
        theirs = on.env.create_guild("Another group").create_text_channel("theirs")
        await on.env.settle()
        assert on.client.get_channel(theirs.id) is not None
        helen = host(on)

        for what, message in (await offered(on, theirs)).items():
            if what == CHANNEL:
                continue
            refused = await used(helen, what, message, theirs)
            assert refused.modal is None, what
            assert "That channel is gone, or I cannot see it" in shown(refused), what

        assert plans(on) == []
        assert await trials(on, theirs) == []

    play(scene)


def test_a_host_who_may_no_longer_sends_the_window_in_vain(play: Player) -> None:
    async def scene(on: Stage) -> None:
        may = on.guild.create_role("once", permissions=discord.Permissions(manage_guild=True))
        ivy = on.guild.add_member(on.env.create_user("Ivy"), roles=[may])
        panel = (await ivy.slash(on.channel, "coach setup")).response
        window = await ivy.click(panel, label="Time and more…")
        on.env.backend.remove_member_role(on.guild.id, ivy.id, may.id)

        refused = await ivy.submit_modal(window, {"time": "7:00"})

        assert "for the hosts of this community" in shown(refused)
        assert plans(on) == []

    play(scene)


@pytest.mark.parametrize("custom_id", ["s2:start:{}", "s1:begin:{}"])
def test_a_control_of_another_version_is_out_of_date(play: Player, custom_id: str) -> None:
    async def scene(on: Stage) -> None:
        room = on.client.get_channel(on.channel.id)
        assert isinstance(room, discord.TextChannel)
        old: Any = discord.ui.Button(label="Start", custom_id=custom_id.format(room.id))
        view = view_of([[old]])
        assert view is not None

        told_so = await host(on).click(await room.send(view=view), label="Start")

        assert "out of date" in shown(told_so)
        assert plans(on) == []

    play(scene)


def test_the_panel_names_the_role_that_is_mentioned(play: Player) -> None:
    async def scene(on: Stage) -> None:
        role = on.guild.create_role("learners")
        panel = await host(on).slash(on.channel, "coach setup", ping=role)

        assert "Role to mention: learners" in shown(panel)
        assert str(role.id) not in shown(panel)

    play(scene)
