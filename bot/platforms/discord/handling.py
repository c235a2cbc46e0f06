"""What happens on Discord: acknowledge, one call of the core, show what came of it."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial

import discord
from cachetools import LRUCache

from bot.core.champions.service import Champions
from bot.core.coach import words as coach_words
from bot.core.commands import Command, Upload
from bot.core.communities.model import Place
from bot.core.errors import DeliveredBefore, FileNotRead, GradingUnavailable
from bot.core.reply import Action, Reply
from bot.core.text_commands import ordered
from bot.core.words import buttons as words
from bot.platforms.discord.bounds import fits
from bot.platforms.discord.buttons import EDIT_ANSWER, PAGE, RUN, Press, again, leaf_of, press_of
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.dressing import dressed
from bot.platforms.discord.modal import answer_modal
from bot.platforms.discord.people import (
    PLATFORM,
    Anybody,
    Interaction,
    is_private,
    place_of,
    threads_of,
    user_of,
)
from bot.platforms.discord.sending import (
    FAULTS,
    Acknowledged,
    acknowledge,
    persistently,
    undeliverable,
)
from bot.platforms.discord.threads import DeskThreads, PanelOutcome
from bot.platforms.front_desk import About, Act, Outcome, refused
from knowledge.uploads import MAX_UPLOAD_BYTES

DRAFTS = 2000
"""Answers that were given back, kept to be edited; at most eight megabytes."""

STOP_SECONDS = 25.0
"""So long what was acknowledged may take to be finished at the end; Docker and Kubernetes kill
after thirty by default or by custom."""

CUT_OFF_SECONDS = 1.0
"""What is cut off then ends at once, unless it catches that."""

log = logging.getLogger(__name__)


class Handling:
    """Do what people ask for by commands, buttons and windows."""

    def __init__(self, threads: DeskThreads, champions: Champions, delivery: Delivery) -> None:
        """Wire the handling.

        `hidden` may be filled with commands that only buttons run.
        """
        self.threads = threads
        self.desk = threads.desk
        self.champions = champions
        self.delivery = delivery
        self._drafts: LRUCache[tuple[int, About], str] = LRUCache(DRAFTS)
        self._busy: set[asyncio.Task[object]] = set()
        self.stopping = False
        self._ended = False
        self.hidden: dict[str, Command] = {}

    async def run(self, interaction: Interaction, act: Act) -> None:
        """Answer an interaction with what a use case says."""
        await self.perform(interaction, lambda: self.threads.outcome(act, str(interaction.user.id)))

    async def takes(self, interaction: Interaction) -> bool:
        """Tell whether an interaction is no larger than Discord makes it, and the person if not."""
        if fits(interaction.data or {}):
            return True
        if interaction.type is discord.InteractionType.autocomplete:
            await self.offer_nothing(interaction)
        else:
            await self.run(interaction, words.too_large)
        return False

    async def offer_nothing(self, interaction: Interaction) -> None:
        """Answer somebody who types with no choices."""
        with suppress(*FAULTS):
            await interaction.response.autocomplete([])

    async def submit(self, interaction: Interaction, about: About, text: str) -> None:
        """Take an answer and show its grade to whoever gave it.

        It is stored before Discord hears that it was taken: what was acknowledged is never lost.
        """
        user, place = user_of(interaction.user), place_of(interaction)
        key, delivery = (interaction.user.id, about), f"discord:interaction:{interaction.id}"
        began = time.monotonic()
        async with self.counted():
            try:
                grade = await self.threads.take(user, place, about, text, delivery)
            except DeliveredBefore:
                return

            async def show() -> Outcome:
                outcome = await self.threads.graded(
                    self.unless_stopping(grade), text, user.external_id
                )
                if outcome.draft is not None:
                    self._drafts[key] = text
                else:
                    self._drafts.pop(key, None)
                return outcome

            await self.perform(interaction, show, graded=about, began=began)

    async def about_thread(self, place: Place | None, *threads: str) -> About:
        """Return the daily question above one of these threads, the first that has one."""
        for thread in threads:
            find = partial(self.desk.about_thread, PLATFORM, place, thread)
            if (about := await self.threads.call(find)) != About():
                return about
        return About()

    async def grade_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Take somebody's own message as their answer to what stands above it."""
        if message.author.id != interaction.user.id:
            await self.run(interaction, coach_words.not_your_message)
        elif not message.content.strip():
            await self.run(interaction, coach_words.only_words)
        else:
            about = await self.about_thread(place_of(interaction), *threads_of(message))
            await self.submit(interaction, about, message.content.strip())

    def unless_stopping(self, grade: Act) -> Act:
        """Return what grades an answer, or at the end says that its grade follows."""

        def act() -> Reply:
            if self.stopping:
                raise GradingUnavailable(words.RESTARTING)
            return grade()

        return act

    async def write(self, interaction: Interaction, about: About) -> None:
        """Open the window for an answer, with the text of one that was given back."""
        draft = self._drafts.get((interaction.user.id, about), "")
        try:
            await interaction.response.send_modal(answer_modal(about, draft))
        except FAULTS as error:
            log.info("a window could not be opened: %s", error)

    async def press(self, interaction: Interaction, custom_id: str) -> None:
        """Do what a button says."""
        press = press_of(custom_id)
        if press is None:
            await self.run(interaction, words.old_button)
        elif press.what in {Action.ANSWER, Action.RETRY, EDIT_ANSWER}:
            await self.write(interaction, press.about)
        elif press.what == PAGE:
            await self._turn(interaction, press)
        else:
            act = self._act(interaction, press)
            waits = press.what == RUN and self.desk.needs_model(press.rest)
            by = self.threads.grade if waits else self.threads.outcome
            await self.perform(interaction, lambda: by(act, str(interaction.user.id)))

    def line(self, interaction: Interaction, line: str) -> Act:
        """Return what a line of the command table does, as if it were typed."""
        user, place = user_of(interaction.user), place_of(interaction)

        def act() -> Reply:
            asked = ordered(self.desk.commands | self.hidden, line, user, place)
            if asked is None:
                return words.old_button()
            command, request = asked
            reply = dressed(command.name, request.values, command.run(request))
            return replace(reply, again=again(command.name, request.values, reply))

        return act

    def _act(self, interaction: Interaction, press: Press) -> Act:
        """Return the use case behind a button; one that is unknown is out of date."""
        if press.what == RUN:
            return self.line(interaction, press.rest)
        user, place = user_of(interaction.user), place_of(interaction)
        if press.what not in set(Action):
            return words.old_button

        def act() -> Reply:
            reply = self.desk.act(Action(press.what), user, place, press.about)
            return replace(reply, again=again(press.what, {}, reply))

        return act

    async def _turn(self, interaction: Interaction, press: Press) -> None:
        """Turn a long message over to another page, where it is; made anew after a restart."""
        key, number, source = leaf_of(press)
        message = self.delivery.page(key, number)
        if message is None:
            await self._make_anew(interaction, source, number)
            return
        try:
            await interaction.response.edit_message(embeds=message["embeds"], view=message["view"])
        except FAULTS as error:
            log.info("a page could not be turned: %s", error)

    async def _make_anew(self, interaction: Interaction, source: Press | None, page: int) -> None:
        """Show a page of a message that an earlier run sent; else say how, and leave it alone."""
        if source is None:
            await self.run(interaction, words.pages_gone)
            return
        act = self._act(interaction, source)
        await self.perform(interaction, lambda: self.threads.outcome(act), edits=True, page=page)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._busy)

    async def finish(self) -> None:
        """Grade nothing more, and wait for what was acknowledged, which is stored already."""
        self.stopping = True
        try:
            await self._finished()
        finally:
            self._ended = True

    async def _finished(self) -> None:
        end = asyncio.get_running_loop().time() + STOP_SECONDS
        while self._busy:
            left = max(0.0, end - asyncio.get_running_loop().time())
            done, _ = await asyncio.wait(self._busy, timeout=left)
            if not done:
                log.warning("%d answers were not shown their grades in time", len(self._busy))
                for task in self._busy:
                    task.cancel()  # before the connection that it speaks by is closed
                await asyncio.wait(self._busy, timeout=CUT_OFF_SECONDS)
                return

    async def perform(
        self,
        interaction: Interaction,
        work: Callable[[], Awaitable[Outcome]],
        *,
        graded: About | None = None,
        edits: bool = False,
        began: float | None = None,
        page: int = 0,
    ) -> None:
        """Acknowledge, do the work, and bring what came of it to the person.

        Args:
            interaction: what they did.
            work: one call of the core.
            graded: what was answered; None where nothing was.
            edits: whether what comes of it takes the place of the message acted on.
            began: since when Discord waits, by the monotonic clock; by default from now on.
            page: which page of it is shown first.
        """
        async with self.counted():
            private = not is_private(interaction)
            began = time.monotonic() if began is None else began
            acknowledged = await acknowledge(interaction, private=private, edits=edits)
            self.desk.meter.acknowledged(PLATFORM, time.monotonic() - began)
            if acknowledged is Acknowledged.TWICE:
                return
            outcome = await self._outcome(work, graded)
            rows = outcome.rows if isinstance(outcome, PanelOutcome) else ()
            reply = _about(outcome.reply, graded)
            if acknowledged is Acknowledged.IN_TIME and await self.delivery.answer(
                interaction, reply, draft=outcome.draft is not None, rows=rows, page=page
            ):
                await self._tell_news(interaction)
            elif not await self.delivery.tell(interaction.user, reply):
                await self.keep(interaction.user, None if outcome.draft is not None else graded)

    async def keep(self, person: Anybody, graded: About | None) -> None:
        """See to it that a grade that could not be shown is told at the next occasion."""
        if graded is None:
            return
        user = user_of(person)
        await self.threads.not_shown(user, graded.ask_id)

    async def _tell_news(self, interaction: Interaction) -> None:
        """Show behind an answer what happened while the person was not there."""
        user = user_of(interaction.user)
        for reply in await self.threads.news(user):
            if not await self.delivery.add(interaction, reply):
                await self.delivery.tell(interaction.user, reply)

    async def _outcome(
        self, work: Callable[[], Awaitable[Outcome]], graded: About | None
    ) -> Outcome:
        if self.stopping and graded is None:
            return Outcome(words.restarting())
        try:
            return await work()
        except Exception as problem:  # noqa: BLE001 whatever it is, they hear of it
            return refused(problem)

    @asynccontextmanager
    async def counted(self) -> AsyncIterator[None]:
        """Count what is under way, so that a stop waits for it."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 a coroutine runs in one
        self._busy.add(task)
        try:
            yield
        except RuntimeError as error:  # as aiohttp says that the connection is closed
            if not self._ended:
                raise
            log.info("something came too late, at the end: %s", error)
        finally:
            self._busy.discard(task)


async def fetched(file: discord.Attachment) -> Upload:
    """Return a file that came with a command; of one that is too large only its size matters.

    Raises:
        FileNotRead: it does not arrive.
    """
    if file.size > MAX_UPLOAD_BYTES:
        return Upload(file.filename, bytes(MAX_UPLOAD_BYTES + 1))
    try:
        return Upload(file.filename, await persistently(file.read))
    except FAULTS as error:
        raise FileNotRead(file.filename, undeliverable(error).reason) from error


def _about(reply: Reply, answered: About | None) -> Reply:
    """Return a reply whose buttons are about what was answered, where it says nothing else."""
    if answered is None or reply.ask_id is not None:
        return reply
    return replace(reply, ask_id=answered.ask_id, post_id=answered.post_id)
