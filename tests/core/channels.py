"""A platform for tests of the daily question: it keeps what arrives, and fails or dies on order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.errors.base import Undeliverable
from bot.core.ports.messenger import Address
from bot.core.reply import Reply


class Killed(BaseException):
    """The program dies here and now: nothing catches it."""


@dataclass
class Message:
    """A message in a channel."""

    to: Address
    message: Reply
    marker: str
    at: datetime
    ping_role: str = ""
    below: str = ""
    edits: list[Reply] = field(default_factory=list)


@dataclass
class Channels:
    """All channels of a platform; `trouble` is called before and after each act takes effect."""

    now: Callable[[], datetime]
    trouble: Callable[[str], None] = lambda _: None
    messages: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)
    discussions: dict[str, Message] = field(default_factory=dict)
    admitted: list[tuple[str, str]] = field(default_factory=list)
    unwelcome: dict[str, Undeliverable] = field(default_factory=dict)
    broken: dict[str, Undeliverable] = field(default_factory=dict)
    looked: int = 0

    def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
        return self._add("post", Message(to, message, marker, self.now(), ping_role))

    def reply(self, to: Address, message_id: str, message: Reply, marker: str) -> str:
        assert message_id in self.messages
        return self._add("reply", Message(to, message, marker, self.now(), below=message_id))

    def find(self, to: Address, marker: str, since: datetime) -> str | None:
        self.looked += 1
        self._before("find", to)
        found = [
            message_id
            for message_id, each in self.messages.items()
            if each.marker == marker and each.to == to and each.at >= since
        ]
        self.trouble("after find")
        return found[0] if found else None

    def open_thread(self, to: Address, message_id: str, name: str) -> None:
        self._before("open_thread", to)
        assert message_id in self.messages
        self.threads.setdefault(message_id, name)
        self.trouble("after open_thread")

    def open_discussion(
        self, to: Address, name: str, first: Reply, marker: str, since: datetime
    ) -> str:
        self._before("open_discussion", to)
        assert name
        begun = [
            number
            for number, each in self.discussions.items()
            if each.marker == marker and each.at >= since
        ]
        discussion = begun[0] if begun else f"private-{len(self.discussions) + 1}"
        self.discussions.setdefault(discussion, Message(to, first, marker, self.now()))
        self.trouble("after open_discussion")
        return discussion

    def admit(self, to: Address, discussion_id: str, person: str) -> None:
        self._before("admit", to)
        assert discussion_id in self.discussions
        if person in self.unwelcome:
            raise self.unwelcome[person]
        self.admitted.append((discussion_id, person))
        self.trouble("after admit")

    def edit(self, to: Address, message_id: str, message: Reply) -> None:
        self._before("edit", to)
        self.messages[message_id].edits.append(message)
        self.trouble("after edit")

    def tell(self, community: str, person: str, message: Reply) -> None:
        raise AssertionError(f"nobody writes to {person} of {community}: {message}")

    def of(self, channel: str) -> list[Message]:
        """Return the questions that were posted to a channel, without what stands below them."""
        return [
            each for each in self.messages.values() if each.to.channel == channel and not each.below
        ]

    def results(self, channel: str) -> list[Message]:
        return [
            each for each in self.messages.values() if each.to.channel == channel and each.below
        ]

    def _add(self, act: str, message: Message) -> str:
        self._before(act, message.to)
        message_id = str(len(self.messages) + 1)
        self.messages[message_id] = message
        self.trouble(f"after {act}")
        return message_id

    def _before(self, act: str, to: Address) -> None:
        self.trouble(f"before {act}")
        if to.channel in self.broken:
            raise self.broken[to.channel]
