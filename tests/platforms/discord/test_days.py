"""Days on a server: the question comes, people answer, it closes, with restarts between."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import discord

from bot.bootstrap.jobs import daily_engine_of
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.daily.engine import DailyEngine
from bot.platforms.discord.messenger import DiscordMessenger
from tests.builders import a_plan, a_user
from tests.platforms.discord.stage import Play, Stage, labels, shown, told

Player = Callable[[Play], None]
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Nine o'clock in Berlin, where the channel's question comes."""
DAY = timedelta(days=1)


class Days:
    """A channel with a daily question at nine, and the program that keeps it going."""

    def __init__(self, on: Stage, **chosen: Any) -> None:
        self.on = on
        on.house.clock.at = MORNING - timedelta(minutes=1)
        guild, channel = str(on.guild.id), str(on.channel.id)
        with on.house.reader.features.unit_of_work() as uow:
            host = a_user("host", display_name="Hedy")
            here = register_presence(uow, host, Place(guild, channel, "ML club", "study"), MORNING)
            yesterday = (MORNING - DAY).date()
            known = {"after": yesterday, "host_learner_id": here.learner.id} | chosen
            uow.plans.put(a_plan(here.channel_id or 0, **known))
            uow.commit()
        self.engine = self._engine()

    def _engine(self) -> DailyEngine:
        loop = asyncio.get_running_loop()
        messenger = DiscordMessenger(
            lambda: (self.on.client, loop), self.on.client.handling.delivery
        )
        return daily_engine_of(self.on.house.application().features, {"discord": messenger})

    async def restart(self) -> None:
        await self.on.restart()
        self.engine = self._engine()

    async def at(self, moment: datetime) -> None:
        """Let the time come, and the program look at it."""
        self.on.house.clock.at = moment
        await asyncio.to_thread(self.engine.poll)

    async def posted(self) -> Any:
        """The question that stands in the channel."""
        room = self.on.client.get_channel(self.on.channel.id)
        assert isinstance(room, discord.TextChannel)
        return next(iter([each async for each in room.history() if each.embeds]))

    def messages(self) -> list[Any]:
        """What stands in the channel, the oldest first."""
        sent = [r for r in self.on.env.http_requests if r.method == "POST"]
        return [r for r in sent if r.path == f"/channels/{self.on.channel.id}/messages"]


def test_a_question_comes_is_answered_and_closes_with_results(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        await days.at(MORNING - timedelta(seconds=30))
        assert days.messages() == []

        await days.at(MORNING)
        question = await days.posted()
        assert "Question of the day" in told(question)
        assert labels(question) == ["Answer", "Hint"]
        (thread,) = on.client.get_channel(on.channel.id).threads

        await days.restart()
        hers = await on.answers(on.ada, question, "The relationship changes.")
        theirs = await on.answers(on.grace, question, "The inputs change.")
        assert hers.ephemeral
        assert "70 %" in shown(hers)
        assert "70 %" in shown(theirs)
        assert "Show my name" in labels(hers.response)
        named = await on.ada.click(hers.response, label="Show my name")
        assert "others see you by your name" in shown(named)
        assert "✓ Show my name" in labels(named.response)

        await days.at(MORNING + timedelta(hours=1))
        assert "2 learners have answered" in told(await days.posted())

        await days.at(MORNING + DAY)
        await days.restart()
        await days.at(MORNING + DAY + timedelta(minutes=1))
        sent = [r for r in on.env.http_requests if r.path == f"/channels/{thread.id}/messages"]
        assert len([r for r in sent if r.method == "POST"]) == 1
        assert len(days.messages()) == 2
        assert (await days.posted()).id != question.id

    play(scene)


def test_a_program_that_was_away_in_the_morning_posts_late_and_once(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)

        await days.at(MORNING + timedelta(hours=3))
        await days.restart()
        await days.at(MORNING + timedelta(hours=3, minutes=1))

        assert len(days.messages()) == 1
        assert "late" in told(await days.posted())

    play(scene)


def test_a_channel_that_refuses_is_paused_and_its_host_is_told(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        on.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)

        for number in range(6):
            await days.at(MORNING + timedelta(minutes=30 * number))

        waiting = on.house.reader.features.notices.waiting(a_user("host"))
        assert any("I lack a permission there" in str(reply.blocks) for reply in waiting)

    play(scene)


def test_a_channel_that_is_deleted_gets_no_more_questions(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        channel = on.client.get_channel(on.channel.id)
        await on.client.on_guild_channel_delete(channel)

        await days.at(MORNING)

        assert days.messages() == []

    play(scene)


def test_a_server_that_removes_the_coach_gets_no_more_questions_until_it_is_back(play: Player):
    async def scene(on: Stage) -> None:
        days = Days(on)
        await on.env.settle()
        guild = on.client.get_guild(on.guild.id)
        await on.client.on_guild_remove(guild)
        await days.at(MORNING)
        assert days.messages() == []

        await on.client.on_guild_join(guild)
        await days.at(MORNING + timedelta(minutes=5))
        assert len(days.messages()) == 2, "a greeting and a question"

    play(scene)
