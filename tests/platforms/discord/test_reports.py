"""What public reports of similar bots found on Discord, and what the coach does instead.

In threads: TheLovinator1/discord-reminder-bot 210, Together-Java/TJ-Bot 405. Other bots:
slackapi/python-slack-sdk 390. A channel that is deleted: python-discord/bot 3015. Times in UTC:
18F/standup-slack-bot 28. Too many people for a message: LakeYS/Discord-Trivia-Bot 119.
"""

import re
from collections.abc import Callable

import discord
import pytest

from bot.core.accounts.model import PlatformUser
from tests.core.samples import text_of
from tests.platforms.discord.stage import Play, Stage, host, labels, shown

Player = Callable[[Play], None]
ANSWER = "The relationship between inputs and target changes."


async def thread_of(on: Stage, name: str) -> discord.Thread:
    """A thread in the study channel."""
    room = on.client.get_channel(on.channel.id)
    assert isinstance(room, discord.TextChannel)
    message = await room.send("A word on yesterday.")
    await message.create_thread(name=name)
    (thread,) = on.channel.threads
    return thread  # type: ignore[no-any-return]


@pytest.mark.parametrize("command", ["coach status", "daily", "leaderboard"])
def test_a_command_in_a_thread_is_about_its_channel(play: Player, command: str):
    async def scene(on: Stage) -> None:
        helen = host(on)
        await helen.slash(on.channel, "coach setup", time="9:30", zone="Europe/Madrid")
        on.house.sent_post(str(on.guild.id), str(on.channel.id))
        thread = await thread_of(on, "Yesterday")
        in_channel = shown(await helen.slash(on.channel, command))
        assert shown(await helen.slash(thread, command)) == in_channel

    play(scene)


def test_what_another_bot_says_is_answered_by_nobody(play: Player):
    async def scene(on: Stage) -> None:
        me = on.client.user
        assert me is not None
        other = on.guild.add_member(on.env.create_user("Other", bot=True))
        await on.ada.slash(on.channel, "ask", about="drift")
        before = len(on.env.http_requests)
        await other.send(on.channel, f"<@{me.id}> {ANSWER}")
        await on.env.settle()
        assert on.house.attempts == ()
        assert not [each for each in on.env.http_requests[before:] if each.method == "POST"]

    play(scene)


def test_a_channel_that_is_deleted_ends_its_question_and_its_host_hears_of_it(play: Player):
    async def scene(on: Stage) -> None:
        helen, room = host(on), on.guild.create_text_channel("drift")
        await helen.slash(room, "coach setup", time="9:30")
        channel = on.client.get_channel(room.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.delete()
        await on.env.settle()
        news = on.house.reader.features.notices.waiting(PlatformUser("discord", str(helen.id)))
        assert ["drift is gone" in text_of(each) for each in news] == [True]

    play(scene)


def test_what_hosts_did_is_told_by_the_clock_of_whoever_reads(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)
        await helen.slash(on.channel, "coach setup", time="9:30")
        log = shown(await helen.slash(on.channel, "coach audit"))
        assert re.search(r"<t:\d+", log)
        assert "UTC" not in log

    play(scene)


def test_however_many_stand_on_a_board_its_message_fits(play: Player):
    async def scene(on: Stage) -> None:
        on.house.sent_post(str(on.guild.id), str(on.channel.id))
        for number in range(15):
            name = f"{number} {'W' * 28}"
            person = on.guild.add_member(on.env.create_user(f"p{number}"), nick=name)
            await person.slash(on.channel, "daily")
            await person.slash(on.channel, "answer", text=f"Something changes, {number}.")
            await person.slash(on.channel, "visibility", shown="named")
        board = await on.ada.slash(on.channel, "leaderboard", page=1)
        assert "W" * 28 in shown(board)
        assert all(len(each.description or "") <= 4096 for each in board.response.embeds)
        assert labels(board.response)

    play(scene)
