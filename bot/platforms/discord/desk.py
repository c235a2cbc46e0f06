"""The core as Discord sees it: its calls run in threads, and something to say comes back.

Discord's event loop must answer within three seconds whatever the core is doing, so nothing of the
core runs in it. Storing answers, grading them and everything else have threads of their own: a rush
of answers to grade keeps nobody from sending one, nor from a hint.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.core.accounts.model import PlatformUser
from bot.core.champions.service import Champions
from bot.core.coach.late_grades import LateGrades
from bot.core.coach.service import Coach
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.communities.presence import Departures
from bot.core.daily.answering import DailyPractice
from bot.core.daily.setup import DailyPlans
from bot.core.errors import AnswerRejected, CoachError, DeliveredBefore, GradingUnavailable
from bot.core.notifications.service import Notices
from bot.core.reply import Paragraph, Quote, Reply
from bot.core.words.errors import sentence_of
from bot.platforms.apology import apology
from bot.platforms.discord.buttons import About
from bot.platforms.discord.controls import Rows
from bot.platforms.tray import Laid, tray
from knowledge.bank import QuestionBank
from knowledge.errors import KnowledgeError

T = TypeVar("T")

THREADS = 8
"""Calls of the core at a time: transactions queue up behind each other anyway."""

STORE_THREADS = 2
"""Answers being stored at a time; each takes milliseconds."""

GRADE_THREADS = 8
"""Answers being graded at a time: enough to keep the model busy, and fewer than the encoder lets
wait, so that nobody here is told that it is busy."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What a call of the core came to: a reply and its files, or an answer that was given back.

    `rows` are controls of a panel; they take the place of the reply's buttons.
    """

    reply: Reply
    files: tuple[Laid, ...] = ()
    draft: bool = False
    rows: Rows = ()


class Desk:
    """Run use cases for people on Discord."""

    def __init__(  # noqa: PLR0913, PLR0917 the use cases that Discord has a way to
        self,
        coach: Coach,
        bank: QuestionBank,
        commands: Sequence[Command],
        notices: Notices,
        owed: LateGrades,
        daily: DailyPractice,
        plans: DailyPlans,
        departures: Departures,
        champions: Champions,
    ) -> None:
        self.coach = coach
        self.bank = bank
        self.plans = plans
        self.champions = champions
        self._notices = notices
        self._owed = owed
        self._daily = daily
        self._departures = departures
        self.commands = {command.name: command for command in commands}
        self._pool = ThreadPoolExecutor(THREADS, "discord")
        self._storing = ThreadPoolExecutor(STORE_THREADS, "discord-store")
        self._grading = ThreadPoolExecutor(GRADE_THREADS, "discord-grade")

    def ask_id(self, user: PlatformUser, place: Place | None, about: About) -> int | None:
        """Return the ask that is meant, made where somebody answers what stands there for all.

        None stands for their last.

        Raises:
            CoachError: the daily question has gone, or has to wait.
        """
        if about.post_id is not None:
            return self._daily.begin(user, place, about.post_id).id
        if about.question_id is not None:
            return self.coach.ask(user, about.question_id, place).ask_id
        return about.ask_id

    async def call(self, work: Callable[[], T]) -> T:
        """Return what the work returns, done in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def outcome(self, act: Callable[[], Reply], brought: Sequence[Laid] = ()) -> Outcome:
        """Return what a use case came to, given what was brought; an error is a sentence."""
        return await self.call(lambda: _outcome(act, brought=brought))

    async def take(
        self, user: PlatformUser, place: Place | None, about: About, text: str, delivery: str
    ) -> Callable[[], Reply]:
        """Store an answer, by threads that nothing else fills; return what grades it.

        Where it is not stored, what is returned says why, and gives its text back.

        Raises:
            DeliveredBefore: it is stored, and somebody is at it.
        """

        def store() -> Callable[[], Reply]:
            try:
                ask_id = self.ask_id(user, place, about)
                return self.coach.take_answer(user, text, ask_id, delivery)
            except DeliveredBefore:
                raise
            except Exception as problem:  # noqa: BLE001 it is told where the grade would be
                return partial(_refuse, problem)

        return await asyncio.get_running_loop().run_in_executor(self._storing, store)

    async def graded(self, grade: Callable[[], Reply], text: str) -> Outcome:
        """Return what became of an answer that was taken, or why it was not."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._grading, lambda: _outcome(grade, text))

    async def bank_at(self, user: PlatformUser, place: Place | None) -> QuestionBank:
        """Return the questions to choose from there; the shipped ones where that fails."""
        try:
            return await self.call(lambda: self.coach.bank_at(user, place))
        except CoachError:
            log.exception("the questions of a community could not be read")
            return self.bank

    async def news(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Return what happened while the learner was not there; nothing where that fails."""
        try:
            return await self.call(lambda: self._notices.waiting(user))
        except CoachError:
            log.exception("the news of a learner could not be read")
            return ()

    async def note(self, work: Callable[[Departures], None]) -> None:
        """Note a departure; what cannot be noted is noticed at the next post."""
        try:
            await self.call(lambda: work(self._departures))
        except CoachError:
            log.exception("a departure could not be noted")

    async def not_shown(self, user: PlatformUser, ask_id: int | None) -> None:
        """Keep the grade of an answer for the next occasion."""
        try:
            await self.call(lambda: self._owed.not_shown(user, ask_id))
        except CoachError:
            log.exception("news of a grade could not be kept; /feedback shows it")

    def close(self) -> None:
        """End the threads when they have done what they are at."""
        for pool in (self._storing, self._grading, self._pool):
            pool.shutdown(wait=True, cancel_futures=True)


def _refuse(problem: Exception) -> Reply:
    raise problem


def _outcome(
    act: Callable[[], Reply], answer: str | None = None, brought: Sequence[Laid] = ()
) -> Outcome:
    """Return what the act came to; an answer that it did not take is given back."""
    with tray(brought) as files:
        try:
            return Outcome(act(), tuple(files))
        except AnswerRejected as problem:
            return _given_back(_sentence(problem), problem.text)
        except (CoachError, KnowledgeError) as problem:
            stored = isinstance(problem, GradingUnavailable)
            return _given_back(_sentence(problem), None if stored else answer)
        except Exception as problem:  # noqa: BLE001 apology logs it
            return _given_back(apology(problem), answer)


def _sentence(problem: Exception) -> Reply:
    return Reply((Paragraph(sentence_of(problem)),))


def _given_back(why: Reply, answer: str | None) -> Outcome:
    if answer is None:
        return Outcome(why)
    return Outcome(Reply((*why.blocks, Quote(answer))), draft=True)
