"""The channel that something for hosts is about, which need not be where they are."""

from dataclasses import replace
from typing import Self

import discord

from bot.core.communities.model import Place
from bot.platforms.discord.controls import ROOMS
from bot.platforms.discord.invite import missing
from bot.platforms.discord.people import Interaction, place_of


class Room:
    """The channel that a panel is about, as somebody acts on it."""

    def __init__(
        self, place: Place | None, guild: discord.Guild | None, may: discord.Permissions
    ) -> None:
        self.place = place
        self._guild = guild
        self._may = may

    @classmethod
    def of(cls, interaction: Interaction, channel: discord.abc.GuildChannel | None) -> Self:
        """Return the room that is named, else where somebody acts."""
        place, guild = place_of(interaction), interaction.guild
        if channel is None or place is None:
            return cls(place, guild, interaction.app_permissions)
        place = replace(place, channel=str(channel.id), channel_name=channel.name)
        me = guild.me if guild else None
        may = channel.permissions_for(me) if me else interaction.app_permissions
        return cls(place, guild, may)

    @classmethod
    def numbered(cls, interaction: Interaction, number: int) -> Self | None:
        """Return the room with this id in the server of a press; None where it is gone."""
        channel = interaction.guild.get_channel(number) if interaction.guild else None
        return cls.of(interaction, channel) if channel is not None else None

    def lacking(self, *, private: bool = False) -> tuple[str, ...]:
        """Return the permissions that the coach lacks, for private discussions too where asked."""
        return missing(self._may, private=private)

    @property
    def fits(self) -> bool:
        """Whether questions can be posted there; of a channel that is not known, Discord tells."""
        known = self._guild.get_channel(self.number) if self._guild else None
        return known is None or known.type in ROOMS

    @property
    def number(self) -> int:
        """Discord's id of the channel; 0 in private."""
        return int(self.place.channel) if self.place else 0

    @property
    def name(self) -> str:
        """The channel's name."""
        return self.place.channel_name if self.place else ""

    def role_name(self, number: str) -> str:
        """Return the name of a role; empty where there is none, or it is gone."""
        role = self._role(number)
        return role.name if role is not None else ""

    def silent_role(self, number: str) -> str:
        """Return the name of a role that cannot be mentioned; empty where it can, or is gone."""
        role = self._role(number)
        return role.name if role is not None and not role.mentionable else ""

    def _role(self, number: str) -> discord.Role | None:
        return self._guild.get_role(int(number)) if self._guild and number.isdecimal() else None
