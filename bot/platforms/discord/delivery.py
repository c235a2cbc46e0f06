"""Bring a reply to the person: as the answer to what they did, or as a private message."""

import io
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import discord
from cachetools import LRUCache

from bot.core.reply import Attachment, Reply
from bot.core.words import buttons as words
from bot.platforms.discord import words as discord_words
from bot.platforms.discord.buttons import RUN, SET_UP, Press, button, rows_of, view_of
from bot.platforms.discord.controls import Rows
from bot.platforms.discord.limits import ALT_TEXT
from bot.platforms.discord.people import Anybody, Interaction
from bot.platforms.discord.render import Page, embed_of, pages
from bot.platforms.discord.sending import FAULTS, persistently, undeliverable

LONG_MESSAGES = 500
"""Messages of several pages that can be turned over; some kilobytes each."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Book:
    """A long message: its pages and what can be done below each."""

    reply: Reply
    pages: tuple[Page, ...]


@dataclass
class Delivery:
    """Sends replies, and says whether they arrived.

    `commands` holds the id that Discord gave each command, by its name.
    """

    commands: Mapping[str, int] = field(default_factory=dict)
    _books: LRUCache[str, Book] = field(default_factory=lambda: LRUCache(LONG_MESSAGES))

    def message(self, reply: Reply, *, draft: bool = False, page: int = 0) -> dict[str, Any]:
        """Return what a message of the reply consists of, at a page: embeds, buttons, files."""
        reply = words.brief(reply)
        every = pages(reply, self.commands)
        key = ""
        if len(every) > 1:
            key = secrets.token_urlsafe(9)  # nobody guesses it
            self._books[key] = Book(replace(reply, files=()), every)
        parts = _parts(reply, key, every, min(page, len(every) - 1), draft=draft)
        attached = [_file(file) for file in reply.files]
        names = (file.plain_name for file in reply.files)
        picture = next((name for name in names if name.endswith(".png")), None)
        if picture is not None:
            parts["embeds"][0].set_image(url=f"attachment://{picture}")
        return {**parts, "files": attached}

    def page(self, key: str, number: int) -> dict[str, Any] | None:
        """Return what turning over to a page of a long message makes of it, None if it is gone."""
        book = self._books.get(key)
        if book is None or not 0 <= number < len(book.pages):
            return None
        return _parts(book.reply, key, book.pages, number)

    async def answer(
        self,
        interaction: Interaction,
        reply: Reply,
        *,
        draft: bool = False,
        rows: Rows = (),
        page: int = 0,
    ) -> bool:
        """Answer an acknowledged interaction; return whether that was possible.

        Its token is good for fifteen minutes; the rest of the time goes another way. Rows of
        controls take the place of the reply's buttons.
        """
        if interaction.is_expired():
            return False
        try:
            await persistently(lambda: self._fill(interaction, reply, rows, page, draft=draft))
        except FAULTS as error:
            log.warning("an interaction could not be answered: %s", undeliverable(error).reason)
            return False
        return True

    async def add(self, interaction: Interaction, reply: Reply) -> bool:
        """Send one more message for the person's eyes behind the answer."""
        message = self.message(reply)
        if message["view"] is None:
            del message["view"]
        try:
            await interaction.followup.send(**message, ephemeral=True)
        except FAULTS as error:
            log.info("a message could not be added: %s", undeliverable(error).reason)
            return False
        return True

    async def tell(self, person: Anybody, reply: Reply) -> bool:
        """Send a private message; return whether the person could be reached."""
        nonce = discord.utils.time_snowflake(discord.utils.utcnow(), high=True)
        try:
            channel = await persistently(person.create_dm)
            await persistently(lambda: channel.send(**self.message(reply), nonce=nonce))
        except FAULTS as error:
            log.info("a private message did not arrive: %s", undeliverable(error).reason)
            return False
        return True

    async def greet(self, guild: discord.Guild) -> None:
        """Post a welcome where newcomers are greeted, or where else the coach may write."""
        rooms = [guild.system_channel, *guild.text_channels]
        for room in rooms:
            may = room.permissions_for(guild.me) if room is not None else None
            if room is None or may is None or not (may.view_channel and may.send_messages):
                continue
            message = self.message(discord_words.server_welcome())
            set_up = button(discord_words.SET_UP, Press(SET_UP), discord.ButtonStyle.primary)
            message["view"] = view_of([[set_up]])
            try:
                await room.send(**message)
            except FAULTS as error:
                log.info("a server could not be greeted: %s", undeliverable(error).reason)
            return

    def pointer(self, attempt_id: int) -> dict[str, Any]:
        """Return a public message with a button by which its author alone opens a grade."""
        message = self.message(words.graded_in_private())
        press = Press(RUN, f"feedback {attempt_id}")
        message["view"] = view_of([[button(words.SEE_GRADE, press)]])
        return message

    async def _fill(
        self,
        interaction: Interaction,
        reply: Reply,
        rows: Rows,
        page: int,
        *,
        draft: bool,
    ) -> None:
        message = self.message(reply, draft=draft, page=page)
        if rows:
            message["view"] = view_of(rows)
        await interaction.edit_original_response(
            embeds=message["embeds"], view=message["view"], attachments=message["files"]
        )


def _parts(
    reply: Reply, key: str, every: tuple[Page, ...], number: int, *, draft: bool = False
) -> dict[str, Any]:
    rows = rows_of(reply, key, number, len(every), draft=draft)
    return {
        "embeds": [embed_of(every[number], number + 1, len(every))],
        "view": view_of(rows),
    }


def _file(file: Attachment) -> discord.File:
    alt = file.alt[:ALT_TEXT] or None
    return discord.File(io.BytesIO(file.content), file.plain_name, description=alt)
