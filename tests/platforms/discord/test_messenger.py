"""The coach speaks first, through the port that the daily question uses."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.core.errors import Undeliverable
from bot.core.ports import Address
from bot.core.reply import Action, Heading, Paragraph, Prompt, Reply
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.messenger import DiscordMessenger
from tests.core.samples import DRIFT
from tests.platforms.discord.stage import Play, Stage, labels, told

Player = Callable[[Play], None]
QUESTION = Reply((Heading("Question of the day"), Prompt("Why?")), (Action.ANSWER,), None, 12)
MARKER = "daily-12-20261123"


class Line:
    """A messenger to the stage, called by threads as the core does."""

    def __init__(self, on: Stage) -> None:
        loop = asyncio.get_running_loop()
        self.on = on
        self.messenger = DiscordMessenger(lambda: (on.client, loop), on.client.handling.delivery)
        self.to = Address("discord", str(on.guild.id), str(on.channel.id))
        self.since = on.env.now() - timedelta(minutes=1)

    async def call(self, name: str, *arguments: Any) -> Any:
        return await asyncio.to_thread(getattr(self.messenger, name), *arguments)

    async def post(self, *more: Any) -> str:
        return await self.call("post", self.to, QUESTION, MARKER, *more)

    async def find(self, marker: str) -> str | None:
        return await self.call("find", self.to, marker, self.since)


def test_a_question_is_posted_in_silence_and_found_again(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        assert await line.find(MARKER) is None

        number = await line.post()

        message = on.channel.last_message
        assert str(message.id) == number
        assert "**Why?**" in told(message)
        assert message.flags.silent
        assert await line.find(MARKER) == number
        assert await line.find("daily-1-20261123") is None

    play(scene)


def test_only_the_role_that_is_named_is_mentioned(play: Player):
    async def scene(on: Stage) -> None:
        role = on.guild.create_role("learners")
        line = Line(on)

        await line.post(str(role.id))

        message = on.channel.last_message
        assert message.content == f"<@&{role.id}>"
        sent = on.env.http_requests[-1].json
        assert sent["allowed_mentions"]["roles"] == [role.id]
        assert not message.flags.silent

    play(scene)


def test_an_edit_keeps_the_marker(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        number = await line.post()

        await line.call("edit", line.to, number, Reply((Paragraph("Closed."),)))

        assert told(on.channel.last_message) == "Closed."
        assert await line.find(MARKER) == number

    play(scene)


def test_a_discussion_is_opened_once_and_takes_the_results(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        number = await line.post()

        await line.call("open_thread", line.to, number, "Why? " * 50)
        await line.call("open_thread", line.to, number, "Why?")
        results = Reply((Heading("Results"), Paragraph("3 learners have answered.")))
        below = await line.call("reply", line.to, number, results, "results-12-20261123")

        (thread,) = on.client.get_channel(on.channel.id).threads
        assert str(thread.id) == number
        assert len(thread.name) <= 100
        assert await line.find("results-12-20261123") == below
        sent = [each for each in on.env.http_requests if each.method == "POST"]
        assert sent[-1].path == f"/channels/{thread.id}/messages"

    play(scene)


def test_two_people_answer_a_posted_question_each_for_their_own_eyes(play: Player):
    async def scene(on: Stage) -> None:
        post = on.house.sent_post(str(on.guild.id), str(on.channel.id))
        await Line(on).call("post", Line(on).to, replace(QUESTION, post_id=post), MARKER)
        question = on.channel.last_message

        await on.restart()
        hers = await on.answers(on.ada, question, "The relationship changes.")
        theirs = await on.answers(on.grace, question, "The inputs change.")
        hint = await on.grace.click(question, label="Answer")

        assert hers.ephemeral
        assert theirs.ephemeral
        assert hint.modal
        first, second = on.house.attempts
        assert (first.answer, second.answer) == ("The relationship changes.", "The inputs change.")
        assert first.question_id == second.question_id == DRIFT
        with on.house.application().features.unit_of_work() as uow:
            assert uow.posts.answered(post) == 2

    play(scene)


def test_without_a_discussion_the_results_go_to_the_channel(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        number = await line.post()

        await line.call("reply", line.to, number, Reply((Heading("Results"),)), "results-12")

        message = on.channel.last_message
        assert "Results" in told(message)
        assert str(message.reference.message_id) == number
        assert await line.find("results-12") == str(message.id)

    play(scene)


def test_a_long_message_keeps_its_buttons_at_the_end(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)
        long = Reply((Paragraph("A sentence that goes on. " * 400),), (Action.ASK,))

        number = await line.call("post", line.to, long, MARKER)

        assert str(on.channel.last_message.id) == number
        assert labels(on.channel.last_message) == ["Next question"]
        assert await line.find(MARKER) == number

    play(scene)


def test_a_person_is_told_in_private(play: Player):
    async def scene(on: Stage) -> None:
        line = Line(on)

        await line.call("tell", "", str(on.ada.id), Reply((Paragraph("It was accepted."),)))

        assert told(on.ada.user.dm_channel.last_message) == "It was accepted."

    play(scene)


@pytest.mark.parametrize(
    ("status", "code", "permanent", "reason"),
    [
        (403, 50013, True, "I lack a permission there"),
        (403, 50001, True, "I may not see the channel"),
        (404, 10003, True, "the channel is gone"),
        (400, 99999, False, "Discord answered 400 (99999)"),
    ],
)
def test_what_discord_refuses_is_told_with_its_reason(
    play: Player, status: int, code: int, permanent: bool, reason: str
):
    async def scene(on: Stage) -> None:
        on.env.inject_error("POST", "/channels/*/messages", status=status, code=code)

        with pytest.raises(Undeliverable) as refused:
            await Line(on).post()

        assert (refused.value.permanent, refused.value.reason) == (permanent, reason)

    play(scene)


def test_without_a_connection_nothing_is_lost_for_good():
    def nobody() -> Any:
        raise Undeliverable("there is no connection to Discord")

    with pytest.raises(Undeliverable) as refused:
        DiscordMessenger(nobody, Delivery()).tell("", "42", QUESTION)

    assert not refused.value.permanent


def test_a_permission_that_is_missing_is_named_with_its_channel(play: Player):
    async def scene(on: Stage) -> None:
        me, no = on.client.user, discord.PermissionOverwrite
        assert me is not None
        quiet = on.guild.create_text_channel(
            "quiet", overwrites={me: no(create_public_threads=False)}
        )
        await on.env.settle()
        line = Line(on)
        line.to = Address("discord", str(on.guild.id), str(quiet.id))
        number = await line.post()
        on.env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)

        with pytest.raises(Undeliverable) as refused:
            await line.call("open_thread", line.to, number, "drift")

        assert refused.value.reason == "in #quiet I lack the permission Create Public Threads"

        on.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        with pytest.raises(Undeliverable) as refused:
            await line.call("reply", line.to, number, QUESTION, "results-1")

        assert "in #quiet I lack the permission" in refused.value.reason

    play(scene)
