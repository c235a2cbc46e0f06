"""The port through which the coach speaks first: to a channel, or to a person.

Calls block until the platform has answered, for some seconds at most, and raise `Undeliverable`
where it did not take the message. After such an error nobody knows whether it arrived: that is what
the marker is for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.reply import Reply


@dataclass(frozen=True)
class Address:
    """A channel, in the ids of its platform."""

    platform: str
    community: str
    channel: str


class Messenger(Protocol):
    """A platform that takes messages; each method raises Undeliverable."""

    def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
        """Send a message that can be found again by its marker; return the platform's id of it.

        The marker is short, unique and unseen or small. Only the role given is mentioned.
        """
        ...

    def find(self, to: Address, marker: str, since: datetime) -> str | None:
        """Return the id of the coach's own message with this marker, None where there is none.

        Messages sent before `since` need not be looked at.
        """
        ...

    def open_thread(self, to: Address, message_id: str, name: str) -> None:
        """Open the discussion below a message; nothing happens where it is open already."""
        ...

    def open_discussion(
        self, to: Address, name: str, first: Reply, marker: str, since: datetime
    ) -> str:
        """Open a discussion that only those see who are let in; return the platform's id of it.

        It begins with a first message. What an earlier try began after `since` is found again and
        finished. For good undeliverable where the platform has none.
        """
        ...

    def admit(self, to: Address, discussion_id: str, person: str) -> None:
        """Let a person into a private discussion, so that the platform tells them where it is.

        Nothing happens where they are in it already.
        """
        ...

    def edit(self, to: Address, message_id: str, message: Reply) -> None:
        """Replace what a message says."""
        ...

    def reply(self, to: Address, message_id: str, message: Reply, marker: str) -> str:
        """Answer in the discussion below a message, or in the channel where there is none."""
        ...

    def tell(self, community: str, person: str, message: Reply) -> None:
        """Send a person a private message; `community` is where they are known."""
        ...
