"""/coach setup: begin the daily question of a channel, change it, and try whether it arrives."""

from dataclasses import replace
from secrets import token_hex
from typing import Any

import discord
from discord import app_commands

from bot.core.coach import Coach
from bot.core.commands import Command
from bot.core.community import Place
from bot.core.daily import Discussion
from bot.core.errors import UnclearPlanChoice
from bot.core.hosting import as_host
from bot.core.learner import PlatformUser
from bot.core.plan_words import PlanChange, parse_plan_change, time_of, weekdays_of
from bot.core.ports import Address, Messenger
from bot.core.reply import Choice, Paragraph, Reply
from bot.core.wording import discord as wording
from bot.platforms.discord.forms import choices, cities, described, options
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.invite import missing
from bot.platforms.discord.limits import AUTOCOMPLETE_CHOICES, CHOICE
from bot.platforms.discord.people import PLATFORM, Interaction, place_of, user_of

Room = discord.TextChannel


def place_at(interaction: Interaction, channel: Room | None) -> Place | None:
    """Return the place of a command that may be about another channel than where it is given."""
    place = place_of(interaction)
    if place is None or channel is None:
        return place
    return replace(place, channel=str(channel.id), channel_name=channel.name)


def lacking(
    interaction: Interaction, channel: Room | None, *, private: bool = False
) -> tuple[str, ...]:
    """Return the permissions that the coach lacks where the questions shall come."""
    if channel is None or interaction.guild is None or interaction.guild.me is None:
        return missing(interaction.app_permissions, private=private)
    return missing(channel.permissions_for(interaction.guild.me), private=private)


def setup_command(handling: Handling) -> app_commands.Command[Any, ..., Any]:
    """Return the command."""

    @app_commands.command(name="setup", description=described(wording.COACH_COMMANDS["setup"]))
    @app_commands.describe(
        **options("time", "zone", "days", "drawn_from", "ping", "thread", "channel")
    )
    @app_commands.rename(drawn_from="topics")
    @app_commands.choices(days=choices(wording.DAYS), thread=choices(wording.DISCUSSIONS))
    @app_commands.autocomplete(zone=cities, drawn_from=_topics(handling))
    async def setup(  # noqa: PLR0913, PLR0917 discord.py reads options from signatures
        interaction: Interaction,
        time: str = "",
        zone: str = "",
        days: str = "",
        drawn_from: str = "",
        ping: discord.Role | None = None,
        thread: str = "",
        channel: Room | None = None,
    ) -> None:
        user, place = user_of(interaction.user), place_at(interaction, channel)
        names = lacking(interaction, channel, private=thread == Discussion.ANSWERED)
        room = f"#{place.channel_name}" if place else ""

        def act() -> Reply:
            as_host(place)
            if names:
                return wording.permissions_missing(room, names)
            change = _change(handling, time, zone, days, drawn_from)
            if ping is not None:
                change["ping_role"] = str(ping.id)
            if thread:
                change["discussion"] = Discussion(thread)
            reply = handling.desk.plans.set_up(user, place, **change)
            return _with_test(reply, place, ping)

        await handling.run(interaction, act)

    return setup


def _change(handling: Handling, time: str, zone: str, days: str, topics: str) -> PlanChange:
    """Return what the options ask for.

    Raises:
        SettingRejected: one of them cannot be read.
        UnknownTopic: some of the words name no topic.
    """
    change: PlanChange = {}
    if time:
        at = time_of(time)
        if at is None:
            raise UnclearPlanChoice("time", time)
        change["at"] = at
    if zone:
        change["zone"] = zone
    if days:
        weekdays = weekdays_of(days)
        if weekdays is None:
            raise UnclearPlanChoice("days", days)
        change["weekdays"] = weekdays
    if topics:
        change["topics"] = parse_plan_change(f"topics {topics}", handling.desk.bank)["topics"]
    return change


def _with_test(reply: Reply, place: Place | None, ping: discord.Role | None) -> Reply:
    """Return what was set up, with a button to try it, and a word on a role without a sound."""
    blocks = reply.blocks
    if ping is not None and not ping.mentionable:
        blocks = (*blocks, Paragraph(wording.role_is_silent(ping.name), quiet=True))
    test = Choice(wording.TEST_QUESTION, f"{TEST} {place.channel if place else ''}")
    return replace(reply, blocks=blocks, choices=(*reply.choices, test))


TEST = "test-question"
"""The command behind the button of a test question; nobody can type it."""


def test_question(coach: Coach, messenger: Messenger) -> Command:
    """Return what posts a question for everybody to try."""

    def run(user: PlatformUser, place: Place | None, words: str) -> Reply:
        here = as_host(place)
        channel = words.strip() if words.strip().isdecimal() else here.channel
        to = Address(PLATFORM, here.community, channel)
        question = coach.peek(user, "", replace(here, channel=channel))
        messenger.post(to, wording.question_to_try(question), f"test-{token_hex(4)}")
        return wording.question_to_try_posted()

    return Command(TEST, "", "", run)


def _topics(handling: Handling) -> Any:
    async def offer(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        *named, last = [part.strip() for part in typed.split(",")]
        ids = [topic.id for topic in handling.desk.bank.topics if topic.id not in named]
        fitting = [each for each in ids if each.startswith(last.casefold())]
        whole = [", ".join([*named, each]) for each in fitting]
        offered = [each for each in whole if len(each) <= CHOICE][:AUTOCOMPLETE_CHOICES]
        return [app_commands.Choice(name=each, value=each) for each in offered]

    return offer
