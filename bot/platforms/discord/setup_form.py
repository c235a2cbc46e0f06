"""The options of /coach setup, turned into a change of what is set up."""

from typing import Any

import discord
from discord import app_commands

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.daily.parsing import PlanChange, plan_change
from bot.core.daily.plan import Discussion
from bot.platforms.discord import words
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.limits import AUTOCOMPLETE_CHOICES, CHOICE
from bot.platforms.discord.options import Built, choices, cities, described, options
from bot.platforms.discord.people import Interaction
from bot.platforms.discord.setting_up import SettingUp


def setup_command(handling: Handling, setting_up: SettingUp) -> Built:
    """Return /coach setup: without options it opens the panel, with some it changes that first."""

    @app_commands.command(name="setup", description=described(words.COACH_COMMANDS["setup"]))
    @app_commands.describe(
        **options("time", "zone", "days", "drawn_from", "ping", "thread", "channel")
    )
    @app_commands.rename(drawn_from="topics")
    @app_commands.choices(days=choices(words.DAYS), thread=choices(words.DISCUSSIONS))
    @app_commands.autocomplete(zone=cities, drawn_from=_topics(handling))
    async def setup(  # noqa: PLR0913, PLR0917 discord.py reads options from signatures
        interaction: Interaction,
        time: str = "",
        zone: str = "",
        days: str = "",
        drawn_from: str = "",
        ping: discord.Role | None = None,
        thread: str = "",
        channel: discord.TextChannel | None = None,
    ) -> None:
        chosen: PlanChange = {}
        if ping is not None:
            chosen["ping_role"] = str(ping.id)
        if thread:
            chosen["discussion"] = Discussion(thread)

        typed = {"time": time, "zone": zone, "days": days, "topics": drawn_from}

        def act(user: PlatformUser, place: Place | None) -> None:
            change = plan_change(typed, handling.desk.bank)
            handling.desk.services.plans.set_up(user, place, **(change | chosen))

        asked = any((*typed.values(), chosen))
        private = thread == Discussion.ANSWERED
        await setting_up.open(interaction, channel, act if asked else None, private=private)

    return setup


def _topics(handling: Handling) -> Any:
    async def offer(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        *named, last = [part.strip() for part in typed.split(",")]
        bank = handling.desk.bank
        ids = [topic.id for topic in bank.topics if topic.id not in named]
        roles = [] if named else [track.title for track in bank.tracks]
        fitting = [e for e in (*roles, *ids) if e.casefold().startswith(last.casefold())]
        whole = [", ".join([*named, each]) for each in fitting]
        offered = [each for each in whole if len(each) <= CHOICE][:AUTOCOMPLETE_CHOICES]
        return [app_commands.Choice(name=each, value=each) for each in offered]

    return offer
