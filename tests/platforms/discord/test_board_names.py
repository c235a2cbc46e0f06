"""Names on a board of Discord are shown as they are, whatever they are made of."""

from collections.abc import Callable

import discord
import pytest

from tests.platforms.discord.stage import Play, Stage, shown

Player = Callable[[Play], None]


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("_ada_lovelace_", r"\_ada\_lovelace\_"),
        ("`code`", r"\`code\`"),
        ("**bold** ||spoiler||", r"\*\*bold\*\* \|\|spoiler\|\|"),
        ("ليلى 🎉", "ليلى 🎉"),
    ],
)
def test_a_name_neither_formats_nor_pings(play: Player, name: str, escaped: str):
    async def scene(on: Stage) -> None:
        on.house.sent_post(str(on.guild.id), str(on.channel.id))
        other = on.guild.add_member(on.env.create_user("plain"), nick=name)
        await other.slash(on.channel, "daily")
        await other.slash(on.channel, "answer", text="Something changes.")
        await other.slash(on.channel, "visibility", shown="named")

        board = shown(await on.ada.slash(on.channel, "leaderboard"))

        assert escaped in board
        assert discord.utils.remove_markdown(escaped) == discord.utils.remove_markdown(
            discord.utils.escape_markdown(name)
        )

    play(scene)


def test_a_name_that_mentions_everybody_mentions_nobody(play: Player):
    async def scene(on: Stage) -> None:
        on.house.sent_post(str(on.guild.id), str(on.channel.id))
        other = on.guild.add_member(on.env.create_user("plain"), nick=f"@everyone <@{on.ada.id}>")
        await other.slash(on.channel, "daily")
        await other.slash(on.channel, "answer", text="Something changes.")
        await other.slash(on.channel, "visibility", shown="named")

        seen = await on.grace.slash(on.channel, "leaderboard")

        assert seen.ephemeral
        assert f"<@{on.ada.id}>" not in shown(seen)
        assert "@everyone" not in shown(seen)

    play(scene)
