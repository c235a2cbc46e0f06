"""How commands are called here: what is `/ask drift` at a terminal is `/coach ask drift`."""

from dataclasses import dataclass

from bot.core import command_refs
from bot.core.command_refs import CommandRef, Moment
from bot.core.reply import Reply
from bot.platforms.slack.text import dated


@dataclass(frozen=True)
class Dialect:
    """The one command of the app, with its slash; all others stand behind it."""

    command: str

    def say(self, named: CommandRef) -> str:
        """Return a command as it is typed here."""
        return f"{self.command} {named.line}"

    def spoken(self, text: str) -> str:
        """Return a sentence with its commands as they are typed here."""
        return command_refs.spoken(text, self.say)

    def translated(self, reply: Reply) -> Reply:
        """Return the reply with its commands as they are typed here, and moments as Slack tells."""
        return command_refs.with_commands(reply, self.say, _told)


def _told(moment: Moment) -> str:
    return dated(moment.at, moment.wall, soon=moment.soon)
