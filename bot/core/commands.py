"""The one command table of all platforms: a name, what it means, and the use case behind it.

A platform turns each entry into what is native there: `/review` in the terminal and on Discord,
`/coach review` on Slack. Bootstrap puts the table together; nothing else lists commands.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.reply import Reply

Run = Callable[[PlatformUser, Place | None, str], Reply]
"""Who asks, where, and what was written behind the command."""


@dataclass(frozen=True)
class Command:
    """Something that a person can ask for by name.

    `usage` shows what may follow the name, such as "[topic]"; `summary` is half a sentence for
    help. `asks` says that a question is put to the person, who will answer in free text.
    """

    name: str
    usage: str
    summary: str
    run: Run
    asks: bool = False
