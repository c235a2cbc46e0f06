"""The room of this computer: where the daily question of the terminal is posted.

What was posted is noted in a file, a line for each message, so that nothing is posted twice; it is
shown to whoever sits at the terminal that posted it. Threads, edits and private messages have no
meaning on paper.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.core.accounts.model import PlatformUser
from bot.core.daily.setup_words import NO_PRIVATE_DISCUSSIONS
from bot.core.errors import Undeliverable
from bot.core.ports import Address
from bot.core.reply import Reply


class TerminalRoom:
    """Post to the terminal; a Messenger whose ids of messages are their markers."""

    def __init__(self, file: Path, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._news: list[Reply] = []
        self._trouble: Undeliverable | None = None

    def news(self) -> tuple[Reply, ...]:
        """Return what was posted since the last call."""
        news, self._news = tuple(self._news), []
        return news

    def news_with(
        self, poll: Callable[[], object], waiting: Callable[[PlatformUser], tuple[Reply, ...]]
    ) -> Callable[[PlatformUser], tuple[Reply, ...]]:
        """Return what tells somebody who comes: what concerns them, and what is posted just now."""

        def news(user: PlatformUser) -> tuple[Reply, ...]:
            poll()
            return (*waiting(user), *self.news())

        return news

    def trouble(self) -> Undeliverable | None:
        """Return why the file could not be used since the last call, None where it could."""
        trouble, self._trouble = self._trouble, None
        return trouble

    def serves(self, community: str) -> bool:  # noqa: ARG002 there is one
        """Tell whether this program acts in the room."""
        return True

    def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
        """Note the message and keep it to be shown; nobody is mentioned."""
        del to, ping_role
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(f"{marker}\t{self._now().isoformat()}\n")
        except OSError as error:
            raise self._unusable("written", error) from error
        self._news.append(message)
        return marker

    def find(self, to: Address, marker: str, since: datetime) -> str | None:
        """Return the marker where a message with it was noted."""
        del to, since
        try:
            lines = self._file.read_text("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable("read", error) from error
        return marker if any(line.partition("\t")[0] == marker for line in lines) else None

    def reply(self, to: Address, message_id: str, message: Reply, marker: str) -> str:
        """Post the message below the others."""
        del message_id
        return self.post(to, message, marker)

    def open_thread(self, to: Address, message_id: str, name: str) -> None:
        """Do nothing: whoever sits here can talk."""
        del to, message_id, name

    def open_discussion(
        self, to: Address, name: str, first: Reply, marker: str, since: datetime
    ) -> str:
        """Refuse: everybody reads the same terminal."""
        del to, name, first, marker, since
        raise Undeliverable(NO_PRIVATE_DISCUSSIONS, permanent=True)

    def admit(self, to: Address, discussion_id: str, person: str) -> None:
        """Refuse: there is no private discussion."""
        del to, discussion_id, person
        raise Undeliverable(NO_PRIVATE_DISCUSSIONS, permanent=True)

    def edit(self, to: Address, message_id: str, message: Reply) -> None:
        """Do nothing: what was printed stays."""
        del to, message_id, message

    def tell(self, community: str, person: str, message: Reply) -> None:
        """Refuse: people at the terminal hear their news when they come."""
        del community, message
        raise Undeliverable(f"{person} is told at the terminal", permanent=True)

    def _unusable(self, what: str, error: OSError) -> Undeliverable:
        self._trouble = Undeliverable(f"{self._file} cannot be {what}: {error.strerror}")
        return self._trouble
