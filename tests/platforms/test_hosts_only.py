"""What is for hosts is refused to everybody else, by any command, typed or chosen, old or new.

The commands are read from the one table, so that a new one is tried too. Each platform tries them
as its people reach them, in a test of the same name beside its others.
"""

from dataclasses import replace

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Command, Request
from bot.core.communities.model import Place, Role
from bot.core.errors import HostsOnly
from bot.core.reply import Paragraph, Reply
from bot.platforms.filling_in import FillingIn
from bot.platforms.front_desk import FrontDesk
from tests.platforms.foreign import ADA, ENTERED, MALLORY, THEIRS, World

REFUSED = Reply((Paragraph(HostsOnly().sentence),))
MEMBERS = replace(THEIRS, host=False, role=Role.MEMBER)
STAFF = replace(THEIRS, host=False, role=Role.STAFF)
"""What counts is whether the platform says now that they may manage it, and no role of earlier."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World.at(tmp_path_factory.mktemp("hosts"))


@pytest.fixture(scope="module")
def desk(world: World) -> FrontDesk:
    return FrontDesk(world.application.features)


def for_hosts(desk: FrontDesk) -> list[Command]:
    found = [command for command in desk.commands.values() if command.hosts]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("place", [MEMBERS, STAFF], ids=["a member", "its staff"])
@pytest.mark.parametrize("user", [ADA, MALLORY], ids=["at home", "a stranger"])
def test_no_command_for_hosts_does_anything_for_others(
    world: World, desk: FrontDesk, user: PlatformUser, place: Place
) -> None:
    before = world.rows()
    for command in for_hosts(desk):
        for values in world.tries(command):
            request = Request(user, place, values)
            outcome = desk.outcome(lambda c=command, r=request: c.run(r))
            assert outcome.reply == REFUSED, (command.name, values)
        assert world.rows() == before, command.name


def test_nor_as_it_is_typed(world: World, desk: FrontDesk) -> None:
    before = world.rows()
    for command in for_hosts(desk):
        needed = " ".join("1" for each in command.parameters if each.required)
        for line in (command.name, f"{command.name} {needed}", f"{command.name} 1"):

            def act(line: str = line) -> Reply:
                meant = desk.ordered(line, ADA, MEMBERS)
                assert meant is not None
                return meant[0].run(meant[1])

            assert desk.outcome(act).reply == REFUSED, line
        assert world.rows() == before, command.name


def test_nor_by_its_form(world: World, desk: FrontDesk) -> None:
    forms, before = FillingIn(desk), world.rows()
    for command in for_hosts(desk):
        filling = forms.meant(command.name)
        if filling is not None:
            reply = forms.take(filling, ADA, MEMBERS, ENTERED)
            assert HostsOnly.sentence in repr(reply), command.name
    assert world.rows() == before
