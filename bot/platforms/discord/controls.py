"""The controls of the panel by which a channel is set up; each says by its id what it does. Pure.

An id is `s1:<what>:<channel>`. As with buttons, nothing of it is kept in memory.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.core.daily.parsing import PlanChange, change_to
from bot.core.daily.plan import Outlook, Plan
from bot.core.words.phrases import WEEKDAY_NAMES
from bot.platforms.discord import words
from bot.platforms.discord.buttons import RUN, Press, button
from bot.platforms.discord.limits import PLACEHOLDER, SELECT_OPTIONS
from knowledge.bank import QuestionBank

ROOMS: Final = (discord.ChannelType.text, discord.ChannelType.news)
"""Where a question can be posted with a thread below it: no voice, no forum."""

VERSION: Final = "1"
CHANNEL, DAYS, TOPICS, ROLE = "channel", "days", "topics", "role"
START, PAUSE, RESUME, CLOCK, PREVIEW = "start", "pause", "resume", "clock", "preview"

WHATS: Final = frozenset({CHANNEL, DAYS, TOPICS, ROLE, START, PAUSE, RESUME, CLOCK, PREVIEW})

CONTROL = re.compile(r"s(?P<version>\d{1,3}):(?P<what>[a-z]+):(?P<channel>\d{1,20})")

AS_A_ROLE: Final = "role:"
"""Before the id of a role among topics: choosing it takes that role's topics and difficulty."""

TEST: Final = "test-question"
"""The command behind the button of a test question; nobody can type it."""

Item = discord.ui.Item[Any]
Rows = Sequence[Sequence[Item]]


def control_id(what: str, channel: str) -> str:
    """Return the id of a control of a channel's panel."""
    return f"s{VERSION}:{what}:{channel}"


def channel_rows(channel: str) -> Rows:
    """Return what chooses another channel, and nothing else."""
    select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
        custom_id=control_id(CHANNEL, channel),
        channel_types=list(ROOMS),
        placeholder=words.CHOOSE_CHANNEL[:PLACEHOLDER],
        default_values=[_default(channel, discord.SelectDefaultValueType.channel)],
    )
    return [[select]]


def panel_rows(channel: str, outlook: Outlook, bank: QuestionBank) -> Rows:
    """Return all controls, showing what is set up, or what is proposed."""
    plan = outlook.plan
    return [
        *channel_rows(channel),
        [_days(channel, plan)],
        [_topics(channel, plan, bank)],
        [_role(channel, plan)],
        _buttons(channel, outlook),
    ]


def change_of(what: str, values: Sequence[str], bank: QuestionBank) -> PlanChange:
    """Return the change that a choice asks for; an empty one where there is none.

    Topics that were chosen before come along with a role, which takes their place.
    """
    match what:
        case "days":
            return {"weekdays": frozenset(int(day) for day in values)}
        case "topics":
            roles = [each for each in bank.tracks if f"{AS_A_ROLE}{each.id}" in values]
            gone = any(each.startswith(AS_A_ROLE) for each in values)
            return change_to(roles[0]) if roles else {} if gone else {"topics": tuple(values)}
        case "role":
            return {"ping_role": next(iter(values), "")}
    return {}


def _days(channel: str, plan: Plan) -> Item:
    chosen = plan.schedule.weekdays
    return discord.ui.Select(
        custom_id=control_id(DAYS, channel),
        placeholder=words.CHOOSE_DAYS[:PLACEHOLDER],
        max_values=len(WEEKDAY_NAMES),
        options=[
            discord.SelectOption(label=name, value=str(day), default=day in chosen)
            for day, name in enumerate(WEEKDAY_NAMES)
        ],
    )


def _topics(channel: str, plan: Plan, bank: QuestionBank) -> Item:
    """Return the choice of topics, roles first: one of them stands for all of its topics."""
    roles = [
        discord.SelectOption(
            label=each.title,
            value=f"{AS_A_ROLE}{each.id}",
            description=words.role_takes(each.easiest, each.hardest),
        )
        for each in bank.tracks
    ]
    topics = [
        discord.SelectOption(label=each.title, value=each.id, default=each.id in plan.topics)
        for each in bank.topics
    ]
    offered = [*roles, *topics][:SELECT_OPTIONS]
    return discord.ui.Select(
        custom_id=control_id(TOPICS, channel),
        placeholder=words.CHOOSE_TOPICS[:PLACEHOLDER],
        min_values=0,
        max_values=len(offered),
        options=offered,
    )


def _role(channel: str, plan: Plan) -> Item:
    number, role = plan.ping_role, discord.SelectDefaultValueType.role
    return discord.ui.RoleSelect(
        custom_id=control_id(ROLE, channel),
        placeholder=words.CHOOSE_ROLE[:PLACEHOLDER],
        min_values=0,
        default_values=[_default(number, role)] if number.isdecimal() else [],
    )


def _default(number: str, kind: discord.SelectDefaultValueType) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=int(number), type=kind)


def _buttons(channel: str, outlook: Outlook) -> list[Item]:
    return [
        _turn(channel, outlook),
        _button(words.TIME_AND_ZONE, CLOCK, channel),
        button(words.TEST_QUESTION, Press(RUN, f"{TEST} {channel}")),
        _button(words.PREVIEW, PREVIEW, channel, disabled=outlook.proposed),
    ]


def _turn(channel: str, outlook: Outlook) -> Item:
    """Return what begins the daily question, or stops it, or goes on with it."""
    primary = discord.ButtonStyle.primary
    if outlook.proposed:
        return _button(words.START, START, channel, primary)
    if outlook.plan.schedule.paused:
        return _button(words.RESUME, RESUME, channel, primary)
    return _button(words.PAUSE, PAUSE, channel)


def _button(
    label: str,
    what: str,
    channel: str,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    *,
    disabled: bool = False,
) -> Item:
    return discord.ui.Button(
        label=label, custom_id=control_id(what, channel), style=style, disabled=disabled
    )
