"""Who sits at this terminal: the operating system's user."""

import getpass

from bot.core.learner import PlatformUser
from grading.text import storable


def person() -> PlatformUser:
    """Return the account of whoever runs the program; 'you' where the system has no name."""
    try:
        name = storable(getpass.getuser())
    except (KeyError, OSError):
        name = ""
    return PlatformUser("terminal", name or "you", display_name=name)
