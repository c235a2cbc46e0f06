"""Whoever does not manage the server is refused each command that Discord was told for hosts."""

import asyncio
from collections.abc import Iterator
from typing import Any

from bot.core.errors import HostsOnly
from bot.platforms.discord.names import HOSTS, among_hosts
from tests.platforms.discord.stage import House
from tests.platforms.discord.wire.interactions import COMMAND, TYPING
from tests.platforms.discord.wire.world import EVERYBODY, MANAGE_GUILD
from tests.platforms.discord.wired import Wire, wired

Json = dict[str, Any]
SUBCOMMAND, GROUP, USER, ATTACHMENT = 1, 2, 6, 11


def leaves(options: list[Json], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names of all commands below some options."""
    for each in options:
        if each["type"] in {SUBCOMMAND, GROUP}:
            yield from leaves(each.get("options") or [], (*above, each["name"])) or ()
            if each["type"] == SUBCOMMAND:
                yield (*above, each["name"])


def order(wire: Wire, options: list[Json], path: tuple[str, ...]) -> list[Json]:
    """What Discord sends of a command with each option that it needs."""
    first, *rest = path
    chosen = next(each for each in options if each["name"] == first)
    inside = chosen.get("options") or []
    if rest:
        given = order(wire, inside, tuple(rest))
    else:
        given = [
            {"name": each["name"], "type": each["type"], "value": value_of(wire, each)}
            for each in inside
            if each.get("required")
        ]
    return [{"name": first, "type": chosen["type"], "options": given}]


def value_of(wire: Wire, option: Json) -> Any:
    chosen = [each["value"] for each in option.get("choices") or ()]
    by_kind = {3: "1", 4: 1, 5: True, USER: wire.ada, 7: wire.channel, 8: wire.guild}
    return chosen[0] if chosen else by_kind.get(option["type"], "77")


def test_every_command_of_hosts_is_refused_to_others(house: House):
    async def scene() -> None:
        async with wired(house) as wire:
            people, tried = wire.discord.people, set()
            (coach,) = [each for each in people.commands if each["name"] == HOSTS]
            world = wire.discord.world
            resolved = {
                "users": {wire.ada: world.users[wire.ada]},
                "members": {},
                "attachments": {
                    "77": {
                        "id": "77",
                        "filename": "questions.csv",
                        "size": 10,
                        "url": f"{wire.discord.url}/files/77",
                        "proxy_url": f"{wire.discord.url}/files/77",
                    }
                },
            }
            for path in leaves(coach["options"]):
                data = {
                    "id": coach["id"],
                    "name": HOSTS,
                    "type": 1,
                    "options": order(wire, coach["options"], path),
                    "resolved": resolved,
                }
                begun = await people._begin(COMMAND, wire.grace, wire.channel, data)
                done = await begun.done()
                assert HostsOnly.sentence in done.text.replace("’", "'"), path
                tried.add(" ".join(path))
            table = wire.platform.threads.desk.commands.values()
            assert {among_hosts(each.name) for each in table if each.hosts} - tried <= {"set"}

    asyncio.run(scene())


def test_what_can_be_chosen_for_commands_of_hosts_is_shown_to_hosts_alone(house: House):
    async def scene() -> None:
        async with wired(house) as wire:
            people, world = wire.discord.people, wire.discord.world
            elsewhere = world.channel(world.guild())
            (coach,) = [each for each in people.commands if each["name"] == HOSTS]
            typed = [
                (path, option["name"])
                for path in leaves(coach["options"])
                for option in options_of(coach, path)
                if option.get("autocomplete")
            ]

            async def offered(person: str) -> list[list[Json]]:
                shown = []
                for path, option in typed:
                    said = {"name": option, "type": 3, "value": "", "focused": True}
                    data = {"id": coach["id"], "name": HOSTS, "type": 1}
                    begun = await people._begin(
                        TYPING, person, wire.channel, data | {"options": nested(path, said)}
                    )
                    shown.append((await begun.done()).choices)
                return shown

            world.join(world.channels[elsewhere]["guild_id"], wire.grace, EVERYBODY | MANAGE_GUILD)
            refused = await offered(wire.grace)
            world.join(wire.guild, wire.ada, EVERYBODY | MANAGE_GUILD)
            told = await offered(wire.ada)

            assert len(typed) > 3
            assert refused == [[]] * len(typed)
            assert any(told)

    asyncio.run(scene())


def options_of(command: Json, path: tuple[str, ...]) -> list[Json]:
    """The options of a command inside of another."""
    for name in path:
        command = next(each for each in command["options"] if each["name"] == name)
    return command.get("options") or []


def nested(path: tuple[str, ...], said: Json) -> list[Json]:
    """What Discord sends of an option that somebody types for a command in groups."""
    inside = [said]
    for depth, name in enumerate(reversed(path)):
        inside = [{"name": name, "type": GROUP if depth else SUBCOMMAND, "options": inside}]
    return inside
