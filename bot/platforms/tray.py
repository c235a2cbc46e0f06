"""Files for a person on a chat platform: laid on a tray while the core works, sent with its reply.

The tray belongs to the context of one call, so that people who act at once never see each other's.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from bot.core.errors import FileNotWritten
from bot.core.learner import PlatformUser
from bot.core.ports import Files


class Laid(NamedTuple):
    """A file on the tray; `alt` is what stands in for a picture."""

    name: str
    content: bytes
    alt: str = ""


_tray: ContextVar[list[Laid] | None] = ContextVar("tray", default=None)


@contextmanager
def tray() -> Iterator[list[Laid]]:
    """Collect the files that are made within."""
    files: list[Laid] = []
    token = _tray.set(files)
    try:
        yield files
    finally:
        _tray.reset(token)


def describe(alt: str) -> None:
    """Say what stands in for the picture that was laid on the tray last."""
    files = _tray.get()
    if files:
        files[-1] = files[-1]._replace(alt=alt)


class TrayFiles:
    """Files that go with the reply to whoever asked."""

    def save(self, _user: PlatformUser, name: str, content: bytes) -> str:
        """Lay a file on the tray and return its name.

        Raises:
            FileNotWritten: there is no tray, because nobody waits for a reply.
        """
        files = _tray.get()
        if files is None:
            raise FileNotWritten(name, "there is no message that it could go with")
        plain = "".join(char for char in name if char.isalnum() or char in "-_. ").strip(" .")
        files.append(Laid(plain or "file", content))
        return files[-1].name


class FilesByPlatform:
    """Each platform's way of handing out files."""

    def __init__(self, ways: Mapping[str, Files]) -> None:
        self._ways = ways

    def save(self, user: PlatformUser, name: str, content: bytes) -> str:
        """Hand out a file as the user's platform does.

        Raises:
            FileNotWritten: it cannot be written there.
        """
        way = self._ways.get(user.platform)
        if way is None:
            raise FileNotWritten(name, "there is no way to send files there")
        return way.save(user, name, content)
