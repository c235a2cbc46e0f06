"""Whoever does not run the workspace is refused each command for hosts, as it is typed on Slack."""

from bot.core.errors import HostsOnly
from bot.platforms.slack.dispatch import SETUP
from tests.platforms.slack.conftest import Office, words_of


def test_every_command_of_hosts_is_refused_to_others(office: Office) -> None:
    table = [each for each in office.desk.commands.values() if each.hosts]
    assert len(table) > 15
    lines = [
        " ".join((each.name, *("1" for one in each.parameters if one.required))) for each in table
    ]
    for line in (*lines, SETUP):
        office.slack.responses.clear()
        office.slack.slash(office.bob, office.channel, "/coach", line)
        office.settled()

        windows = [each for each in office.slack.views.values() if each["_user"] == office.bob]
        said = [words_of(each.get("blocks")) for each in (*office.slack.responses, *windows)]
        assert any(HostsOnly.sentence in each for each in said), (line, said)
        office.slack.views.clear()
