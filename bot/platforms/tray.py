"""Files for a person on a chat platform: laid on a tray while the core works, sent with its reply.

The tray belongs to the context of one call, so that people who act at once never see each other's.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import NamedTuple

from bot.core.accounts.model import PlatformUser
from bot.core.errors import FileNotRead, FileNotWritten
from bot.core.privacy.ports import FilesBothWays


class Laid(NamedTuple):
    """A file on the tray; `alt` is what stands in for a picture."""

    name: str
    content: bytes
    alt: str = ""


_tray: ContextVar[list[Laid] | None] = ContextVar("tray", default=None)
_brought: ContextVar[Mapping[str, bytes]] = ContextVar("brought", default=MappingProxyType({}))


@contextmanager
def tray(brought: Iterable[Laid] = ()) -> Iterator[list[Laid]]:
    """Collect the files that are made within, where those can be read that the person brought."""
    files: list[Laid] = []
    made, given = _tray.set(files), _brought.set({file.name: file.content for file in brought})
    try:
        yield files
    finally:
        _brought.reset(given)
        _tray.reset(made)


def describe(alt: str) -> None:
    """Say what stands in for the picture that was laid on the tray last."""
    files = _tray.get()
    if files:
        files[-1] = files[-1]._replace(alt=alt)


class TrayFiles:
    """Files that go with the reply to whoever asked, or came with what they asked."""

    def read(self, _user: PlatformUser, name: str, most: int) -> bytes:
        """Return the beginning of a file that the person brought.

        Raises:
            FileNotRead: they brought none of this name.
        """
        content = _brought.get().get(name)
        if content is None:
            raise FileNotRead(name, "no file of this name came with the command")
        return content[: most + 1]

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
    """Each platform's way of taking and handing out files."""

    def __init__(self, ways: Mapping[str, FilesBothWays]) -> None:
        self._ways = ways

    def read(self, user: PlatformUser, name: str, most: int) -> bytes:
        """Return the beginning of a file of the person's, as the user's platform does.

        Raises:
            FileNotRead: it cannot be read there.
        """
        way = self._ways.get(user.platform)
        if way is None:
            raise FileNotRead(name, "there is no way to bring files there")
        return way.read(user, name, most)

    def save(self, user: PlatformUser, name: str, content: bytes) -> str:
        """Hand out a file as the user's platform does.

        Raises:
            FileNotWritten: it cannot be written there.
        """
        way = self._ways.get(user.platform)
        if way is None:
            raise FileNotWritten(name, "there is no way to send files there")
        return way.save(user, name, content)
