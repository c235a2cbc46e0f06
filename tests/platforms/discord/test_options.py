"""Every command of the table is on Discord, with options that are its parameters."""

from collections.abc import Callable

from discord import AppCommandOptionType as Type

from bot.core.commands import Kind
from bot.platforms.discord.admin import OWN_PLANS
from bot.platforms.discord.limits import COMMAND_DESCRIPTION
from bot.platforms.discord.options import offered
from bot.platforms.discord.terms import every, options_of
from tests.platforms.discord.stage import Play, Stage, name_of

Player = Callable[[Play], None]

TYPES = {
    Kind.TEXT: Type.string,
    Kind.CHOICE: Type.string,
    Kind.INTEGER: Type.integer,
    Kind.FLAG: Type.boolean,
    Kind.SWITCH: Type.boolean,
    Kind.MEMBER: Type.user,
    Kind.FILE: Type.attachment,
}


def test_options_are_the_parameters_of_the_table(play: Player):
    async def scene(on: Stage) -> None:
        made = {each.qualified_name: each for each in every(on.client.tree.get_commands())}
        table = on.client.handling.desk.commands.values()
        assert len(table) > 30

        for command in table:
            if command.name in OWN_PLANS or command.hidden:
                continue
            native = made[name_of(command)]
            assert native.description == command.summary
            options = {option.display_name: option for option in options_of(native)}
            assert list(options) == [each.name for each in offered(command)]
            for each in offered(command):
                option = options[each.name]
                assert option.type is TYPES[each.kind]
                assert option.required is (each.required and command.form is None)
                assert option.description == each.help
                assert len(each.help) <= COMMAND_DESCRIPTION
                assert {one.value: one.name for one in option.choices} == dict(each.choices)
                assert option.autocomplete is (each.complete is not None)
                if each.kind is Kind.INTEGER:
                    assert (option.min_value, option.max_value) == (each.least, each.most)

    play(scene)
