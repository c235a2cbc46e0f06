"""Bring a reply to the person: as the answer to what they did, else privately, else next time."""

import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.core.reply import Paragraph, Reply
from bot.core.wording import buttons as words
from bot.platforms.discord.buttons import OWED, Press, button, rows_of, view_of
from bot.platforms.discord.limits import ALT_TEXT
from bot.platforms.discord.people import Anybody, Interaction
from bot.platforms.discord.render import Page, embed_of, pages
from bot.platforms.discord.sending import FAULTS, persistently
from bot.platforms.discord.shelf import Shelf, fresh_key
from bot.platforms.tray import Laid

LONG_MESSAGES = 500
"""Messages of several pages that can be turned over; some kilobytes each."""

OWED_PEOPLE = 2000
MOST_OWED = 5
"""Replies kept for somebody who takes no private messages: the newest few."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Book:
    """A long message: its pages and what can be done below each."""

    reply: Reply
    pages: tuple[Page, ...]


@dataclass
class Delivery:
    """Sends replies; keeps what could not be sent until the person shows up again.

    `commands` holds the id that Discord gave each command, by its name.
    """

    commands: Mapping[str, int] = field(default_factory=dict)
    _books: Shelf[str, Book] = field(default_factory=lambda: Shelf(LONG_MESSAGES))
    _owed: Shelf[int, tuple[Reply, ...]] = field(default_factory=lambda: Shelf(OWED_PEOPLE))

    def message(
        self, reply: Reply, files: Sequence[Laid] = (), *, draft: bool = False
    ) -> dict[str, Any]:
        """Return what a message of the reply consists of: embeds, buttons, files."""
        every = pages(reply, self.commands)
        key = ""
        if len(every) > 1:
            key = fresh_key()
            self._books.put(key, Book(reply, every))
        parts = _parts(reply, key, every, 0, draft=draft)
        attached = [_file(file, reply) for file in files]
        picture = next((file.name for file in files if file.name.endswith(".png")), None)
        if picture is not None:
            parts["embeds"][0].set_image(url=f"attachment://{picture}")
        return {**parts, "files": attached}

    def page(self, key: str, number: int) -> dict[str, Any]:
        """Return what turning over to a page of a long message makes of it."""
        book = self._books.get(key)
        if book is None or not 0 <= number < len(book.pages):
            return self.message(words.pages_gone())
        return _parts(book.reply, key, book.pages, number)

    async def answer(
        self,
        interaction: Interaction,
        reply: Reply,
        files: Sequence[Laid] = (),
        *,
        in_time: bool = True,
        draft: bool = False,
    ) -> None:
        """Answer an acknowledged interaction, or tell the person where its token is of no use."""
        if in_time and not interaction.is_expired():
            try:
                await persistently(lambda: self._fill(interaction, reply, files, draft))
            except FAULTS as error:
                log.warning("an interaction could not be answered: %s", error)
            else:
                await self._catch_up(interaction)
                return
        await self.tell(interaction.user, reply)

    async def tell(self, person: Anybody | discord.User, reply: Reply) -> bool:
        """Send a private message; keep it for the next time where that is not possible."""
        nonce = discord.utils.time_snowflake(discord.utils.utcnow())
        try:
            message = self.message(reply)
            channel = await persistently(person.create_dm)
            await persistently(lambda: channel.send(**message, nonce=nonce))
        except FAULTS as error:
            log.info("a private message waits for the next time: %s", error)
            self.keep(person.id, reply)
            return False
        return True

    def keep(self, person: int, reply: Reply) -> None:
        """Keep a reply until the person acts again."""
        kept = self._owed.take(person) or ()
        self._owed.put(person, (*kept, words.delivered_late(reply))[-MOST_OWED:])

    def owed(self, person: int) -> tuple[Reply, ...]:
        """Return what was kept for the person, and let go of it."""
        return self._owed.take(person) or ()

    def pointer(self) -> dict[str, Any]:
        """Return a public message with a button by which a person opens what is kept for them."""
        message = self.message(words.graded_in_private())
        message["view"] = view_of([[button(words.SEE_GRADE, Press(OWED))]])
        return message

    async def _fill(
        self,
        interaction: Interaction,
        reply: Reply,
        files: Sequence[Laid],
        draft: bool,  # noqa: FBT001
    ) -> None:
        message = self.message(reply, files, draft=draft)
        await interaction.edit_original_response(
            embeds=message["embeds"], view=message["view"], attachments=message["files"]
        )

    async def _catch_up(self, interaction: Interaction) -> None:
        """Send what is kept for the person behind the answer."""
        for reply in self.owed(interaction.user.id):
            message = self.message(reply)
            if message["view"] is None:
                del message["view"]
            try:
                await interaction.followup.send(**message, ephemeral=True)
            except FAULTS:
                self.keep(interaction.user.id, reply)


def _parts(
    reply: Reply, key: str, every: tuple[Page, ...], number: int, *, draft: bool = False
) -> dict[str, Any]:
    rows = rows_of(reply, key, number, len(every), draft=draft)
    return {
        "embeds": [embed_of(every[number], number + 1, len(every))],
        "view": view_of(rows),
    }


def _file(file: Laid, reply: Reply) -> discord.File:
    """Return an attachment; what the reply says aside stands in for a picture without words."""
    asides = [each.text for each in reply.blocks if isinstance(each, Paragraph) and each.quiet]
    alt = file.alt or next(reversed(asides), "")
    return discord.File(io.BytesIO(file.content), file.name, description=alt[:ALT_TEXT] or None)
