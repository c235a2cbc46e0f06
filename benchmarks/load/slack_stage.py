"""Slack as the tests emulate it, for those who measure: one workspace, or many by OAuth."""

import asyncio
import copy
import socket
import time
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from benchmarks.load.stages import until
from tests.platforms.slack.emulator import Delivery, Slack
from tests.platforms.slack.emulator.state import BOT_USER, Json
from tests.platforms.slack.running import free_port, install, settings_of, settings_of_many

T = TypeVar("T")
ENDLESS = 10**9
WAITING_VIEW, GRADED_VIEW = 1, 2
"""How often a form is replaced: to say that the answer is taken, and with its grade."""


class Watched(Slack):
    """Note when messages were posted, replies came and forms were replaced."""

    def __enter__(self) -> "Watched":
        self.first_post: dict[str, float] = {}
        self.replaced: dict[str, list[float]] = defaultdict(list)
        super().__enter__()
        return self

    def post(self, channel: str, arguments: Json, user: str = BOT_USER) -> Json:
        """Take a message, and note when the first of a channel came."""
        message = super().post(channel, arguments, user)
        self.first_post.setdefault(channel, time.time())
        return message

    def replace(self, view: Json, given: Json) -> None:
        """Replace a form, and note when."""
        number = view["id"]
        super().replace(view, given)
        self.replaced[number].append(time.monotonic())


@dataclass
class Sent:
    """An answer in a form that was sent."""

    began: float
    delivery: Delivery
    replaced: list[float]

    @property
    def acknowledged(self) -> float:
        """Seconds until Slack was told that it was taken."""
        return self.delivery.took

    @property
    def graded(self) -> float | None:
        """Seconds until its grade was shown in the form."""
        return self.replaced[WAITING_VIEW] - self.began if len(self.replaced) > 1 else None


class SlackStage:
    """A workspace or several; everybody answers the question of the day of a channel.

    Several programs get what Slack delivers by turns.
    """

    name = "slack"

    def __init__(self, *, many: bool = False, programs: int = 1) -> None:
        """Make it for so many programs; `many` workspaces install the app themselves."""
        self._slack = Watched()
        self._many = many
        self._ports = [free_port() for _ in range(programs)]
        self._teams: list[str] = []
        self._forms: dict[str, Json] = {}
        self._naming: Json = {}

    @property
    def settings(self) -> tuple[dict[str, str], ...]:
        """What leads each program to it."""
        if self._many:
            return tuple(settings_of_many(self._slack, port) for port in self._ports)
        return tuple(settings_of(self._slack, "http", port) for port in self._ports)

    async def start(self) -> None:
        """Listen."""
        await asyncio.to_thread(self._slack.__enter__)
        self._slack.balanced = [f"http://127.0.0.1:{port}/slack/events" for port in self._ports]
        self._slack.endpoint = self._slack.balanced[0]

    async def stop(self) -> None:
        """Close everything."""
        await asyncio.to_thread(self._slack.__exit__)

    def community(self) -> str:
        """A workspace; of many, a new one."""
        if not self._many:
            return self._slack.team
        self._teams.append(f"T{self._slack.numbers():010d}")
        return self._teams[-1]

    async def join(self) -> None:
        """Let the workspaces install the app, where they are many."""
        for team in self._teams:
            done = await asyncio.to_thread(install, self._slack, self._ports[0], team)
            assert done, "the app could not be installed"  # noqa: S101

    def channel(self, community: str) -> str:
        """A new channel."""
        del community
        return self._slack.channel(f"channel-{len(self._slack.channels)}")

    def person(self, community: str) -> str:
        """A new member."""
        del community
        return self._slack.user(f"person{len(self._slack.users)}")

    def is_served(self) -> bool:
        """Whether every program listens."""
        return all(map(_is_taken, self._ports))

    def is_posted(self, channel: str) -> bool:
        """Whether the question of the day stands there."""
        return bool(self._slack.messages[channel])

    async def open(self, person: str, channel: str) -> float:
        """Press the button below the question of the day."""
        message = next(iter(self._slack.messages[channel].values()))
        where = {**message, "channel": channel}
        began = time.monotonic()
        await self._in(self._slack.clicking(person, where, "coach:answer"))
        self._forms[channel] = await self._form_of(person)
        return time.monotonic() - began

    async def send(self, person: str, channel: str, text: str) -> Sent:
        """Send a form like the one that was opened, of their own."""
        form = copy.deepcopy(self._forms[channel])
        form |= {"id": f"V{self._slack.numbers():07d}", "_user": person}
        form["root_view_id"] = form["id"]
        self._slack.views[form["id"]] = form
        began = time.monotonic()
        delivery = await self._in(self._slack.submitting(person, form, field=text))
        assert delivery.status == 200, "it was not acknowledged"  # noqa: S101, PLR2004 HTTP's
        return Sent(began, delivery, self._slack.replaced[form["id"]])

    async def help(self, person: str, channel: str) -> float:
        """Type the command for help."""
        return await self._typed(person, channel, "help")

    async def complete(self, person: str, channel: str) -> float:
        """Type the name of a question into the form of the shortcut."""
        del channel
        if not self._naming:
            await asyncio.to_thread(self._slack.shortcut, person, "coach:ask_me")
            self._naming = await self._form_of(person)
        began = time.monotonic()
        await self._in(self._slack.suggesting(person, self._naming, "concept dr"))
        return time.monotonic() - began

    async def practise(self, person: str, channel: str, text: str) -> float:
        """Type a command to be asked, one to answer, and one for progress."""
        await self._typed(person, channel, "ask")
        before = len(self._replies(person))
        sent = await self._in(self._slack.typing(person, channel, "/coach", f"answer {text}"))
        await until(lambda: len(self._replies(person)) > before, every=0.05)
        await self._typed(person, channel, "progress")
        return sent.took

    def limit(self, community: str, channels: list[str], seconds: float) -> None:
        """Answer 429 to the workspace, whatever the channel."""
        del channels
        fault = self._slack.fault("chat.postMessage", "ratelimited", ENDLESS, round(seconds) or 1)
        fault.team = community

    def free(self) -> None:
        """Limit nobody any more."""
        self._slack.faults.clear()

    def posted_at(self, channel: str) -> float | None:
        """When the first message was posted."""
        return self._slack.first_post.get(channel)

    def _replies(self, person: str) -> list[Json]:
        return [each for each in list(self._slack.responses) if each["user"] == person]

    async def _typed(self, person: str, channel: str, text: str) -> float:
        before = len(self._replies(person))
        began = time.monotonic()
        await self._in(self._slack.typing(person, channel, "/coach", text))
        await until(lambda: len(self._replies(person)) > before, every=0.02)
        return time.monotonic() - began

    async def _form_of(self, person: str) -> Json:
        await until(lambda: any(each["_user"] == person for each in self._views()))
        return next(each for each in self._views() if each["_user"] == person)

    def _views(self) -> list[Json]:
        return list(self._slack.views.values())

    async def _in(self, work: Coroutine[Any, Any, T]) -> T:
        """Do work in the thread of the emulated Slack."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._slack._loop))


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
