"""The use case of hosts: what holds for their community as a whole."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.calendar.periods import LAST_SURE_DAY
from bot.core.commands import Command
from bot.core.communities import words as communities_words
from bot.core.communities.errors import unclear_rule
from bot.core.communities.model import Community, Place, as_host
from bot.core.communities.presence import register_presence
from bot.core.errors import OnlyInCommunity, OutOfRange
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork

LEAST_DAYS: Final = 7
"""Texts that go sooner could neither be appealed nor quoted at the close."""

MOST_DAYS: Final = 3650

_ON, _OFF = frozenset({"on", "yes"}), frozenset({"off", "no", "never", "none"})
_FOREVER = frozenset({"forever", "ever", "always", "off"})
_DAYS = re.compile(r"([0-9]{1,6})(?:\s*(?:d|days?))?")


class HouseRules:
    """Show and change what holds for a community: staff, seasons, how long texts are kept."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "rules",
                "[staff on|off | season DATE|off | keep DAYS|forever]",
                "for hosts: whether staff is ranked, when seasons begin, how long texts are kept",
                self.run,
            ),
        )

    def run(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """Show the rules of the community, or change one and show all.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
            UsageError: the words name no rule, or no value of it; nothing was changed.
            OutOfRange: texts would be kept for too short or too long, or not every month has the
                day on which a season would begin.
        """
        as_host(place)
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, place, now)
            if here.community is None:
                raise OnlyInCommunity
            community = _changed(here.community, words)
            if community != here.community:
                uow.communities.update(community)
                rule = " ".join(words.split())
                uow.audit.add(community.id, here.learner.id, "change rule", rule, now)
            uow.commit()
        return communities_words.house_rules(community, saved=community != here.community)


def _changed(community: Community, words: str) -> Community:
    name, _, value = " ".join(words.casefold().split()).partition(" ")
    match name:
        case "":
            return community
        case "staff" if value in _ON | _OFF:
            return replace(community, staff_ranked=value in _ON)
        case "season" | "seasons" if value in _OFF:
            return replace(community, seasons_start=None)
        case "season" | "seasons":
            return replace(community, seasons_start=_date(value, words))
        case "keep" if value in _FOREVER:
            return replace(community, retention_days=None)
        case "keep" if days := _DAYS.fullmatch(value):
            return replace(community, retention_days=_within(int(days.group(1))))
    raise unclear_rule(words)


def _date(value: str, words: str) -> date:
    try:
        first = date.fromisoformat(value)
    except ValueError as error:
        raise unclear_rule(words) from error
    if first.day > LAST_SURE_DAY:
        raise OutOfRange("season_day", first.day, 1, LAST_SURE_DAY)
    return first


def _within(days: int) -> int:
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise OutOfRange("retention_days", days, LEAST_DAYS, MOST_DAYS)
    return days
