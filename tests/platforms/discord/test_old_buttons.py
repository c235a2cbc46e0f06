"""Buttons and windows of every kind after a restart, and those of other versions."""

from collections.abc import Callable
from typing import Any

import discord
import pytest

from bot.core.practice.model import AskState
from bot.core.reply import Action, Markdown, Reply
from bot.platforms.discord import modal
from bot.platforms.discord.buttons import EDIT_ANSWER, PAGE, RUN, SET_UP, Press, view_of
from bot.platforms.discord.delivery import Delivery
from tests.platforms.discord.stage import Play, Stage, labels, shown, told

Player = Callable[[Play], None]

KINDS = (*Action, EDIT_ANSWER, PAGE, RUN, SET_UP)
UNKNOWN = (
    *(f"{version}:{kind}:1" for version in ("v0", "v2") for kind in KINDS),
    *(f"v1:{action}:{rest}" for action in Action for rest in ("", "gone", "p0")),
    "v1:gone:1",
    "v1:run:gone 12",
    "v1:run:",
    "coach-answer",
    "persistent_view:answer",
)


async def with_button(on: Stage, custom_id: str) -> Any:
    room = on.client.get_channel(on.channel.id)
    assert isinstance(room, discord.TextChannel)
    old: Any = discord.ui.Button(label="Old", custom_id=custom_id)
    return await room.send("What stood here.", view=view_of([[old]]))  # type: ignore[arg-type]


def test_a_button_that_is_not_understood_says_so_and_does_no_harm(play: Player) -> None:
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "ask", about="drift")
        for custom_id in UNKNOWN:
            said = await on.ada.click(await with_button(on, custom_id), label="Old")

            assert said.ephemeral, custom_id
            assert "out of date" in shown(said), custom_id
            assert "/ask" in shown(said) or "</ask" in shown(said)
        with on.house.reader.features.unit_of_work() as uow:
            ask = uow.asks.latest(1)
        assert ask is not None
        assert (ask.id, ask.state, ask.hints) == (1, AskState.OPEN, 0)
        assert on.house.attempts == ()

    play(scene)


def test_pages_are_turned_after_a_restart_by_making_the_message_anew(play: Player) -> None:
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "ask", about="drift")
        revealed = await on.ada.slash(on.channel, "reveal")
        assert "More (2/2)" in labels(revealed.response), "a shorter reference needs another test"
        first = told(revealed.response)
        await on.restart()

        turned = await on.ada.click(revealed.response, label="More (2/2)")

        second = shown(turned)
        assert second not in ("", first)
        assert "Back (1/2)" in labels(turned.response)
        await on.restart()
        back = await on.ada.click(turned.response, label="Back (1/2)")
        assert shown(back) == first

    play(scene)


def test_a_page_that_cannot_be_made_anew_stays_as_it_is(play: Player) -> None:
    async def scene(on: Stage) -> None:
        message = await with_button(on, Press(PAGE, "gone:1").custom_id)

        said = await on.ada.click(message, label="Old")

        assert said.ephemeral
        assert "show the whole again" in shown(said)
        kept = await message.channel.fetch_message(message.id)
        assert kept.content == "What stood here."
        assert [item.label for row in kept.components for item in row.children] == ["Old"]

    play(scene)


def test_what_was_written_in_a_window_of_another_version_is_given_back(play: Player) -> None:
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        with pytest.MonkeyPatch.context() as earlier:
            earlier.setattr(modal, "VERSION", "v0")
            window = await on.ada.click(asked.response, label="Answer")

        said = await on.ada.submit_modal(window, {"answer": "Every word of it."})

        assert "out of date" in shown(said)
        assert "Every word of it." in shown(said)
        assert on.house.attempts == ()

    play(scene)


@pytest.mark.parametrize(("made_by", "kept"), [("run:feedback 12", True), ("", False)])
def test_a_page_says_what_makes_it_anew(made_by: str, kept: bool) -> None:
    reply = Reply((Markdown("A sentence of it. " * 2000),), again=made_by)
    (view,) = (Delivery().message(reply)["view"],)

    (more,) = view.children
    assert more.custom_id.endswith(made_by) is True
    assert len(more.custom_id) <= 100
    assert more.custom_id.count(":") == (5 if kept else 3)
