"""Files for the person at this terminal, named as they say, closed to others."""

import os
from pathlib import Path

from bot.core.accounts.model import PlatformUser
from bot.core.errors import FileNotRead, FileNotWritten


class TerminalFiles:
    """Reads and writes for somebody who sits at this machine: others may name no file of it."""

    def __init__(self, platform: str = "terminal") -> None:
        self._platform = platform

    def read(self, user: PlatformUser, name: str, most: int) -> bytes:
        """Return the beginning of a file, one byte more than `most` when it is longer.

        Raises:
            FileNotRead: it is not there or may not be read.
        """
        if user.platform != self._platform:
            raise FileNotRead(name, "files are read only at the terminal; send yours with it")
        try:
            path = Path(name).expanduser()
            if not path.is_file():  # a pipe or a device may never end
                raise FileNotRead(name, "it is no file")
            with path.open("rb") as file:
                return file.read(most + 1)
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "it is no name of a file"
            raise FileNotRead(name, reason) from error

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
