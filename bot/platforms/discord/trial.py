"""A question that hosts post to see what one looks like in their channel."""

from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex

from bot.core.coach.service import Coach
from bot.core.commands import Command, Parameter, Request
from bot.core.communities.model import as_host
from bot.core.daily.setup import DailyPlans
from bot.core.ports import Address, Messenger
from bot.core.reply import Reply
from bot.platforms.discord import words as discord_words
from bot.platforms.discord.controls import TEST
from bot.platforms.discord.people import PLATFORM

IsIn = Callable[[str, str], bool]
"""Tells whether a server, by its id, has a channel, by its id."""


def trial_question(coach: Coach, plans: DailyPlans, messenger: Messenger, is_in: IsIn) -> Command:
    """Return what posts a question for everybody to try, in a channel of the host's own server.

    It is none of those that come there next.
    """

    def run(request: Request) -> Reply:
        here, user = as_host(request.place), request.user
        words = request.text("channel").strip()
        channel = words if words.isdecimal() else here.channel
        if not is_in(here.community, channel):
            return discord_words.channel_is_gone()
        to = Address(PLATFORM, here.community, channel)
        there = replace(here, channel=channel)
        coming = {each.question.id for each in plans.outlook(user, there).coming}
        first = coach.peek(user, "", there)
        others = (each for each in coach.bank_at(user, there) if each.id not in coming)
        question = first if first.id not in coming else next(others, first)
        messenger.post(to, discord_words.question_to_try(question), f"test-{token_hex(4)}")
        return discord_words.question_to_try_posted()

    return Command(TEST, "", run, (Parameter("channel", "Where it is posted"),))
