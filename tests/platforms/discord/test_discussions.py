"""Private threads for those who have answered: begun once, and each is let in once."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.core.daily.plan import Discussion
from bot.core.errors import Undeliverable
from bot.core.ports import Address
from bot.core.reply import Paragraph, Reply
from bot.platforms.discord.sending import PAUSES
from tests.platforms.discord.stage import House, Play, Stage, shown, told
from tests.platforms.discord.test_admin import host
from tests.platforms.discord.test_days import MORNING, Days
from tests.platforms.discord.test_messenger import Line
from tests.platforms.discord.wired import Wire, wired

Player = Callable[[Play], None]
BEGINS = Reply((Paragraph("Here those talk who have answered."),))
NAME, MARKER = "Mon 23 Nov: Why?", "discussion-12-20261123"


def private_threads(on: Stage) -> list[Any]:
    room = on.client.get_channel(on.channel.id)
    assert isinstance(room, discord.TextChannel)
    return [thread for thread in room.threads if thread.is_private()]


async def people_in(thread: Any) -> set[int]:
    return {member.id for member in await thread.fetch_members()}


def test_a_private_discussion_is_begun_once_and_says_once_what_it_is_for(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        begin = (line.to, NAME * 20, BEGINS, MARKER, line.since)

        number = await line.call("open_discussion", *begin)
        await on.restart()
        line = Line(on)
        again = await line.call("open_discussion", *begin)

        (thread,) = private_threads(on)
        assert str(thread.id) == number == again
        assert len(thread.name) <= 100
        messages = [message async for message in thread.history() if message.embeds]
        assert [told(message) for message in messages] == ["Here those talk who have answered."]
        (made,) = [r for r in on.env.http_requests if r.path.endswith(f"{on.channel.id}/threads")]
        assert made.json["type"] == discord.ChannelType.private_thread.value
        assert made.json["invitable"] is False

    play(scene)


def test_what_was_begun_and_folded_up_is_found_again(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        begin = (line.to, NAME, BEGINS, MARKER, line.since)
        number = await line.call("open_discussion", *begin)
        (thread,) = private_threads(on)
        await thread.edit(archived=True)

        assert await line.call("open_discussion", *begin) == number

    play(scene)


def test_people_are_let_in_and_nobody_is_bothered_twice(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        number = await line.call("open_discussion", line.to, NAME, BEGINS, MARKER, line.since)
        (thread,) = private_threads(on)
        assert await people_in(thread) == {on.client.user.id}

        for _ in range(2):
            await line.call("admit", line.to, number, str(on.ada.id))

        assert await people_in(thread) == {on.client.user.id, on.ada.id}

    play(scene)


@pytest.mark.parametrize(
    ("status", "code", "permanent"), [(404, 10007, True), (403, 50013, True), (429, 0, False)]
)
def test_who_cannot_be_let_in_is_told_apart_from_a_bad_moment(
    play: Player, status: int, code: int, permanent: bool
):
    async def scene(on: Stage) -> None:
        line = Line(on)
        number = await line.call("open_discussion", line.to, NAME, BEGINS, MARKER, line.since)
        on.env.inject_error(
            "PUT", "/channels/*/thread-members/*", status=status, code=code, times=None
        )
        with pytest.raises(Undeliverable) as refused:
            await line.call("admit", line.to, number, str(on.ada.id))
        assert refused.value.permanent is permanent

    play(scene)


def test_a_day_with_a_discussion_for_those_who_answer(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on, discussion=Discussion.ANSWERED)
        await days.at(MORNING)
        question = await days.posted()
        assert "Once you've answered, you can join the discussion." in told(question)
        (thread,) = private_threads(on)
        assert await people_in(thread) == {on.client.user.id}

        await days.restart()
        hers = await on.answers(on.ada, question, "The relationship changes.")
        assert "You can join the discussion now" in shown(hers)
        await days.at(MORNING + timedelta(minutes=1))
        await days.at(MORNING + timedelta(minutes=2))

        (thread,) = private_threads(on)
        assert await people_in(thread) == {on.client.user.id, on.ada.id}
        await thread.remove_user(on.ada.user)
        await days.at(MORNING + timedelta(hours=1))
        assert await people_in(thread) == {on.client.user.id}

        await days.at(MORNING + timedelta(days=1))
        results = [r for r in days.messages() if "message_reference" in (r.json or {})]
        assert [r.json["message_reference"]["message_id"] for r in results] == [question.id]
        told_there = [m async for m in thread.history() if m.embeds]
        assert len(told_there) == 1

    play(scene)


def test_a_host_is_told_which_permission_private_discussions_lack(play: Player):
    async def scene(on: Stage) -> None:
        helen, me = host(on), on.client.user
        no = discord.PermissionOverwrite(create_private_threads=False)
        closed = on.guild.create_text_channel("closed", overwrites={me: no})

        refused = await helen.slash(on.channel, "coach setup", thread="answered", channel=closed)
        others = await helen.slash(on.channel, "coach setup", thread="open", channel=closed)
        chosen = await helen.slash(on.channel, "coach setup", thread="answered")

        assert "I lack the permission Create Private Threads" in shown(refused)
        assert "Discussion: below each question" in shown(others)
        assert "Discussion: private, for those who have answered" in shown(chosen)
        assert "Discussion: none" in shown(
            await helen.slash(on.channel, "coach setup", thread="none")
        )

    play(scene)


SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def on_the_wire(house: House, scene: Callable[[Wire, Callable[..., Any]], Any]) -> None:
    async def whole() -> None:
        async with wired(house) as wire:
            messenger = wire.platform.messenger

            async def call(name: str, *arguments: Any) -> Any:
                to = Address("discord", wire.guild, wire.channel)
                return await asyncio.to_thread(getattr(messenger, name), to, *arguments)

            await scene(wire, call)

    asyncio.run(whole())


def test_a_thread_that_was_made_without_a_word_is_not_made_again(house: House):
    async def scene(wire: Wire, call: Callable[..., Any]) -> None:
        wire.discord.fault("POST", f"/channels/{wire.channel}/threads$", "drop-after")
        with pytest.raises(Undeliverable) as lost:
            await call("open_discussion", NAME, BEGINS, MARKER, SINCE)
        assert not lost.value.permanent

        number = await call("open_discussion", NAME, BEGINS, MARKER, SINCE)

        assert list(wire.discord.world.in_thread) == [number]
        assert len(wire.discord.world.messages[number]) == 1

    on_the_wire(house, scene)


def test_a_first_message_that_was_lost_is_made_up_for(house: House):
    async def scene(wire: Wire, call: Callable[..., Any]) -> None:
        fault = wire.discord.fault(
            "POST", r"/channels/\d+/messages$", "drop", times=1 + len(PAUSES)
        )
        with pytest.raises(Undeliverable):
            await call("open_discussion", NAME, BEGINS, MARKER, SINCE)
        assert fault.times == 0

        number = await call("open_discussion", NAME, BEGINS, MARKER, SINCE)

        assert list(wire.discord.world.in_thread) == [number]
        assert len(wire.discord.world.messages[number]) == 1

    on_the_wire(house, scene)


def test_a_folded_thread_is_unfolded_for_who_comes(house: House):
    async def scene(wire: Wire, call: Callable[..., Any]) -> None:
        world = wire.discord.world
        number = await call("open_discussion", NAME, BEGINS, MARKER, SINCE)
        world.channels[number]["thread_metadata"]["archived"] = True

        await call("admit", number, wire.ada)

        assert world.in_thread[number] == {world.bot, wire.ada}
        stranger = world.user("Stranger")
        with pytest.raises(Undeliverable) as refused:
            await call("admit", number, stranger)
        assert refused.value.permanent

    on_the_wire(house, scene)
