"""Files for the person at this terminal, named as they say, closed to others."""

import os
from pathlib import Path

from bot.core.errors import FileNotWritten
from bot.core.learner import PlatformUser


class TerminalFiles:
    """Writes only for somebody who sits at this machine: others may name no file of it."""

    def __init__(self, platform: str = "terminal") -> None:
        self._platform = platform

    def save(self, user: PlatformUser, name: str, content: bytes) -> str:
        """Write a new file, relative to the current folder, and return where it is.

        Raises:
            FileNotWritten: it exists already, or may not be written there.
        """
        if user.platform != self._platform:
            raise FileNotWritten(name, "files are written only for the terminal")
        try:
            path = Path(name).expanduser().absolute()
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with open(os.open(path, flags, 0o600), "wb") as file:  # noqa: PTH123 a descriptor
                file.write(content)
        except FileExistsError as error:
            raise FileNotWritten(name, "it exists already and is not overwritten") from error
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "it is no name of a file"
            raise FileNotWritten(name, reason) from error
        return str(path)
