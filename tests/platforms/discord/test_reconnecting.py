"""What Discord does in a day: the connection comes and goes, threads fold up, questions close."""

from collections.abc import Callable
from datetime import timedelta

import discord

from tests.platforms.discord.stage import Play, Stage, shown, told
from tests.platforms.discord.test_days import DAY, MORNING, Days

Player = Callable[[Play], None]


def test_a_connection_that_is_ready_again_posts_and_greets_nothing_again(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        await days.at(MORNING)
        before = len(days.messages())
        for _ in range(3):
            on.client.dispatch("ready")
            on.client.dispatch("guild_available", on.client.get_guild(on.guild.id))
            await on.env.settle()
            await days.at(on.house.clock.at + timedelta(seconds=30))

        assert len(days.messages()) == before == 1

    play(scene)


def test_a_server_that_is_out_of_reach_for_a_while_keeps_its_questions(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        on.client.dispatch("guild_unavailable", on.client.get_guild(on.guild.id))
        await on.env.settle()
        await days.at(MORNING)
        assert len(days.messages()) == 1

        await days.at(MORNING + DAY)
        with on.house.reader.features.unit_of_work() as uow:
            (plan,) = uow.plans.active(["discord"])
        assert not plan.schedule.paused

    play(scene)


def test_results_reach_a_thread_that_was_archived_and_one_that_was_deleted(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        await days.at(MORNING)
        room = on.client.get_channel(on.channel.id)
        assert isinstance(room, discord.TextChannel)
        (thread,) = room.threads
        await thread.edit(archived=True)
        await days.at(MORNING + DAY)
        (last,) = [each async for each in thread.history(limit=1)]
        assert "Results" in told(last)

        (second,) = [each for each in room.threads if each.id != thread.id]
        await second.delete()
        await days.at(MORNING + 2 * DAY)
        assert sum("Results" in told(each) for each in [m async for m in room.history()]) == 1

    play(scene)


def test_what_is_sent_while_the_question_closes_is_kept_and_answered(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        await days.at(MORNING)
        question = await days.posted()
        window = await on.ada.click(question, label="Answer")
        await days.at(MORNING + DAY)

        sent = await on.ada.submit_modal(window, {"answer": "The relationship changes."})

        (kept,) = on.house.attempts
        assert kept.answer == "The relationship changes."
        assert "70 %" in shown(sent)

    play(scene)
