"""What the core needs from outside and no feature owns: time, grading, messages.

Calls block until the platform has answered, for some seconds at most, and raise `Undeliverable`
where it did not take the message. After such an error nobody knows whether it arrived: that is what
the marker is for.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.core.figures import Figures, Picture, Theme
from bot.core.reply import Reply
from grading.grade import Grade
from grading.search import Found
from knowledge.question import Question


class Clock(Protocol):
    """The time, so that tests can choose it."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...


class Grader(Protocol):
    """Whatever turns an answer into a grade."""

    def grade(self, question: Question, answer: str) -> Grade:
        """Return the grade; the same answer always gets the same one."""
        ...


class QuestionFinder(Protocol):
    """Whatever finds questions from a learner's own words."""

    def find(self, words: str, top_k: int = 5) -> tuple[Found, ...]:
        """Return the questions nearest to the words, the best first."""
        ...


@dataclass(frozen=True)
class Address:
    """A channel, in the ids of its platform."""

    platform: str
    community: str
    channel: str


class Messenger(Protocol):
    """A platform that takes messages; each method but `serves` raises Undeliverable."""

    def serves(self, community: str) -> bool:
        """Tell whether this program is the one to act in a community; people it writes to anyway.

        Where several programs share the communities of a platform, each serves some, or any of them
        serves all: then a claim in the database decides who acts.
        """
        ...

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


class HandledState(StrEnum):
    """How far the work on an event is."""

    BEGUN = "begun"
    DONE = "done"


class HandledEvent(NamedTuple):
    """What is known of an event.

    `result` is what came of it, such as the id of a message; `begun_by` the program that is at it.
    """

    state: HandledState
    at: datetime
    result: str = ""
    begun_by: str | None = None


class HandledEvents(Protocol):
    """The events that were handled or are being handled, by a key of the platform's."""

    def get(self, key: str) -> HandledEvent | None:
        """Return what is known of the event, None before it was seen."""
        ...

    def put(self, key: str, state: HandledState, at: datetime, result: str = "") -> None:
        """Keep how far the work is, in place of what was known."""
        ...

    def begun(self, prefix: str) -> tuple[tuple[str, HandledEvent], ...]:
        """Return what was begun and never ended, by keys that begin so, the oldest first."""
        ...

    def forget(self, key: str) -> None:
        """Forget the event, so that it is handled when it comes again."""
        ...

    def forget_before(self, at: datetime, most: int) -> int:
        """Forget events from before this moment, so many at most; return how many."""
        ...

    def count_before(self, at: datetime) -> int:
        """Return how many events are from before this moment."""
        ...


class Programs(Protocol):
    """The programs that work on one database, by names that each has for as long as it runs."""

    @property
    def mine(self) -> str:
        """The name of this one."""
        ...

    def others(self) -> frozenset[str] | None:
        """Return the names of the others that run just now; None where nobody knows that."""
        ...


class Installations(Protocol):
    """What a platform needs to act in a community, sealed by the platform; nothing here opens it.

    A platform names a place by a key of its own, such as the ids of a workspace and its enterprise.
    """

    def get(self, platform: str, key: str) -> str | None:
        """Return the sealed text, None where the platform is not installed."""
        ...

    def put(self, platform: str, key: str, sealed: str, at: datetime) -> None:
        """Keep the sealed text in place of an earlier one."""
        ...

    def delete(self, platform: str, key: str) -> None:
        """Forget it; nothing happens where there is none."""
        ...

    def keys(self, platform: str) -> tuple[str, ...]:
        """Return the keys of all places where the platform is installed, in order."""
        ...


class Paints(Protocol):
    """Whatever turns figures into a picture."""

    def paint(self, figures: Figures, theme: Theme = Theme.DARK) -> Picture:
        """Return the picture, or raise PictureUnavailable."""
        ...
