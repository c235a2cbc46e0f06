"""The panel of /coach setup: what is set up in a channel, with a control for each choice.

Each choice is applied at once, and the panel shows the new state. Who may is asked in the core,
with every press.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import discord
from cachetools import LRUCache

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place, as_host
from bot.core.daily import setup_words
from bot.core.daily.errors import UnclearPlanChoice
from bot.core.daily.parsing import Typed, plan_change
from bot.core.daily.plan import Outlook
from bot.core.errors import CoachError
from bot.core.reply import Paragraph, Reply
from bot.core.words.buttons import old_button
from bot.platforms.discord import words
from bot.platforms.discord.clock_modal import (
    asks_for_privacy,
    clock_modal,
    typed_of,
)
from bot.platforms.discord.controls import (
    CHANNEL,
    CLOCK,
    PAUSE,
    PREVIEW,
    RESUME,
    WHATS,
    change_of,
    channel_rows,
    panel_rows,
)
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.people import Interaction, user_of
from bot.platforms.discord.room import Room
from bot.platforms.discord.sending import FAULTS
from bot.platforms.discord.threads import PanelOutcome
from bot.platforms.front_desk import Outcome, refused, sentence_for

DRAFTS = 200
"""What hosts typed and was refused, kept to be mended."""

Act = Callable[[PlatformUser, Place | None], object]
"""Changes what is set up; what it returns is not shown, for the panel shows the new state."""

log = logging.getLogger(__name__)


class SettingUp:
    """Show the panel, and do what its controls say."""

    def __init__(self, handling: Handling) -> None:
        self._handling = handling
        self._plans = handling.desk.services.plans
        self._bank = handling.desk.bank
        self._drafts: LRUCache[tuple[int, int], Typed] = LRUCache(DRAFTS)
        self._lock = threading.Lock()  # a draft is let go of in the thread that applies it

    async def open(
        self,
        interaction: Interaction,
        room: discord.abc.GuildChannel | None,
        act: Act | None,
        *,
        private: bool = False,
    ) -> None:
        """Answer a command with the panel of a channel, after doing what its options ask for.

        `private` tells whether they ask for private discussions, which take one permission more.
        """
        about = Room.of(interaction, room)
        await self._show(interaction, about, act, edits=False, private=private)

    async def use(
        self, interaction: Interaction, what: str, channel: int, values: Sequence[str]
    ) -> None:
        """Do what a control says."""
        if what not in WHATS:
            await self._handling.run(interaction, old_button)
            return
        chosen = int(values[0]) if what == CHANNEL and values else channel
        room = Room.numbered(interaction, chosen)
        if what == CLOCK and room is not None:
            await self._open_clock(interaction, room)
        elif what == PREVIEW and room is not None:
            user, place = user_of(interaction.user), room.place
            await self._handling.run(interaction, lambda: self._plans.preview(user, place))
        else:
            await self._show(interaction, room, self._act(what, values), edits=True)

    async def take_clock(self, interaction: Interaction, channel: int, typed: Typed) -> None:
        """Apply what was typed in the window; what is refused is kept to be mended."""
        key = (interaction.user.id, channel)
        with self._lock:
            self._drafts[key] = typed

        def act(user: PlatformUser, place: Place | None) -> None:
            self._plans.set_up(user, place, **plan_change(typed, self._bank))
            with self._lock:
                self._drafts.pop(key, None)

        room, private = Room.numbered(interaction, channel), asks_for_privacy(typed, self._bank)
        await self._show(interaction, room, act, edits=True, private=private)

    def _act(self, what: str, values: Sequence[str]) -> Act | None:
        if what == CHANNEL:
            return None
        if what == PAUSE:
            return self._plans.pause
        if what == RESUME:
            return self._plans.resume
        change = change_of(what, values, self._bank)
        return lambda user, place: self._plans.set_up(user, place, **change)

    async def _open_clock(self, interaction: Interaction, room: Room) -> None:
        """Open the window with what is set up, or with what was refused before."""
        user = user_of(interaction.user)
        with self._lock:
            typed = self._drafts.get((interaction.user.id, room.number))
        try:
            outlook = await self._handling.threads.call(
                lambda: self._plans.outlook(user, room.place)
            )
        except CoachError:
            await self._show(interaction, room, None, edits=True)
            return
        try:
            modal = clock_modal(str(room.number), typed or typed_of(outlook.plan))
            await interaction.response.send_modal(modal)
        except FAULTS as error:
            log.info("a window could not be opened: %s", error)

    async def _show(
        self,
        interaction: Interaction,
        room: Room | None,
        act: Act | None,
        *,
        edits: bool,
        private: bool = False,
    ) -> None:
        user = user_of(interaction.user)

        def look() -> Outcome:
            if room is None:
                return Outcome(words.channel_is_gone())
            return self._panel(user, room, act, private=private)

        await self._handling.perform(
            interaction, lambda: self._handling.threads.call(look), edits=edits
        )

    def _panel(self, user: PlatformUser, room: Room, act: Act | None, *, private: bool) -> Outcome:
        """Return the panel after an act; where it is refused, why comes first."""
        channel = str(room.number)
        try:
            as_host(room.place)
            if not room.fits:
                reply = words.no_room_for_questions(f"#{room.name}")
                return PanelOutcome(reply, rows=channel_rows(channel))
            lacking = room.lacking(private=private)
            if lacking:
                reply = words.permissions_missing(f"#{room.name}", lacking)
                return PanelOutcome(reply, rows=channel_rows(channel))
            why = self._why_refused(user, room.place, act)
            outlook = self._plans.outlook(user, room.place)
        except CoachError as problem:
            return refused(problem)
        changed = act is not None and not why
        reply = self._told(room, outlook, changed=changed)
        reply = replace(reply, blocks=(*why, *reply.blocks))
        return PanelOutcome(reply, rows=panel_rows(channel, outlook, self._bank))

    def _why_refused(
        self, user: PlatformUser, place: Place | None, act: Act | None
    ) -> tuple[Paragraph, ...]:
        """Do what was asked for; return why it is not done, nothing where it is."""
        try:
            if act is not None:
                act(user, place)
        except UnclearPlanChoice as problem:
            if problem.choice in words.CLOCK_FIELDS:
                return (Paragraph(words.unclear_in_window(problem.choice, problem.words)),)
            return (Paragraph(sentence_for(problem)),)
        except CoachError as problem:
            return (Paragraph(sentence_for(problem)),)
        return ()

    def _told(self, room: Room, outlook: Outlook, *, changed: bool) -> Reply:
        """Return what is set up or proposed, with a word on a role without a sound."""
        how = "" if outlook.proposed else words.AT_ONCE
        role = room.role_name(outlook.plan.ping_role)
        reply = setup_words.plan_is(outlook, self._bank, changed=changed, how=how, role=role)
        if outlook.proposed:
            reply = words.plan_proposed(reply)
        name = room.silent_role(outlook.plan.ping_role)
        silent = (Paragraph(words.role_is_silent(name), quiet=True),) if name else ()
        return replace(reply, blocks=(words.about_channel(room.name), *reply.blocks, *silent))
