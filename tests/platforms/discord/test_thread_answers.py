"""Answers in the thread of the daily question, and messages that are not meant for the coach."""

from collections.abc import Callable
from typing import Any

import discord

from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.daily.post import PostState
from tests.builders import NOON, a_plan, a_post, a_user
from tests.core.samples import DRIFT
from tests.platforms.discord.stage import Play, Stage, shown, told

Player = Callable[[Play], None]
ANSWER = "The relationship between inputs and target changes."


async def posted(on: Stage) -> Any:
    """The thread of a daily question about drift; another one is what Ada was asked last."""
    room = on.client.get_channel(on.channel.id)
    assert isinstance(room, discord.TextChannel)
    message = await room.send("What is concept drift?")
    await message.create_thread(name="Today")
    with on.house.reader.features.unit_of_work() as uow:
        place = Place(str(on.guild.id), str(on.channel.id))
        here = register_presence(uow, a_user("host"), place, NOON)
        uow.plans.put(a_plan(here.channel_id or 0))
        known = {"question_id": DRIFT, "message_id": str(message.id), "state": PostState.SENT}
        a_post(uow, here.channel_id or 0, **known)
        uow.commit()
    await on.ada.slash(on.channel, "ask", about="deployment")
    (thread,) = on.channel.threads
    return thread


def answers(on: Stage) -> list[tuple[str, str]]:
    with on.house.reader.features.unit_of_work() as uow:
        post = uow.posts.get(1)
        assert post is not None
        return [(each.question_id, each.answer) for each in uow.attempts.of_post(post.id)]


def test_a_mention_in_the_thread_answers_the_daily_question(play: Player) -> None:
    async def scene(on: Stage) -> None:
        thread = await posted(on)

        await on.ada.send(thread, f"<@{on.client.user.id}> {ANSWER}")  # type: ignore[union-attr]
        await on.env.settle()

        assert answers(on) == [(DRIFT, ANSWER)]

    play(scene)


def test_small_talk_in_the_thread_is_asked_about_in_private(play: Player) -> None:
    async def scene(on: Stage) -> None:
        thread = await posted(on)

        me = on.client.user
        assert me is not None
        await on.ada.send(thread, f"<@{me.id}> thanks, when do I get my score")
        await on.env.settle()

        assert answers(on) == []
        assert "Shall I grade this" in told(on.ada.user.dm_channel.last_message)

    play(scene)


def test_ones_own_message_is_graded_from_its_menu_and_nobody_elses(play: Player) -> None:
    async def scene(on: Stage) -> None:
        thread = await posted(on)
        message = await on.ada.send(thread, ANSWER)

        refused = await on.grace.context_menu(thread, "Grade this as my answer", message)
        assert "messages you wrote yourself" in shown(refused)
        assert answers(on) == []

        graded = await on.ada.context_menu(thread, "Grade this as my answer", message)
        assert graded.ephemeral
        assert "70 %" in shown(graded)
        assert answers(on) == [(DRIFT, ANSWER)]

    play(scene)


def test_praise_and_edits_make_no_public_noise(play: Player) -> None:
    async def scene(on: Stage) -> None:
        me = on.client.user
        assert me is not None
        message = await on.ada.send(on.channel, f"<@{me.id}> great job today")
        await on.env.settle()
        await on.ada.edit(message, f"<@{me.id}> great job, everybody")
        await on.env.settle()

        room = on.client.get_channel(on.channel.id)
        assert isinstance(room, discord.TextChannel)
        said = [each async for each in room.history() if each.author.id == me.id]
        assert said == []
        assert not any(each.path.endswith("/typing") for each in on.env.http_requests)

    play(scene)
