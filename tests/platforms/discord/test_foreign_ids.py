"""No button or window on Discord shows or changes what belongs to another server.

What is tried is read from where it is registered: the actions, the command table, the tree.
"""

from collections.abc import Callable, Iterator
from typing import Any

import discord

from bot.core.commands import Kind
from bot.core.reply import Action
from bot.platforms.discord.admin import OWN_PLANS
from bot.platforms.discord.buttons import EDIT_ANSWER, PAGE, RUN, VERSION, Press, text_of, view_of
from bot.platforms.discord.client import CoachButton, PanelControl
from bot.platforms.discord.names import HOSTS
from bot.platforms.front_desk import About
from tests.platforms.discord.stage import Play, Stage, host, name_of, shown
from tests.platforms.foreign import ENTERED, theirs
from tests.storage.full import ANSWER as THEIR_ANSWER
from tests.storage.full import fill

Player = Callable[[Play], None]

ABOUTS = (About(ask_id=1), About(post_id=1), About(question_id="own-1/label-delay"))
WINDOWS = {Action.ANSWER, Action.RETRY, EDIT_ANSWER}
TEXT = "The relationship between the inputs and the target changes with time."

OWN = {f"{HOSTS} {name}" for name in ("setup", "champion", "status", "preview", "pause", "resume")}
"""Commands that are in no table; test_panel_guard.py and Discord itself keep to the server."""


def presses(on: Stage) -> Iterator[Press]:
    """Every button that there can be, about what is theirs."""
    for about in ABOUTS:
        for what in (*Action, EDIT_ANSWER):
            yield Press(str(what), text_of(about))
            yield Press(PAGE, f"key:0:{what}:{text_of(about)}")
    desk = on.client.handling.desk
    for name, command in (desk.commands | on.client.handling.hidden).items():
        yield Press(RUN, name)
        for line in (f"{name} 1", f"{name} answer 1", f"{name} own-1/label-delay"):
            if name != "privacy":
                yield Press(RUN, line)
        for each in command.parameters:
            if each.kind in {Kind.INTEGER, Kind.MEMBER}:
                yield Press(RUN, f"{name} {each.name} 1")


def test_every_command_of_the_tree_is_of_the_table_or_known_here(play: Player) -> None:
    async def scene(on: Stage) -> None:
        tree = on.client.tree
        commands = [c for c in tree.walk_commands() if isinstance(c, discord.app_commands.Command)]
        desk = on.client.handling.desk
        table = {name_of(each) for each in desk.commands.values() if each.name not in OWN_PLANS}
        assert {each.qualified_name for each in commands} - table == OWN
        found = on.client._connection._view_store._dynamic_items
        assert set(found.values()) == {CoachButton, PanelControl}

    play(scene)


def test_no_button_or_window_reaches_another_server(play: Player) -> None:
    async def scene(on: Stage) -> None:
        fill(on.house.reader.features.unit_of_work)
        before, mallory = theirs(on.house.reader.features.unit_of_work), host(on)
        room = on.client.get_channel(on.channel.id)
        assert isinstance(room, discord.TextChannel)
        for press in presses(on):
            item: Any = discord.ui.Button(label="x", custom_id=press.custom_id)
            view = view_of([[item]])
            assert view is not None
            result = await mallory.click(await room.send(view=view))
            if press.what in WINDOWS:
                assert result.modal is not None, press
                result = await mallory.submit_modal(result, {"answer": TEXT})
            said = shown(result)
            assert THEIR_ANSWER not in said, press
            assert "lorries" not in said, press
        assert theirs(on.house.reader.features.unit_of_work) == before

    play(scene)


def test_no_form_of_a_command_reaches_another_server(play: Player) -> None:
    async def scene(on: Stage) -> None:
        fill(on.house.reader.features.unit_of_work)
        before, mallory = theirs(on.house.reader.features.unit_of_work), host(on)
        commands = on.client.handling.desk.commands
        entered = {name: ENTERED[name] for name in ("kind", "remark", "point", "sentence")}
        for line in (f"{name} answer 1" for name, each in commands.items() if each.form):
            window = await mallory.slash(on.channel, "suggest")
            window._interaction.modal |= {
                "custom_id": f"{VERSION}:form:{line}",
                "components": [
                    {"type": 18, "label": name, "component": _field(name)} for name in entered
                ],
            }
            said = shown(await mallory.submit_modal(window, entered))
            assert THEIR_ANSWER not in said, line
            assert "lorries" not in said, line
            assert theirs(on.house.reader.features.unit_of_work) == before, line

    play(scene)


def _field(name: str) -> dict[str, Any]:
    return {"type": 4, "style": 2, "custom_id": name}
