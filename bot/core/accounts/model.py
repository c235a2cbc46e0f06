"""Who learns: a person, the accounts by which platforms know them, and what they chose.

Whoever enters a code proves to read what its maker reads. A code is kept as its SHA-256 only, so
that a copy of the database links nothing. 30 signs to the power of 8 are 6.6e11 codes: with
MOST_TRIES an hour, guessing one within its MINUTES_VALID is hopeless.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, TypedDict, Unpack
from zoneinfo import ZoneInfo

from bot.core.calendar.days import DAY_STARTS, local_day
from bot.core.calendar.timezones import zone_named
from bot.core.limits import Limits


@dataclass(frozen=True)
class PlatformUser:
    """An account as a platform names it; `team` is empty where ids are unique without one."""

    platform: str
    external_id: str
    team: str = ""
    display_name: str = ""


DAY_STARTS_AT: Final = Limits("day_starts", "the hour at which your day starts", 0, 12)
"""A day that started later would mostly count as the one before."""

REVIEWS_A_DAY: Final = Limits("reviews_a_day", "the number of reviews a day", 1, 200)
"""Nobody answers more in free text on one day."""


@dataclass(frozen=True)
class LearnerSettings:
    """What a learner chose.

    Attributes:
        zone: name of an IANA time zone; None until the learner chose one.
        day_starts: the hour, within DAY_STARTS_AT, at which a new day begins for streaks and
            reviews; who answers after midnight still answers today's question.
        reviews_a_day: how many due reviews a day brings at most, within REVIEWS_A_DAY.
        reminders: whether to write to the learner when something is due.
    """

    zone: str | None = None
    day_starts: int = DAY_STARTS
    reviews_a_day: int = 20
    reminders: bool = False


class SettingsChange(TypedDict, total=False):
    """Some of the settings, with what a person typed; a zone may be named by its city."""

    zone: str | None
    day_starts: int
    reviews_a_day: int
    reminders: bool


def changed(settings: LearnerSettings, **change: Unpack[SettingsChange]) -> LearnerSettings:
    """Return the settings with some of them changed.

    Raises:
        UnknownZone: the zone has no such name; carries near ones.
        OutOfRange: a number is too small or too large; carries both ends.
    """
    zone = change.get("zone")
    if zone is not None:
        change["zone"] = zone_named(zone)
    new = replace(settings, **change)
    DAY_STARTS_AT.check(new.day_starts)
    REVIEWS_A_DAY.check(new.reviews_a_day)
    return new


@dataclass(frozen=True)
class Learner:
    """A person who practises, whichever platforms they come from."""

    id: int
    display_name: str
    joined_at: datetime
    settings: LearnerSettings = LearnerSettings()


ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1, I and L, which look alike, and U, so that fewer codes read as words."""

CODE_LENGTH = 8

MINUTES_VALID = 10
"""Long enough to change to another program, too short to be found in old messages."""

MOST_TRIES = 5
"""Wrong codes that one learner may enter within TRIES_WITHIN."""

TRIES_WITHIN = timedelta(hours=1)


def new_code() -> str:
    """Draw a code from the system's source of secrets."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def spelled(code: str) -> str:
    """Return the code as people read it: in two halves."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def digest(code: str) -> str:
    """Return what is stored of a code; case, spaces and hyphens do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def expiry(made_at: datetime) -> datetime:
    """Return when a code stops being valid."""
    return made_at + timedelta(minutes=MINUTES_VALID)


def zone_chosen(settings: LearnerSettings) -> tzinfo:
    """Return the learner's zone; UTC until they chose one."""
    return ZoneInfo(settings.zone) if settings.zone else UTC


def days_of(settings: LearnerSettings) -> Callable[[datetime], date]:
    """Return what tells the learner's local day of a moment; days are UTC's until they chose."""
    zone = zone_chosen(settings)
    return lambda at: local_day(at, zone, settings.day_starts)
