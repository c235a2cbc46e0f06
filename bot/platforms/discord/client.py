"""The connection to Discord: what comes in over it goes to `Handling`, and nothing else is kept."""

import asyncio
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import discord

from bot.core.words.buttons import old_button, old_window
from bot.platforms.discord.buttons import RUN, SET_UP, TEMPLATE, press_of
from bot.platforms.discord.catalogues import SHIPPED, read_catalogues
from bot.platforms.discord.clock_modal import clock_sent
from bot.platforms.discord.commands import CoachTree
from bot.platforms.discord.controls import CONTROL, TEST, VERSION
from bot.platforms.discord.filling_in import Windows
from bot.platforms.discord.form_modal import form_sent
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.messages import Messages
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.modal import submitted, written
from bot.platforms.discord.people import PLATFORM, Interaction
from bot.platforms.discord.registry import Registry
from bot.platforms.discord.sending import NETWORK
from bot.platforms.discord.setting_up import SettingUp
from bot.platforms.discord.shards import ALL, Shards
from bot.platforms.discord.terms import terms_of
from bot.platforms.discord.translator import CatalogueTranslator
from bot.platforms.discord.trial import trial_question

SERVERS_SECONDS = 0.2
"""How long the next server may take to be told before all count as known. Nothing waits for them,
so that discord.py's two seconds would only make each start longer."""

log = logging.getLogger(__name__)


def intents() -> discord.Intents:
    """Return what the coach listens to; none of it is privileged.

    Without the content of messages it still reads those in private, and those that mention it.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class CoachClient(discord.AutoShardedClient):
    """Discord's end of the coach."""

    def __init__(
        self,
        handling: Handling,
        registry: Registry,
        *,
        tells_commands: bool = True,
        shards: Shards = ALL,
        translations: Sequence[Path] = (SHIPPED,),
        **options: Any,
    ) -> None:
        """Wire the client.

        Args:
            handling: does what people ask for.
            registry: knows what Discord was told of the commands.
            tells_commands: whether Discord is told at the start where they changed.
            shards: those that are served; who has the first tells the commands, the others ask.
            translations: folders of catalogues; a later one wins.
            options: those of discord.py.
        """
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=SERVERS_SECONDS,
            **shards.options,  # type: ignore[arg-type]
            **options,
        )
        self.handling = handling
        self.messages = Messages(handling)
        self.setting_up = SettingUp(handling)
        self.windows = Windows(handling)
        self._registry = registry
        self._tells_commands = tells_commands
        self._shards = shards
        self._translations = tuple(translations)
        self.tree = CoachTree(self, handling, self.setting_up, self.windows)

    async def setup_hook(self) -> None:
        """Know the buttons of earlier runs, and tell Discord the commands where they changed.

        Raises:
            TranslationsRejected: the catalogues have faults.
        """
        self.add_dynamic_items(CoachButton, PanelControl)
        commands = self.tree.get_commands()
        catalogues = read_catalogues(self._translations, tuple(terms_of(commands)))
        await self.tree.set_translator(CatalogueTranslator(catalogues, commands))
        loop = asyncio.get_running_loop()
        messenger = DiscordMessenger(lambda: (self, loop), self.handling.delivery, self._shards)
        desk = self.handling.desk
        desk.services.plans.announcements.speaks(PLATFORM, messenger)
        self.handling.hidden[TEST] = trial_question(
            desk.coach, desk.services.plans, messenger, self._has
        )
        told = self._registry.read()
        if self._tells_commands:
            try:
                registry, first = self._registry, self._shards.first
                told = await (registry.sync if first else registry.look_up)(self.tree)
            except (discord.HTTPException, *NETWORK) as error:
                log.warning("the commands could not be told to Discord: %s", error)
        self.handling.delivery.commands = told.ids

    def _has(self, community: str, channel: str) -> bool:
        """Tell whether a server has a channel, as far as the coach can see."""
        guild = self.get_guild(int(community))
        return guild is not None and guild.get_channel(int(channel)) is not None

    async def on_ready(self) -> None:
        """Note that the coach can be seen."""
        log.info("on Discord in %d servers", len(self.guilds))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take what was written in a window of any run, and say of what is unknown that it is."""
        if interaction.type is discord.InteractionType.modal_submit:
            if not await self.handling.takes(interaction):
                return
            data: Any = interaction.data
            sent, clock, form = submitted(data), clock_sent(data), form_sent(data)
            if sent is not None:
                await self.handling.submit(interaction, *sent)
            elif clock is not None:
                await self.setting_up.take_clock(interaction, *clock)
            elif form is not None:
                await self.windows.take(interaction, *form)
            else:
                lost = written(data)
                await self.handling.run(interaction, lambda: old_window(lost))
        elif interaction.type is discord.InteractionType.component:
            data = interaction.data or {}
            known = str(data.get("custom_id", ""))
            if not (TEMPLATE.fullmatch(known) or CONTROL.fullmatch(known)):
                await self.handling.run(interaction, old_button)

    async def on_message(self, message: discord.Message) -> None:
        """Take an answer that was written as a message."""
        if self.user is not None:
            await self.messages.take(message, self.user)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that a server has removed the coach, or is gone."""
        await self.handling.threads.note(lambda gone: gone.community(PLATFORM, str(guild.id)))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note that the coach is in a server, which it may have left while it was not running."""
        await self._note_server(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server that has let the coach in, and note it where it was known before."""
        await self._note_server(guild)
        await self.handling.delivery.greet(guild)

    async def _note_server(self, guild: discord.Guild) -> None:
        await self.handling.threads.note(
            lambda gone: gone.back(PLATFORM, str(guild.id), guild.name)
        )

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Note that a channel is gone."""
        guild, number = str(channel.guild.id), str(channel.id)
        await self.handling.threads.note(lambda gone: gone.channel(PLATFORM, guild, number))

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        """Log what went wrong with an event; nobody waits for an answer to it."""
        if self.is_closed():
            log.info("the event %s came too late, at the end", event)
            return
        log.exception("the event %s failed", event)


class CoachButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
    """Any button of the coach; what it does is in its id."""

    def __init__(self, custom_id: str) -> None:
        super().__init__(discord.ui.Button(label="…", custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button with the id that matched."""
        return cls(match.string)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let pass what is no larger than Discord makes it."""
        return bool(await interaction.client.handling.takes(interaction))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says."""
        client, press = interaction.client, press_of(self.custom_id)
        if press is not None and press.what == SET_UP:
            await client.setting_up.open(interaction, None, None)
            return
        if press is not None and press.what == RUN and (meant := client.windows.meant(press.rest)):
            await client.windows.open(interaction, meant)
            return
        await client.handling.press(interaction, self.custom_id)


class PanelControl(discord.ui.DynamicItem[discord.ui.Item[Any]], template=CONTROL):
    """Any control of the panel of /coach setup; what it does is in its id."""

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        _match: re.Match[str],
        /,
    ) -> Self:
        """Return the control that was used."""
        return cls(item)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let pass what is no larger than Discord makes it."""
        return bool(await interaction.client.handling.takes(interaction))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the control says; one of another version is out of date."""
        found = CONTROL.fullmatch(self.custom_id)
        client = interaction.client
        if found is None or found["version"] != VERSION:
            await client.handling.run(interaction, old_button)
            return
        data: Any = interaction.data or {}
        values: Sequence[str] = data.get("values", ())
        await client.setting_up.use(interaction, found["what"], int(found["channel"]), values)
