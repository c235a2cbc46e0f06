"""Who sits at this terminal, and the room they share with others who practise on this computer."""

import getpass

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from grading.text import storable

PLATFORM = "terminal"

ROOM = Place("room", "room", community_name="This computer", channel_name="the terminal", host=True)
"""The one community of the terminal. Whoever can read its database may manage it, too."""


def person(name: str = "") -> PlatformUser:
    """Return the account of this name, by default of whoever runs the program.

    It is 'you' where the system has no name for them.
    """
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):
            name = ""
    name = storable(name).strip()
    return PlatformUser(PLATFORM, name or "you", display_name=name)
