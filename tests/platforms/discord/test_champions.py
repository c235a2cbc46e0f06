"""The role of the champion on a server: chosen by a host, given and taken."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot.core.champions.award import ChampionAward
from bot.core.communities.attendance import Attendance
from bot.core.errors import HostsOnly, Undeliverable
from bot.platforms.discord.people import place_of, user_of
from tests.platforms.discord.stage import Play, Stage, shown
from tests.platforms.discord.test_admin import host
from tests.platforms.discord.test_messenger import Line

Player = Callable[[Play], None]


async def roles_of(on: Stage, person: Any) -> set[int]:
    member = await on.client.get_guild(on.guild.id).fetch_member(person.id)
    return {role.id for role in member.roles if not role.is_default()}


def test_a_host_chooses_the_role_of_the_champion(play: Player):
    async def scene(on: Stage) -> None:
        role, helen = on.guild.create_role("Champion"), host(on)

        chosen = await helen.slash(on.channel, "coach champion", role=role)

        assert chosen.ephemeral
        assert "Champion goes to whoever came first" in shown(chosen)
        assert "only goes to people who show their name" in shown(chosen)
        with on.house.reader.features.unit_of_work() as uow:
            (plan,) = uow.champions.plans({"discord"})
        assert plan.role == str(role.id)
        assert "no longer get a role" in shown(await helen.slash(on.channel, "coach champion"))

    play(scene)


def test_what_is_in_the_way_is_named_before_anything_is_changed(play: Player):
    async def scene(on: Stage) -> None:
        helen, powers = host(on), discord.Permissions(ban_members=True)
        plain, above = on.guild.create_role("Champion"), on.guild.create_role("Top", position=99)
        mighty = on.guild.create_role("Boss", permissions=powers)

        async def told(role: Any) -> str:
            return shown(await helen.slash(on.channel, "coach champion", role=role))

        assert "an honour and nothing else" in await told(mighty)
        assert "does not stand below my own role" in await told(above)
        assert "Discord or another app gives it" in await told(on.guild.default_role)
        mine, nothing = on.guild.me.top_role, {"permissions": 0}
        on.env.backend.edit_role(on.guild.id, mine.id, nothing)
        await on.env.settle()
        lacking = await told(plain)
        assert "I lack the permission Manage Roles" in lacking
        assert "does not stand below" not in lacking
        with on.house.reader.features.unit_of_work() as uow:
            assert uow.champions.plans({"discord"}) == ()

    play(scene)


def test_who_does_not_manage_the_server_is_refused_by_the_core_too(play: Player):
    async def scene(on: Stage) -> None:
        seen: list[Any] = []
        perform = on.client.handling.perform

        async def spy(interaction: Any, work: Any, **more: Any) -> None:
            seen.append((user_of(interaction.user), place_of(interaction)))
            await perform(interaction, work, **more)

        on.client.handling.perform = spy
        await on.ada.slash(on.channel, "topics")
        ((user, place),) = seen
        with pytest.raises(HostsOnly):
            on.client.handling.champions.choose(user, place, "7", "Champion")

    play(scene)


def test_a_role_is_given_and_taken_as_often_as_one_likes(play: Player):
    async def scene(on: Stage) -> None:
        role, line = on.guild.create_role("Champion"), Line(on)
        its = (str(on.guild.id), str(on.ada.id), str(role.id))
        for _ in range(2):
            await line.call("grant_role", *its)
        assert await roles_of(on, on.ada) == {role.id}
        for _ in range(2):
            await line.call("revoke_role", *its)
        assert await roles_of(on, on.ada) == set()

    play(scene)


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, 50013, "I lack the permission Manage Roles"),
        (404, 10011, "the role is gone"),
        (404, 10007, "the person has left the server"),
    ],
)
def test_what_is_refused_for_good_is_told_with_its_reason(
    play: Player, status: int, code: int, reason: str
):
    async def scene(on: Stage) -> None:
        role, line = on.guild.create_role("Champion"), Line(on)
        its = (str(on.guild.id), str(on.ada.id), str(role.id))
        for method in ("PUT", "DELETE"):
            path = "/guilds/*/members/*/roles/*"
            on.env.inject_error(method, path, status=status, code=code, times=None)

        with pytest.raises(Undeliverable) as refused:
            await line.call("grant_role", *its)

        assert refused.value.permanent
        assert reason in refused.value.reason
        if status == 404:  # there is nothing to take from who or what is gone
            await line.call("revoke_role", *its)
        else:
            with pytest.raises(Undeliverable):
                await line.call("revoke_role", *its)

    play(scene)


def test_a_person_who_was_never_there_cannot_get_it(play: Player):
    async def scene(on: Stage) -> None:
        role, line = on.guild.create_role("Champion"), Line(on)
        stranger = on.env.create_user("Stranger")
        with pytest.raises(Undeliverable) as refused:
            await line.call("grant_role", str(on.guild.id), str(stranger.id), str(role.id))
        assert refused.value.permanent
        with pytest.raises(Undeliverable) as unseen:
            await line.call("grant_role", "1", str(on.ada.id), str(role.id))
        assert not unseen.value.permanent

    play(scene)


def test_after_a_month_its_champion_wears_the_role(play: Player):
    async def scene(on: Stage) -> None:
        role, helen = on.guild.create_role("Champion"), host(on)
        on.house.clock.at = datetime(2026, 11, 23, 12, tzinfo=UTC)
        await helen.slash(on.channel, "coach champion", role=role)
        on.house.sent_post(str(on.guild.id), str(on.channel.id))
        await on.ada.slash(on.channel, "daily")
        await on.ada.slash(on.channel, "answer", text="The relationship changes.")
        await on.ada.slash(on.channel, "visibility", shown="named")

        line, run = Line(on), on.house.application()
        crowning = ChampionAward(
            run.features.unit_of_work,
            on.house.clock,
            {"discord": line.messenger},
            Attendance(run.features.unit_of_work, on.house.clock, {"discord": line.messenger}),
        )
        on.house.clock.at = datetime(2026, 12, 1, 12, tzinfo=UTC)
        await asyncio.to_thread(crowning.crown)

        assert await roles_of(on, on.ada) == {role.id}
        last = shown(await on.ada.slash(on.channel, "leaderboard", last=True))
        assert "Champion of November: Ada" in last

    play(scene)
