"""The real client over real sockets: what Discord's faults do to people who practise. Nothing."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from discord.gateway import KeepAliveHandler

from bot.core.errors import PlatformAway, PlatformRefused, Undeliverable
from bot.core.measuring import Trouble
from bot.core.ports import Address
from bot.core.reply import Paragraph, Reply
from bot.platforms.discord.connecting import LEAST_STARTS
from tests.core.samples import DRIFT
from tests.platforms.discord.stage import House
from tests.platforms.discord.wire.gateway import until
from tests.platforms.discord.wired import Wire, wired

ANSWER = "The relationship between inputs and target changes."
CALLBACK, EDIT = r"/callback$", r"/messages/@original$"

Scene = Callable[[Wire], Awaitable[None]]
Player = Callable[..., None]


@pytest.fixture
def play(house: House) -> Player:
    def run(scene: Scene, **server: Any) -> None:
        async def whole() -> None:
            async with wired(house, **server) as wire:
                await scene(wire)

        asyncio.run(whole())

    return run


def stored(wire: Wire) -> list[str]:
    return [attempt.answer for attempt in wire.house.attempts]


def test_a_question_is_answered_over_the_wire(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        assert "What is concept drift" in asked.text
        graded = await (await wire.answers(wire.ada, asked, ANSWER)).done()

        assert "70 %" in graded.text
        assert stored(wire) == [ANSWER]
        assert graded.acknowledged_after is not None
        assert graded.acknowledged_after < 3

    play(scene)


def test_commands_are_told_to_discord_only_when_they_changed(play: Player):
    async def scene(wire: Wire) -> None:
        assert wire.discord.synced == 1
        await wire.restart()
        assert wire.discord.synced == 1

        (wire.house.home / "discord-commands.json").write_text('{"application": 1}')
        await wire.restart()
        assert wire.discord.synced == 2
        assert len(await wire.discord.people.type(wire.ada, wire.channel, "ask", "about", "")) > 3

    play(scene)


@pytest.mark.parametrize(
    ("kind", "value"), [("429", None), ("429-global", None), ("5xx", 502), ("5xx", 503)]
)
@pytest.mark.parametrize("path", [EDIT])
def test_a_discord_in_trouble_delays_the_grade_and_no_more(
    play: Player, path: str, kind: str, value: Any
):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        wire.discord.fault("PATCH", path, kind, times=2, value=value)

        graded = await (await wire.answers(wire.ada, asked, ANSWER)).done(15)

        assert "70 %" in graded.text
        assert stored(wire) == [ANSWER]

    play(scene)


@pytest.mark.parametrize(
    ("kind", "value", "trouble"),
    [
        ("429", None, Trouble.RATE_LIMITED),
        ("5xx", 503, Trouble.SERVER_ERROR),
        ("drop", None, Trouble.UNREACHABLE),
    ],
)
def test_what_discord_refuses_is_counted_by_its_kind_and_so_is_all_else(
    play: Player, kind: str, value: Any, trouble: Trouble
):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        before = len(wire.meter.waits)
        wire.discord.fault("PATCH", EDIT, kind, value=value)

        graded = await (await wire.answers(wire.ada, asked, ANSWER)).done(15)

        assert "70 %" in graded.text
        assert wire.meter.troubles == {("discord", trouble): 1}
        assert wire.meter.answers == {"discord": 1}
        assert [platform for platform, _ in wire.meter.waits[before:]] == ["discord"]

    play(scene)


@pytest.mark.parametrize("kind", ["429", "429-global", "5xx"])
def test_an_acknowledgement_is_tried_again(play: Player, kind: str):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        assert asked.message is not None
        opened = await (await wire.discord.people.press(wire.ada, asked.message, "Answer")).done()
        wire.discord.fault("POST", CALLBACK, kind)

        graded = await wire.discord.people.send(wire.ada, opened, ANSWER)

        await until(
            lambda: "70 %" in graded.text or any("70 %" in x for x in wire.direct(wire.ada)), 20
        )
        assert stored(wire) == [ANSWER]

    play(scene)


def test_a_ban_of_the_address_sends_the_grade_another_way(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        wire.discord.fault("PATCH", EDIT, "429-cloudflare", times=9)

        await wire.answers(wire.ada, asked, ANSWER)

        await until(lambda: any("70 %" in each for each in wire.direct(wire.ada)), 20)
        assert stored(wire) == [ANSWER]

    play(scene)


@pytest.mark.parametrize("kind", ["drop", "drop-after"])
@pytest.mark.parametrize(("method", "path"), [("POST", CALLBACK), ("PATCH", EDIT)])
def test_a_broken_connection_loses_no_answer(play: Player, kind: str, method: str, path: str):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        assert asked.message is not None
        opened = await (await wire.discord.people.press(wire.ada, asked.message, "Answer")).done()
        wire.discord.fault(method, path, kind)

        graded = await wire.discord.people.send(wire.ada, opened, ANSWER)

        await until(
            lambda: "70 %" in graded.text or any("70 %" in x for x in wire.direct(wire.ada))
        )
        assert stored(wire) == [ANSWER]

    play(scene)


def test_an_acknowledgement_that_comes_too_late_still_brings_the_grade(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        assert asked.message is not None
        opened = await (await wire.discord.people.press(wire.ada, asked.message, "Answer")).done()
        wire.discord.people.deadline = 0.0

        await wire.discord.people.send(wire.ada, opened, ANSWER)

        await until(lambda: any("70 %" in each for each in wire.direct(wire.ada)))
        assert stored(wire) == [ANSWER]

    play(scene)


def test_grading_for_longer_than_a_token_lives_still_brings_the_grade(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        wire.house.grader.meanwhile = lambda: setattr(wire.discord.people, "life", 0.0)

        graded = await wire.answers(wire.ada, asked, ANSWER)

        await until(lambda: any("70 %" in each for each in wire.direct(wire.ada)))
        assert not graded.is_answered
        assert stored(wire) == [ANSWER]

    play(scene)


def test_who_takes_no_private_messages_gets_the_grade_when_they_come_again(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        wire.discord.world.closed_dms.add(wire.ada)
        wire.house.grader.meanwhile = lambda: setattr(wire.discord.people, "life", 0.0)
        await wire.answers(wire.ada, asked, ANSWER)
        await until(lambda: wire.discord.asked("POST", "/messages$"))
        await wire.restart()

        wire.house.grader.meanwhile = lambda: None
        wire.discord.people.life = 900.0
        again = await (await wire.discord.people.slash(wire.ada, wire.channel, "topics")).done()

        await until(lambda: "has its grade" in again.text)
        assert "70 %" in again.text
        assert wire.direct(wire.ada) == []

    play(scene)


def test_an_interaction_that_comes_twice_is_done_once(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        graded = await (await wire.answers(wire.ada, asked, ANSWER)).done()
        (session,) = wire.discord.gateway.live
        last = next(e for e in reversed(session.said) if e["t"] == "INTERACTION_CREATE")

        await wire.discord.gateway.tell("INTERACTION_CREATE", last["d"])

        await asyncio.sleep(0.3)
        assert len(wire.discord.asked("POST", graded.token)) == 1
        assert stored(wire) == [ANSWER]

    play(scene)


@pytest.mark.parametrize("how", ["cut", "close", "reconnect", "invalid", "resumable"])
def test_a_lost_gateway_is_found_again(play: Player, how: str):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        gateway = wire.discord.gateway
        match how:
            case "cut":
                gateway.cut()
            case "close":
                await gateway.close(4000)
            case "reconnect":
                await gateway.ask_to_reconnect()
            case "invalid":
                await gateway.invalidate(resumable=False)
            case "resumable":
                await gateway.invalidate(resumable=True)
        await until(lambda: gateway.resumed + gateway.identified > 1 and gateway.live, 20)

        graded = await (await wire.answers(wire.ada, asked, ANSWER)).done(20)

        assert "70 %" in graded.text
        assert stored(wire) == [ANSWER]

    play(scene)


def test_a_lost_connection_is_told_to_those_who_watch_and_so_is_its_return(play: Player):
    async def scene(wire: Wire) -> None:
        platform = wire.platform
        assert platform.trouble() is None
        wire.discord.gateway.takes.clear()
        wire.discord.gateway.cut()
        told = await until(platform.trouble, 20)
        assert told == "1 of 1 connections to Discord are lost"
        wire.discord.gateway.takes.set()
        await until(lambda: platform.trouble() is None, 20)
        await platform.stop()
        assert platform.trouble() == "there is no connection to Discord"

    play(scene)


def test_what_happened_while_the_gateway_was_lost_is_made_up_for(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        assert asked.message is not None
        opened = await (await wire.discord.people.press(wire.ada, asked.message, "Answer")).done()
        wire.discord.gateway.cut()

        graded = await wire.discord.people.send(wire.ada, opened, ANSWER)

        await until(lambda: stored(wire) == [ANSWER], 20)
        await until(lambda: graded.is_answered or wire.direct(wire.ada), 20)
        assert wire.discord.gateway.resumed == 1

    play(scene)


@pytest.mark.slow
def test_a_connection_that_is_dead_without_a_sign_is_left(play: Player):
    async def scene(wire: Wire) -> None:
        wire.discord.gateway.answers_beats = False
        for each in threading.enumerate():
            if isinstance(each, KeepAliveHandler):  # discord.py would wait for a minute
                each.heartbeat_timeout = 2.0
        await until(lambda: wire.discord.gateway.resumed, 60)
        wire.discord.gateway.answers_beats = True

        assert "What is concept drift" in (await wire.asked(wire.ada)).text

    play(scene, heartbeat=300)


def test_what_was_acknowledged_is_finished_before_the_program_ends(play: Player):
    async def scene(wire: Wire) -> None:
        asked = await wire.asked(wire.ada)
        loop = asyncio.get_running_loop()
        wire.house.grader.meanwhile = lambda: asyncio.run_coroutine_threadsafe(
            asyncio.sleep(0.3), loop
        ).result()
        graded = await wire.answers(wire.ada, asked, ANSWER)
        await until(lambda: wire.house.grader.graded)

        await wire.stop()

        assert "70 %" in graded.text
        assert stored(wire) == [ANSWER]

    play(scene)


def troubles(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelno > logging.INFO]


def test_a_post_that_the_end_cuts_off_is_undeliverable_and_no_fault(
    play: Player, caplog: pytest.LogCaptureFixture
):
    async def scene(wire: Wire) -> None:
        messenger, path = wire.platform.messenger, f"/channels/{wire.channel}/messages"
        to = Address("discord", wire.guild, wire.channel)
        wire.discord.fault("POST", path, "drop", times=1000)
        sending = asyncio.create_task(
            asyncio.to_thread(messenger.post, to, Reply((Paragraph("Why?"),)), "daily-1-20261126")
        )
        await until(lambda: wire.meter.troubles)
        caplog.clear()

        await wire.stop()

        with pytest.raises(Undeliverable, match="no connection to Discord"):
            await sending
        assert troubles(caplog) == []

    play(scene)


def test_what_comes_after_the_connection_was_closed_fills_no_log(
    play: Player, caplog: pytest.LogCaptureFixture
):
    async def scene(wire: Wire) -> None:
        handling = wire.platform.client.handling

        async def speak() -> None:
            async with handling.counted():
                raise RuntimeError("Session is closed")

        with pytest.raises(RuntimeError):
            await speak()
        await handling.finish()
        caplog.clear()

        await speak()

        assert troubles(caplog) == []

    play(scene)


def test_a_connection_that_is_sought_anew_at_the_end_is_let_go(play: Player):
    async def scene(wire: Wire) -> None:
        await wire.platform.client.http.close()
        await until(lambda: wire.platform.trouble() is not None)

        await wire.stop()

    play(scene)


def test_an_answer_may_be_a_reply_or_a_mention_and_its_grade_stays_private(play: Player):
    async def scene(wire: Wire) -> None:
        world = wire.discord.world
        await wire.asked(wire.ada)

        await wire.discord.say(wire.ada, wire.channel, f"<@{world.bot}> {ANSWER}")

        await until(lambda: any("70 %" in each for each in wire.direct(wire.ada)))
        assert stored(wire) == [ANSWER]
        await wire.discord.say(wire.grace, wire.channel, "Nobody speaks to the coach here.")
        await wire.discord.say(wire.ada, world.direct(wire.ada)["id"], "It drifts over time.")
        await until(lambda: len(wire.direct(wire.ada)) >= 3)
        assert stored(wire) == [ANSWER, "It drifts over time."]

    play(scene)


def test_who_mentions_the_coach_and_takes_no_messages_opens_the_grade_by_a_button(play: Player):
    async def scene(wire: Wire) -> None:
        world = wire.discord.world
        world.closed_dms.add(wire.ada)
        await wire.asked(wire.ada)

        await wire.discord.say(wire.ada, wire.channel, f"<@{world.bot}> {ANSWER}")

        def pointer() -> Any:
            return next(
                (m for m in world.messages[wire.channel].values() if "Graded" in str(m["embeds"])),
                None,
            )

        pointed = await until(pointer)
        assert "70 %" not in str(pointed)
        hers = await (await wire.discord.people.press(wire.ada, pointed, "See my grade")).done()
        theirs = await (await wire.discord.people.press(wire.grace, pointed, "See my grade")).done()
        assert "70 %" in hers.text
        assert "There is no graded answer of yours" in theirs.text

    play(scene)


def test_a_message_that_was_taken_without_a_word_is_not_posted_again(play: Player):
    async def scene(wire: Wire) -> None:
        messenger = wire.platform.messenger
        to = Address("discord", wire.guild, wire.channel)
        question = Reply((Paragraph("Why?"),))
        wire.discord.fault("POST", f"/channels/{wire.channel}/messages", "drop-after")
        number = await asyncio.to_thread(messenger.post, to, question, "daily-1-20261126")

        assert list(wire.discord.world.messages[wire.channel]) == [number]

    play(scene)


def test_a_wrong_token_is_told_with_a_remedy(house: House):
    async def scene() -> None:
        async with wired(house) as wire:
            await wire.stop()
            wire.discord.refuses_token = True
            with pytest.raises(PlatformRefused) as refused:
                await wire.start()
            assert "does not know this token" in refused.value.reason
            assert wire.platform.trouble() == "there is no connection to Discord"
            wire.running = None

    asyncio.run(scene())


def test_a_discord_that_cannot_be_reached_is_told_so_and_can_be_tried_again(house: House):
    async def scene() -> None:
        async with wired(house) as wire:
            await wire.stop()
            wire.discord.fault("GET", "/users/@me", "drop", times=2)  # aiohttp asks twice
            with pytest.raises(PlatformAway) as away:
                await wire.start()
            assert "could not be reached" in away.value.reason

            await wire.platform.start()
            asked = await wire.asked(wire.ada)
            assert "70 %" in (await (await wire.answers(wire.ada, asked, ANSWER)).done()).text

    asyncio.run(scene())


def test_a_bot_that_began_too_often_waits_before_its_token_is_taken_from_it(house: House):
    async def scene() -> None:
        async with wired(house) as wire:
            await wire.stop()
            wire.discord.starts_left = LEAST_STARTS - 1
            begun = wire.discord.gateway.identified
            with pytest.raises(PlatformAway) as away:
                await wire.start()
            assert "19 times are left" in away.value.reason
            assert wire.discord.gateway.identified == begun

            wire.discord.starts_left = LEAST_STARTS
            await wire.platform.start()
            assert wire.platform.trouble() is None

    asyncio.run(scene())


def test_a_question_can_be_practised_in_private(play: Player):
    async def scene(wire: Wire) -> None:
        channel = wire.discord.world.direct(wire.ada)["id"]
        asked = await (
            await wire.discord.people.slash(wire.ada, channel, "ask", about="drift")
        ).done()
        graded = await (await wire.answers(wire.ada, asked, ANSWER)).done()

        assert "70 %" in graded.text
        assert graded.message is not None
        assert not graded.message["flags"] & 64
        (attempt,) = wire.house.attempts
        assert (attempt.question_id, attempt.community_id) == (DRIFT, None)

    play(scene)
