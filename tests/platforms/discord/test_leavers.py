"""Who has left a server is noticed without a list of its members."""

from collections.abc import Callable

import pytest

from bot.core.errors import Undeliverable
from tests.platforms.discord.stage import Play, Stage, shown
from tests.platforms.discord.test_messenger import Line

Player = Callable[[Play], None]


def test_who_is_in_a_server_is_looked_up_without_a_list_of_members(play: Player):
    async def scene(on: Stage) -> None:
        line, stranger = Line(on), on.env.create_user("Stranger")

        assert await line.call("is_member", str(on.guild.id), str(on.ada.id)) is True
        assert await line.call("is_member", str(on.guild.id), str(stranger.id)) is False
        with pytest.raises(Undeliverable):
            await line.call("is_member", "1", str(on.ada.id))

    play(scene)


def test_who_has_left_the_server_is_off_its_board_until_they_are_back(play: Player):
    async def scene(on: Stage) -> None:
        on.house.sent_post(str(on.guild.id), str(on.channel.id))
        user = on.env.create_user("Eve")
        eve = on.guild.add_member(user)
        for person in (on.ada, on.grace, eve):
            await person.slash(on.channel, "daily")
            await person.slash(on.channel, "answer", text=f"Something changes: {person.id}.")
            await person.slash(on.channel, "visibility", shown="named")
        on.guild.remove_member(eve)

        board = shown(await on.ada.slash(on.channel, "leaderboard"))
        assert "Grace" in board
        assert "Eve" not in board

        back = on.guild.add_member(user)
        await back.slash(on.channel, "leaderboard")
        assert "Eve" in shown(await on.ada.slash(on.channel, "leaderboard"))

    play(scene)
