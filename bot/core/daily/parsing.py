"""From what a host types about the daily question to a change of its plan. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Final, Literal, TypedDict, get_args

from bot.core.daily.errors import UnclearPlanChoice, unknown_plan_choice
from bot.core.daily.plan import HARDEST, Discussion
from bot.core.daily.schedule import EVERY_DAY
from bot.core.plans.model import LEVEL_CALLED
from bot.core.questions.errors import UnknownTopic
from knowledge.bank import QuestionBank
from knowledge.tracks import Track

Choice = Literal["time", "zone", "days", "topics", "level", "open", "ping", "thread"]

NAMES: Final[dict[Choice, tuple[str, ...]]] = {
    "time": ("time", "at"),
    "zone": ("zone", "time zone", "timezone", "city"),
    "days": ("days", "weekdays", "on"),
    "topics": ("topics", "topic", "about"),
    "level": ("level", "difficulty"),
    "open": ("open", "close", "closes", "hours"),
    "ping": ("ping", "role"),
    "thread": ("thread", "discussion"),
}

_CHOICES: Final = sorted(
    ((name, choice) for choice, names in NAMES.items() for name in names),
    key=lambda named: -len(named[0]),
)
"""The longest names first: "time zone" is not about the time."""

LONGEST_TYPED = 300

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEWEST_LETTERS = 3
"""Of a weekday; fewer are typed for too much else."""

_GROUPS = {
    "every day": EVERY_DAY,
    "everyday": EVERY_DAY,
    "daily": EVERY_DAY,
    "all": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "workdays": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    "weekends": frozenset({5, 6}),
}
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(am|pm|a\.m\.|p\.m\.|h|o'clock)?")
_SETUP = re.compile(
    rf"(?:(?:at )?(?P<time>{_TIME.pattern})(?= |$) ?)?(?:in )?(?P<zone>[^0-9].*)?", re.IGNORECASE
)
"""No zone begins with a digit, so that a time which cannot be read is not taken for one."""

_LEVELS = re.compile(r"([0-9])(?:\s*(?:-|–|to)\s*([0-9]))?")
_HOURS = re.compile(r"(?:after\s+)?([0-9]{1,3})\s*(?:h|hours?)?")
_ROLES = re.compile(
    r"<@&([0-9]{1,32})>"
    r"|<!subteam\^([A-Z0-9]{1,32})(?:\|[^>]*)?>"
    r"|([0-9]{1,32}|S(?=[A-Z]*[0-9])[A-Z0-9]{1,31})"
)
"""A mention as platforms write it, or the bare id. With a name, posting would fail."""

_ON = frozenset({"on", "yes", "true", "open", "everybody"})
_OFF = frozenset({"off", "no", "none", "false", "nobody"})
_ANSWERED = frozenset({"answered", "after answering", "after answer", "after answers"})
_ALL = frozenset({"all", "any", "every", "everything"})
_LAST_HOUR, _LAST_MINUTE, _NOON = 23, 59, 12


Typed = Mapping[str, str]
"""What somebody typed, each under the name of what it is about."""


class PlanChange(TypedDict, total=False):
    """Some of what a plan says; a zone may be named by its city."""

    at: time
    zone: str
    weekdays: frozenset[int]
    topics: tuple[str, ...]
    easiest: int
    hardest: int
    open_hours: int
    ping_role: str
    discussion: Discussion


def plan_change(typed: Typed, bank: QuestionBank) -> PlanChange:
    """Return the change that was typed; what was left empty stays as it is.

    Zones and ranges are checked where it is stored.

    Raises:
        UnclearPlanChoice: a value cannot be read.
        UnknownTopic: some of the words name no topic.
    """
    change: PlanChange = {}
    for choice in get_args(Choice):
        value = " ".join(typed.get(choice, "")[:LONGEST_TYPED].split())
        found = _change(choice, value, bank) if value else {}
        if found is None:
            raise UnclearPlanChoice(choice, value)
        change.update(found)
    return change


def change_to(track: Track) -> PlanChange:
    """Return the change by which a channel asks what a role is asked."""
    return {"topics": tuple(track.topics), "easiest": track.easiest, "hardest": track.hardest}


def read_choice(typed: str) -> dict[str, str]:
    """Return the one thing that is to be changed, with what was typed for it.

    Raises:
        UsageError: nothing about the daily question has such a name.
        UnclearPlanChoice: its value is missing.
    """
    words = " ".join(typed[:LONGEST_TYPED].split())
    for name, choice in _CHOICES:
        found = re.fullmatch(rf"{name}(?:[\s:=]+(.*))?", words, re.IGNORECASE)
        if found:
            if not found.group(1):
                raise UnclearPlanChoice(choice, "")
            return {choice: found.group(1)}
    raise unknown_plan_choice(words)


def read_setup(typed: str) -> dict[str, str]:
    """Return the time and the zone in words such as "09:00 Berlin"; either may be left out.

    Raises:
        UnclearPlanChoice: it begins like a time, and is none.
    """
    words = " ".join(typed[:LONGEST_TYPED].split())
    if not words:
        return {}
    found = _SETUP.fullmatch(words)
    if not found:
        raise UnclearPlanChoice("time", words)
    return {name: value for name, value in found.groupdict().items() if value}


def time_of(words: str) -> time | None:
    """Return the time of day of words such as "9", "09:30" or "6 pm"; None where it is none."""
    found = _TIME.fullmatch(words.strip().casefold())
    if not found:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    half = (found.group(3) or "").replace(".", "")
    if half in {"am", "pm"}:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return time(hour, minute) if hour <= _LAST_HOUR and minute <= _LAST_MINUTE else None


def weekdays_of(words: str) -> frozenset[int] | None:
    """Return the weekdays of words such as "mon-fri" or "Tue, Thu"; None where they are none."""
    plain = words.strip().casefold()
    if plain in _GROUPS:
        return _GROUPS[plain]
    days: set[int] = set()
    for part in filter(None, re.split(r"\s*(?:,|;|\band\b|\s)\s*", _joined(plain))):
        ends = [_weekday(end) for end in re.split(r"-|–", part)]
        match ends:
            case [int(day)]:
                days.add(day)
            case [int(first), int(last)]:
                days |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
            case _:
                return None
    return frozenset(days) or None


def _joined(words: str) -> str:
    return re.sub(r"\s*(-|–|\bto\b)\s*", "-", words)


def _weekday(word: str) -> int | None:
    plain = word.removesuffix(".").removesuffix("s")
    if len(plain) < _FEWEST_LETTERS:
        return None
    return next((n for n, day in enumerate(_DAYS) if day.startswith(plain)), None)


def _change(choice: Choice, value: str, bank: QuestionBank) -> PlanChange | None:
    """Return the change of one thing, None where its value cannot be read."""
    if choice == "topics":
        return _topics(value, bank)
    return _READERS[choice](value)


def _at(value: str) -> PlanChange | None:
    at = time_of(value)
    return None if at is None else {"at": at}


def _days(value: str) -> PlanChange | None:
    days = weekdays_of(value)
    return None if days is None else {"weekdays": days}


def _hours(value: str) -> PlanChange | None:
    hours = _HOURS.fullmatch(value.casefold())
    return {"open_hours": int(hours.group(1))} if hours else None


def _discussion(value: str) -> PlanChange | None:
    plain = value.casefold()
    kinds = dict.fromkeys(_ON, Discussion.OPEN) | dict.fromkeys(_OFF, Discussion.NONE)
    kind = (kinds | dict.fromkeys(_ANSWERED, Discussion.ANSWERED)).get(plain)
    return None if kind is None else {"discussion": kind}


def _topics(value: str, bank: QuestionBank) -> PlanChange | None:
    if value.casefold() in _ALL:
        return {"topics": ()}
    track = bank.track_named(value)
    if track is not None and bank.topic_named(value) is None:
        return change_to(track)
    named = [each for each in re.split(r"\s*[,;]\s*", value) if each]
    if not named:
        return None
    topics = []
    for each in named:
        topic = bank.topic_named(each)
        if topic is None:
            raise UnknownTopic(each, tuple(topic.id for topic in bank.topics))
        topics.append(topic.id)
    return {"topics": tuple(dict.fromkeys(topics))}


def _levels(value: str) -> PlanChange | None:
    plain = value.casefold()
    if plain in _ALL:
        return {"easiest": 1, "hardest": HARDEST}
    if level := LEVEL_CALLED.get(plain):
        return {"easiest": level.easiest, "hardest": level.hardest}
    found = _LEVELS.fullmatch(plain)
    if not found:
        return None
    first = int(found.group(1))
    last = int(found.group(2) or first)
    return {"easiest": min(first, last), "hardest": max(first, last)}


def _role(value: str) -> PlanChange | None:
    if value.casefold() in _OFF:
        return {"ping_role": ""}
    found = _ROLES.fullmatch(value)
    return {"ping_role": next(filter(None, found.groups()))} if found else None


_READERS: Final[dict[Choice, Callable[[str], PlanChange | None]]] = {
    "time": _at,
    "zone": lambda value: {"zone": value},
    "days": _days,
    "level": _levels,
    "open": _hours,
    "ping": _role,
    "thread": _discussion,
}
