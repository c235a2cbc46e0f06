"""The panel of /coach setup: each control does one thing at once, after any restart, for hosts."""

from collections.abc import Callable
from datetime import time
from typing import Any

import discord

from bot.core.communities.model import Place
from bot.core.daily.plan import Discussion, Plan
from bot.core.daily.schedule import EVERY_DAY
from tests.builders import a_user
from tests.platforms.discord.stage import Play, Stage, host, labels, shown, told

Player = Callable[[Play], None]


def plan_of(on: Stage, channel: Any = None) -> Plan | None:
    """What is stored for a channel."""
    with on.house.reader.features.unit_of_work() as uow:
        community = uow.communities.find("discord", str(on.guild.id))
        known = (
            uow.channels.find(community.id, str((channel or on.channel).id)) if community else None
        )
        return uow.plans.get(known.id) if known else None


def set_up(on: Stage, channel: Any = None) -> Plan:
    plan = plan_of(on, channel)
    assert plan is not None
    return plan


def control(on: Stage, what: str, channel: Any = None) -> str:
    return f"s1:{what}:{(channel or on.channel).id}"


def test_the_panel_proposes_and_stores_nothing_before_start(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        await helen.slash(on.channel, "settings", zone="Europe/Madrid")

        panel = await helen.slash(on.channel, "coach setup")

        assert panel.ephemeral
        assert "No daily question is set up here yet" in shown(panel)
        assert "09:00 in Europe/Madrid, every day" in shown(panel)
        assert "The next ones come" in shown(panel)
        assert labels(panel.response)[0] == "Start"
        assert len(panel.response.components) == 5
        assert plan_of(on) is None

        started = await helen.click(panel.response, label="Start")
        assert "The daily question is set" in shown(started)
        assert "Each choice below holds at once" in shown(started)
        assert started.response.id == panel.response.id
        assert labels(started.response) == [
            "Pause",
            "Time and more…",
            "Post a test question",
            "Preview",
        ]
        assert set_up(on).schedule.zone == "Europe/Madrid"

    play(scene)


def test_each_choice_is_applied_at_once_also_after_a_restart(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen, role = host(on), on.guild.create_role("learners")
        panel = (await helen.slash(on.channel, "coach setup")).response

        chosen = await helen.select(panel, ["0", "2"], custom_id=control(on, "days"))
        assert "Mon and Wed" in shown(chosen)
        await on.restart()
        chosen = await helen.select(panel, ["monitoring"], custom_id=control(on, "topics"))
        assert "Topics: monitoring and drift" in shown(chosen)
        chosen = await helen.select(panel, [role], custom_id=control(on, "role"))
        assert "The role learners cannot be mentioned" in shown(chosen)

        plan = set_up(on)
        assert plan.schedule.weekdays == {0, 2}
        assert plan.topics == ("monitoring",)
        assert plan.ping_role == str(role.id)
        assert options_chosen(chosen.response) == {"0", "2", "monitoring", role.id}

        for what in ("topics", "role"):
            chosen = await helen.select(panel, [], custom_id=control(on, what))
        assert (set_up(on).topics, set_up(on).ping_role) == ((), "")
        paused = await helen.click(panel, label="Pause")
        assert "It's paused" in shown(paused)
        resumed = await helen.click(panel, label="Resume")
        assert "The next ones come" in shown(resumed)
        before = await helen.click(panel, label="Preview")
        assert shown(before).count("<t:") == 7
        assert before.response.id != panel.id

    play(scene)


def options_chosen(message: Any) -> set[Any]:
    """What is shown as chosen in the selects of a panel, but for the channel."""
    selects = [row["components"][0] for row in message.components[1:4]]
    given = [
        each for select in selects for each in select.get("options", ()) if each.get("default")
    ]
    known = [each for select in selects for each in select.get("default_values", ())]
    return {each["value"] for each in given} | {int(each["id"]) for each in known}


def test_a_first_choice_begins_the_daily_question(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        panel = await helen.slash(on.channel, "coach setup")

        chosen = await helen.select(panel.response, ["monitoring"], custom_id=control(on, "topics"))

        assert "The daily question is set" in shown(chosen)
        assert set_up(on).schedule.weekdays == EVERY_DAY

    play(scene)


def test_a_role_is_chosen_in_the_panel(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        panel = (await helen.slash(on.channel, "coach setup")).response
        bank = on.house.reader.features.bank
        track = bank.track_named("MLOps engineer") or bank.tracks[0]
        await helen.select(panel, ["statistics"], custom_id=control(on, "topics"))

        values = ["statistics", f"role:{track.id}"]
        chosen = await helen.select(panel, values, custom_id=control(on, "topics"))

        assert f"difficulty {track.easiest} to {track.hardest} of 5" in shown(chosen)
        plan = set_up(on)
        assert plan.topics == tuple(track.topics)
        assert (plan.easiest, plan.hardest) == (track.easiest, track.hardest)
        assert set(track.topics) <= options_chosen(chosen.response)

    play(scene)


def test_what_is_typed_in_the_window_is_taken_or_comes_back(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        panel = (await helen.slash(on.channel, "coach setup")).response
        window = await helen.click(panel, label="Time and more…")
        assert window.modal["title"] == "When the question comes"
        typed = {"time": "6 pm", "zone": "Atlantis", "open": "48", "level": "2-4", "thread": "off"}

        refused = await helen.submit_modal(window, typed)
        assert "Atlantis" in shown(refused)
        assert plan_of(on) is None
        again = await helen.click(panel, label="Time and more…")
        assert [each["component"]["value"] for each in again.modal["components"]] == [
            *typed.values()
        ]

        done = await helen.submit_modal(again, typed | {"zone": "Kolkata"})
        assert "18:00 in Asia/Kolkata" in shown(done)
        schedule = set_up(on).schedule
        assert (schedule.at, schedule.zone, schedule.open_hours) == (time(18), "Asia/Kolkata", 48)
        assert (set_up(on).easiest, set_up(on).hardest) == (2, 4)
        assert set_up(on).discussion is Discussion.NONE
        fresh = await helen.click(panel, label="Time and more…")
        assert fresh.modal["components"][0]["component"]["value"] == "18:00"

    play(scene)


def test_a_private_discussion_takes_one_permission_more(play: Player) -> None:
    async def scene(on: Stage) -> None:
        me, no = on.client.user, discord.PermissionOverwrite
        assert me is not None
        plain = on.guild.create_text_channel(
            "plain", overwrites={me: no(create_private_threads=False)}
        )
        helen = host(on)
        panel = (await helen.slash(on.channel, "coach setup", channel=plain)).response

        window = await helen.click(panel, label="Time and more…")
        refused = await helen.submit_modal(window, {"thread": "answered"})
        assert "Create Private Threads" in shown(refused)
        assert plan_of(on, plain) is None

        here = (await helen.slash(on.channel, "coach setup", thread="answered")).response
        window = await helen.click(here, label="Time and more…")
        assert window.modal["components"][4]["component"]["value"] == "answered"
        assert set_up(on).discussion is Discussion.ANSWERED

    play(scene)


def test_another_channel_is_chosen_and_what_is_missing_there_is_named(play: Player) -> None:
    async def scene(on: Stage) -> None:
        me, no = on.client.user, discord.PermissionOverwrite
        assert me is not None
        other = on.guild.create_text_channel("other")
        closed = on.guild.create_text_channel("closed", overwrites={me: no(embed_links=False)})
        helen = host(on)
        panel = (await helen.slash(on.channel, "coach setup", time="8:00")).response

        refused = await helen.select(panel, [closed], custom_id=control(on, "channel"))
        assert "in #closed I lack the permission Embed Links" in shown(refused)
        assert labels(refused.response) == []
        moved = await helen.select(panel, [other], custom_id=control(on, "channel", closed))
        assert "#other" in shown(moved)
        assert plan_of(on, other) is None
        await helen.click(panel, label="Start")
        assert set_up(on, other).schedule.at == time(9)
        assert set_up(on).schedule.at == time(8)

    play(scene)


def test_a_host_who_may_no_longer_is_refused_by_every_control(play: Player) -> None:
    async def scene(on: Stage) -> None:
        may = on.guild.create_role("once", permissions=discord.Permissions(manage_guild=True))
        ivy = on.guild.add_member(on.env.create_user("Ivy"), roles=[may])
        helen = host(on)
        panels = [(await ivy.slash(on.channel, "coach setup")).response for _ in range(5)]
        await helen.slash(on.channel, "coach setup", time="8:00")
        before = set_up(on)
        on.env.backend.remove_member_role(on.guild.id, ivy.id, may.id)

        for what, values in (("days", ["0"]), ("topics", ["monitoring"])):
            refused = await ivy.select(panels.pop(), values, custom_id=control(on, what))
            assert "for the hosts" in shown(refused)
            assert not refused.response.components
        for label in ("Start", "Time and more…", "Post a test question"):
            refused = await ivy.click(panels.pop(), label=label)
            assert refused.modal is None
            assert "for the hosts" in shown(refused)
        assert set_up(on) == before

    play(scene)


def test_a_panel_of_a_channel_that_is_gone_says_so(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen, other = host(on), on.guild.create_text_channel("other")
        panel = (await helen.slash(on.channel, "coach setup", channel=other)).response
        room = on.client.get_channel(other.id)
        assert isinstance(room, discord.TextChannel)
        await room.delete()
        await on.env.settle()

        gone = await helen.click(panel, label="Start")
        assert "That channel is gone" in shown(gone)

    play(scene)


def test_a_time_that_cannot_be_read_is_told_in_the_words_of_the_window(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        panel = (await helen.slash(on.channel, "coach setup")).response
        window = await helen.click(panel, label="Time and more…")
        typed = {"time": "noonish", "zone": "Madrid", "open": "48", "level": "3", "thread": "off"}

        refused = shown(await helen.submit_modal(window, typed))

        assert "I cannot read “noonish” as the time" in refused
        assert "Time and more" in refused
        assert "daily set" not in refused

    play(scene)


def test_a_room_is_one_in_which_questions_can_be_posted(play: Player) -> None:
    async def scene(on: Stage) -> None:
        voice, news = on.guild.create_voice_channel("talk"), on.guild.create_news_channel("news")
        await on.env.settle()
        refused = await host(on).slash(voice, "coach setup", time="8:00")
        assert "takes no messages with a thread below each" in shown(refused)
        assert plan_of(on) is None
        assert "This is what I propose" in shown(await host(on).slash(news, "coach setup"))

    play(scene)


def test_a_test_question_is_none_of_those_that_come_next(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        panel = (await helen.slash(on.channel, "coach setup", time="8:00")).response
        desk = on.client.handling.desk
        place = Place(str(on.guild.id), str(on.channel.id), host=True)
        coming = desk.services.plans.outlook(a_user("host"), place).coming
        desk.coach.peek = lambda *_: coming[0].question
        await helen.click(panel, label="Post a test question")
        posted = told(on.channel.last_message)
        assert "A test question" in posted
        assert [each.question.id for each in coming if each.question.prompt in posted] == []

    play(scene)


def test_the_channel_hears_once_what_will_happen(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        panel = (await helen.slash(on.channel, "coach setup")).response
        await helen.click(panel, label="Start")
        welcome = on.channel.last_message
        assert "one interview question here every day at 09:00" in told(welcome)
        assert "press Answer" in told(welcome)
        assert "</privacy:" in told(welcome)
        await helen.select(panel, ["0", "2"], custom_id=control(on, "days"))
        await helen.select(panel, ["monitoring"], custom_id=control(on, "topics"))

        changed = on.channel.last_message
        assert changed.id == welcome.id
        assert "every Mon and Wed at 09:00" in told(changed)

    play(scene)
