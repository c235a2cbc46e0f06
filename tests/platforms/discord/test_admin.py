"""Who manages a server sets the daily question up; nobody else does, whatever Discord shows."""

from collections.abc import Callable
from typing import Any

import discord
import pytest

from bot.core.errors import HostsOnly
from bot.platforms.discord.people import place_of, user_of
from tests.platforms.discord.stage import Play, Stage, host, labels, shown, told

Player = Callable[[Play], None]
ANSWER = "The relationship between inputs and target changes."


def test_a_host_sets_up_a_daily_question(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)

        done = await helen.slash(
            on.channel, "coach setup", time="9:30", zone="Europe/Madrid", days="mon-fri"
        )

        assert done.ephemeral
        assert "09:30" in shown(done)
        assert "Madrid" in shown(done)
        assert "Post a test question" in labels(done.response)
        assert "09:30" in shown(await helen.slash(on.channel, "coach status"))
        assert "paused" in shown(await helen.slash(on.channel, "coach pause")).lower()
        assert "09:30" in shown(await helen.slash(on.channel, "coach resume"))
        preview = shown(await helen.slash(on.channel, "coach preview"))
        assert preview.count("<t:") >= 5, "each by the clock of whoever reads it"
        assert "</coach setup:" in shown(await helen.slash(on.channel, "help"))

    play(scene)


def test_a_test_question_can_be_answered_by_anybody(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)
        done = await helen.slash(on.channel, "coach setup", time="9:30")
        posted = await helen.click(done.response, label="Post a test question")
        assert "The test question is there" in shown(posted)
        question = on.channel.last_message
        assert "A test question" in told(question)

        await on.restart()
        hers = await on.answers(on.ada, question, ANSWER)
        theirs = await on.answers(on.grace, question, ANSWER)

        assert "70 %" in shown(hers)
        assert "70 %" in shown(theirs)
        assert len({attempt.learner_id for attempt in on.house.attempts}) == 2

    play(scene)


def test_another_channel_may_be_meant(play: Player):
    async def scene(on: Stage) -> None:
        other = on.guild.create_text_channel("drift")
        helen = host(on)

        await helen.slash(on.channel, "coach setup", time="9:30", channel=other)

        assert "09:30" in shown(await helen.slash(other, "coach status"))
        nothing = shown(await helen.slash(on.channel, "coach status"))
        assert "09:30" not in nothing

    play(scene)


def test_what_the_coach_may_not_do_is_named_before_anything_is_set_up(play: Player):
    async def scene(on: Stage) -> None:
        me, no = on.client.user, discord.PermissionOverwrite
        assert me is not None
        closed = on.guild.create_text_channel(
            "closed", overwrites={me: no(embed_links=False, create_public_threads=False)}
        )

        refused = shown(await host(on).slash(on.channel, "coach setup", channel=closed))

        assert "I lack the permissions Embed Links" in refused
        assert "Create Public Threads" in refused
        assert "Attach Files" not in refused

    play(scene)


def test_what_cannot_be_read_is_said(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)
        wrong_time = await helen.slash(on.channel, "coach setup", time="noonish")
        wrong_city = await helen.slash(on.channel, "coach setup", zone="Atlantis")

        assert "noonish" in shown(wrong_time)
        assert "Atlantis" in shown(wrong_city)

    play(scene)


def test_topics_are_chosen_one_after_the_other(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)
        first = await helen.autocomplete(on.channel, "coach setup", "topics", "mon")
        second = await helen.autocomplete(on.channel, "coach setup", "topics", "monitoring, dep")
        assert [each["value"] for each in first] == ["monitoring"]
        assert [each["value"] for each in second] == ["monitoring, deployment"]

        done = await helen.slash(on.channel, "coach setup", topics="monitoring, deployment")
        assert "Topics: monitoring and drift" in shown(done)

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
        assert place.host is False
        with pytest.raises(HostsOnly):
            on.client.handling.desk.services.plans.status(user, place)

    play(scene)
