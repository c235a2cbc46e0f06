"""What the coach says around practice."""

from dataclasses import replace

from bot.core.coach.commands import practice_commands, with_help
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.reply import Reply
from tests.builders import a_user
from tests.core.samples import Table, text_of, typed

HERE = Place("guild", "drift")


def test_help_explains_every_command_and_those_of_hosts_to_hosts(table: Table):
    hosted = Command("audit", "see who did what", lambda _: Reply(()), hosts=True)
    commands = with_help((*practice_commands(table.coach), hosted))

    for place in (None, HERE, replace(HERE, host=True)):
        told = text_of(typed(commands, "help", a_user(), place))
        for command in commands:
            is_told = f"/{command.name}" in told and f": {command.summary}" in told
            seen = not command.hosts or (place is not None and place.host)
            assert is_told is (seen and not command.hidden)
