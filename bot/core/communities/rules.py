"""The use case of hosts: what holds for their community as a whole."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from bot.core.calendar.periods import LAST_SURE_DAY
from bot.core.commands import Command, Kind, Parameter, Request, Syntax, Value, Values
from bot.core.communities import words as communities_words
from bot.core.communities.errors import unclear_rule
from bot.core.communities.model import Community, as_host
from bot.core.communities.presence import register_presence
from bot.core.errors import OnlyInCommunity
from bot.core.limits import Limits
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork

KEPT_DAYS: Final = Limits("retention_days", "the days for which texts are kept", 7, 3650)
"""Texts that go sooner than in a week could neither be appealed nor quoted at the close."""

SEASON_DAY: Final = Limits(
    "season_day", "the day of the month on which seasons begin", 1, LAST_SURE_DAY
)

_ON, _OFF = frozenset({"on", "yes"}), frozenset({"off", "no", "never", "none"})
_FOREVER = frozenset({"forever", "ever", "always", "off"})
_DAYS = re.compile(r"([0-9]{1,6})(?:\s*(?:d|days?))?")


HERE, NOWHERE = "here", "off"

PARAMETERS: Final = (
    Parameter("staff", "Whether those who manage the place stand on its leaderboards", Kind.SWITCH),
    Parameter("season", "The day on which a season began, such as 2027-01-01; off ends seasons"),
    Parameter(
        "keep", "After how many days the texts of answers go, such as 90; forever keeps them"
    ),
    Parameter(
        "hosts",
        "Where hosts hear of appeals, flags and suggestions",
        Kind.CHOICE,
        {HERE: "In this channel", NOWHERE: "Nowhere"},
    ),
)


def rule_commands(unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> tuple[Command, ...]:
    """Return the entry for the command table."""
    return (
        Command(
            "rules",
            "whether staff is ranked, when seasons begin, how long texts of answers are kept",
            partial(_run, unit_of_work, clock),
            PARAMETERS,
            hosts=True,
            syntax=Syntax(
                "[staff on|off | season DATE|off | keep DAYS|forever | hosts here|off]",
                read_rule,
            ),
        ),
    )


def _run(unit_of_work: Callable[[], UnitOfWork], clock: Clock, request: Request) -> Reply:
    """Show the rules of the community, or change some and show all.

    Raises:
        OnlyInCommunity: it was asked in private.
        HostsOnly: the person may not manage the community.
        UsageError: it is no value of the rule; nothing was changed.
        OutOfRange: texts would be kept for too short or too long, or not every month has the
            day on which a season would begin.
    """
    place = as_host(request.place)
    now = clock.now()
    with unit_of_work() as uow:
        here = register_presence(uow, request.user, place, now)
        if here.community is None:
            raise OnlyInCommunity
        community = here.community
        for rule, value in request.values.items():
            changed = _changed(community, rule, value, place.channel)
            if changed != community:
                noted = f"{rule} {_said(value)}"
                uow.audit.add(community.id, here.learner.id, "change rule", noted, now)
            community = changed
        if community != here.community:
            uow.communities.update(community)
        uow.commit()
    return communities_words.house_rules(community, saved=community != here.community)


def read_rule(typed: str) -> Values:
    """Return the rule that was typed, with its value.

    Raises:
        UsageError: it names no rule, or no value of it.
    """
    rule, _, value = " ".join(typed.casefold().split()).partition(" ")
    match rule:
        case "":
            return {}
        case "staff" if value in _ON | _OFF:
            return {"staff": value in _ON}
        case "hosts" if value in {HERE, NOWHERE}:
            return {"hosts": value}
        case "season" | "seasons" | "keep" if value:
            return {rule.removesuffix("s"): value}
    raise unclear_rule(typed)


def _changed(community: Community, rule: str, value: Value, channel: str) -> Community:
    """Return the community under a rule that was changed in a channel."""
    said = _said(value)
    match rule:
        case "staff":
            return replace(community, staff_ranked=bool(value))
        case "hosts":
            return replace(community, hosts_channel=channel if said == HERE else "")
        case "season" if said in _OFF:
            return replace(community, seasons_start=None)
        case "season":
            return replace(community, seasons_start=_date(said))
        case "keep" if said in _FOREVER:
            return replace(community, retention_days=None)
        case "keep" if days := _DAYS.fullmatch(said):
            return replace(community, retention_days=KEPT_DAYS.check(int(days.group(1))))
    raise unclear_rule(f"{rule} {said}")


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return " ".join(str(value).casefold().split())


def _date(value: str) -> date:
    try:
        first = date.fromisoformat(value)
    except ValueError as error:
        raise unclear_rule(f"season {value}") from error
    SEASON_DAY.check(first.day)
    return first
