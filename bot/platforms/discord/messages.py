"""Answers that are written as messages: in private, below a question, or with a mention."""

import logging
import re
from contextlib import suppress

import discord

from bot.core.coach import words as coach_words
from bot.core.communities.model import Place
from bot.core.errors import DeliveredBefore
from bot.core.reply import Reply
from bot.platforms.discord.bounds import text_fits
from bot.platforms.discord.buttons import about_in
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.people import place_of_message, threads_of, user_of
from bot.platforms.discord.sending import FAULTS, persistently, undeliverable
from bot.platforms.front_desk import About

log = logging.getLogger(__name__)


class Messages:
    """Take answers from messages, and grade them in private."""

    def __init__(self, handling: Handling) -> None:
        self._handling = handling

    async def take(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Take the message as an answer where it is meant for the coach."""
        if message.author.bot or not _is_for(message, me):
            return
        if not text_fits(message.content):
            return
        text = re.sub(rf"<@!?{me.id}>", "", message.content).strip()
        async with self._handling.counted():
            try:
                reply = await self._reply(message, text, me)
            except DeliveredBefore:
                return
            if message.guild is None:
                await self._answer(message, reply)
            else:
                await self._answer_in_private(message, reply)

    async def _reply(self, message: discord.Message, text: str, me: discord.ClientUser) -> Reply:
        """Return the grade, or a welcome to somebody who only called."""
        threads, user = self._handling.threads, user_of(message.author)
        place = place_of_message(message)
        if not text and _brings_something(message):
            return coach_words.only_words()
        if not text:
            return (await threads.outcome(lambda: threads.desk.coach.welcome(user))).reply
        about = await self._about(message, me, place)
        grade = await threads.hear(user, place, about, text, f"discord:message:{message.id}")
        if message.guild is None:  # where others read, nothing tells of it
            with suppress(*FAULTS):
                await message.channel.typing()
        return (
            await threads.graded(self._handling.unless_stopping(grade), text, user.external_id)
        ).reply

    async def _about(
        self, message: discord.Message, me: discord.ClientUser, place: Place | None
    ) -> About:
        """Return what a message replies to, else the daily question above its thread."""
        replied = _about(message, me)
        if replied != About():
            return replied
        return await self._handling.about_thread(place, *threads_of(message))

    async def _answer(self, message: discord.Message, reply: Reply) -> None:
        delivery = self._handling.delivery
        parts = delivery.message(reply)
        try:
            await persistently(lambda: message.channel.send(**parts, nonce=message.id))
        except FAULTS as error:
            log.warning("a private answer did not arrive: %s", undeliverable(error).reason)
            await self._handling.keep(message.author, About(reply.ask_id))

    async def _answer_in_private(self, message: discord.Message, reply: Reply) -> None:
        """Tell the person alone; where that fails, show a button that only they can use."""
        delivery = self._handling.delivery
        if await delivery.tell(message.author, reply):
            return
        if reply.attempt_id is None:  # nothing was graded, so there is nothing to point at
            return
        await self._handling.keep(message.author, About(reply.ask_id))
        parts = delivery.pointer(reply.attempt_id)
        try:
            await persistently(
                lambda: message.channel.send(
                    **parts,
                    nonce=message.id,
                    reference=message.to_reference(fail_if_not_exists=False),
                )
            )
        except FAULTS as error:
            log.info("no pointer to a grade could be shown: %s", undeliverable(error).reason)


def _is_for(message: discord.Message, me: discord.ClientUser) -> bool:
    """Return whether somebody speaks to the coach, and not to everybody."""
    if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
        return False
    return message.guild is None or me in message.mentions


def _brings_something(message: discord.Message) -> bool:
    """Return whether a message without words is a file, a sticker, a poll, or forwarded."""
    brought = (message.attachments, message.stickers, message.message_snapshots, message.poll)
    return any(brought)


def _about(message: discord.Message, me: discord.ClientUser) -> About:
    """Return what the coach's message is about that this one replies to."""
    reference = message.reference
    answered = reference.resolved if reference is not None else None
    if isinstance(answered, discord.Message) and answered.author.id == me.id:
        return about_in(answered)
    return About()
