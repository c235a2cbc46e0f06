"""The front desk as Discord's event loop sees it: every call runs in a thread.

The loop must answer within three seconds whatever the core is doing, so nothing of the core runs in
it. Grading has threads of its own: a rush of answers to grade keeps nobody from sending one, nor
from a hint. In the database, storing an answer goes before everything else by itself.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.communities.presence import Departures
from bot.core.errors import DeliveredBefore
from bot.core.fair_threads import FairThreads, Owner
from bot.core.reply import Reply
from bot.platforms.discord.controls import Rows
from bot.platforms.front_desk import About, Act, FrontDesk, Outcome

T = TypeVar("T")

THREADS = 8
"""Calls of the core at a time: transactions queue up behind each other anyway."""

STORE_THREADS = 8
"""Answers being stored at a time: one writes, and the next stand before everybody else in line."""

GRADE_THREADS = 3
"""Answers being graded here at a time: enough to keep the model busy. Fewer than the encoder lets
wait, so that nobody here is told that it is busy."""

A_PERSON = 3
"""Calls for one person at a time; of their answers, one is graded at a time."""


@dataclass(frozen=True)
class PanelOutcome(Outcome):
    """What a panel shows: `rows` are its controls, in place of the reply's buttons."""

    rows: Rows = ()


class DeskThreads:
    """Run what people want in threads."""

    def __init__(self, desk: FrontDesk, grades_at_once: int = 0) -> None:
        """Make the threads, so many of which grade where a cluster has work for them."""
        self.desk = desk
        self._quick = FairThreads(THREADS, "discord", a_person=A_PERSON)
        self._storing = FairThreads(STORE_THREADS, "discord-store", a_person=A_PERSON)
        self._grading = FairThreads(max(GRADE_THREADS, grades_at_once), "discord-grade")

    async def call(self, work: Callable[[], T], who: str = "") -> T:
        """Return what the work returns, done in a thread, for somebody by turns of all."""
        return await _in(self._quick, who, work)

    async def outcome(self, act: Act, who: str = "") -> Outcome:
        """Return what a use case came to."""
        return await self.call(lambda: self.desk.outcome(act), who)

    async def take(
        self, user: PlatformUser, place: Place | None, about: About, text: str, delivery: str
    ) -> Act:
        """Store an answer, by threads that nothing else fills; return what grades it.

        Where it is not stored, what is returned raises why.

        Raises:
            DeliveredBefore: it is stored, and somebody is at it.
        """
        take = lambda: self.desk.take(user, place, about, text, delivery)  # noqa: E731
        return await self._stored(user, take)

    async def hear(
        self, user: PlatformUser, place: Place | None, about: About, text: str, delivery: str
    ) -> Act:
        """Take what was written in a conversation, by the same threads; return what answers it.

        Raises:
            DeliveredBefore: as `take` does.
        """
        take = lambda: self.desk.hear(user, place, about, text, delivery)  # noqa: E731
        return await self._stored(user, take)

    async def _stored(self, user: PlatformUser, take: Callable[[], Act]) -> Act:
        def store() -> Act:
            try:
                return take()
            except DeliveredBefore:
                raise
            except Exception as problem:  # noqa: BLE001 it is told where the grade would be
                return partial(_refuse, problem)

        return await _in(self._storing, user.external_id, store)

    async def graded(self, grade: Act, text: str, who: str) -> Outcome:
        """Return what became of somebody's answer that was taken, or why it was not."""
        return await _in(self._grading, who, lambda: self.desk.outcome(grade, answer=text))

    async def grade(self, act: Act, who: str) -> Outcome:
        """Return what came of something that grades for somebody."""
        return await _in(self._grading, who, lambda: self.desk.outcome(act))

    async def news(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Return what happened while the learner was not there."""
        return await self.call(lambda: self.desk.news(user))

    async def note(self, departure: Callable[[Departures], None]) -> None:
        """Note a departure."""
        await self.call(lambda: self.desk.note(departure))

    async def not_shown(self, user: PlatformUser, ask_id: int | None) -> None:
        """Keep the grade of an answer for the next occasion."""
        await self.call(lambda: self.desk.not_shown(user, ask_id))

    def close(self) -> None:
        """End the threads when they have done what they are at."""
        for pool in (self._storing, self._grading, self._quick):
            pool.shutdown()


async def _in(pool: FairThreads, who: str, work: Callable[[], T]) -> T:
    return await asyncio.wrap_future(pool.submit(Owner(person=who), work))


def _refuse(problem: Exception) -> Reply:
    raise problem
