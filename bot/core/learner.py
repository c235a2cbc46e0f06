"""Who learns: a person, and the accounts by which platforms know that person."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypedDict, Unpack

from bot.core.errors.base import OutOfRange
from bot.core.zones import zone_named


@dataclass(frozen=True)
class PlatformUser:
    """An account as a platform names it; `team` is empty where ids are unique without one."""

    platform: str
    external_id: str
    team: str = ""
    display_name: str = ""


LATEST_DAY_START: Final = 12
"""A day may start at this hour or earlier; later, most of a day would count as the one before."""

MOST_REVIEWS_A_DAY: Final = 200
"""More than anybody answers in free text on one day."""


@dataclass(frozen=True)
class LearnerSettings:
    """What a learner chose.

    Attributes:
        zone: name of an IANA time zone; None until the learner chose one.
        day_starts: the hour, 0 to LATEST_DAY_START, at which a new day begins for streaks and
            reviews; who answers after midnight still answers today's question.
        reviews_a_day: how many due reviews a day brings at most, 1 to MOST_REVIEWS_A_DAY.
        reminders: whether to write to the learner when something is due.
    """

    zone: str | None = None
    day_starts: int = 4
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
    _within("day_starts", new.day_starts, 0, LATEST_DAY_START)
    _within("reviews_a_day", new.reviews_a_day, 1, MOST_REVIEWS_A_DAY)
    return new


def _within(setting: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise OutOfRange(setting, value, least, most)


@dataclass(frozen=True)
class Learner:
    """A person who practises, whichever platforms they come from."""

    id: int
    display_name: str
    joined_at: datetime
    settings: LearnerSettings = LearnerSettings()
