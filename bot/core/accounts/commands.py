"""What people type behind /settings and /link, and how it is read."""

import re
from typing import Final, Literal

from bot.core.accounts import words as accounts_words
from bot.core.accounts.errors import UnclearValue, unknown_setting
from bot.core.accounts.model import (
    LATEST_DAY_START,
    MOST_REVIEWS_A_DAY,
    SettingsChange,
)
from bot.core.accounts.service import Accounts
from bot.core.calendar.timezones import offered_zones
from bot.core.commands import Command, Group, Kind, Parameter, Request, Syntax, Value, Values
from bot.core.reply import Reply

Setting = Literal["zone", "day_starts", "reviews_a_day", "reminders"]

NAMES: Final[dict[Setting, tuple[str, ...]]] = {
    "zone": ("time zone", "timezone", "zone", "tz", "city"),
    "day_starts": ("my day starts", "day starts", "day start", "daystarts", "daystart", "day"),
    "reviews_a_day": ("reviews a day", "reviews per day", "daily reviews", "reviews", "review"),
    "reminders": ("reminders", "reminder", "remind me", "remind"),
}
"""How people name a setting; the longer name is looked for first."""

LONGEST_TYPED = 200
"""Characters that are read; no change of a setting needs half of them."""

_ON = frozenset({"on", "yes", "y", "true", "1", "please", "enable", "enabled"})
_OFF = frozenset({"off", "no", "n", "false", "0", "never", "disable", "disabled"})
NO_ZONE: Final = "none"
_NO_ZONE = frozenset({NO_ZONE, "off", "default", "unset", "-"})

_NUMBER = re.compile(
    r"(?:at |to )?([+-]?[0-9]{1,9})(?::00)?(?:\s*(?:a\.?m\.?|h|hours?|o.clock|a day|per day))?"
)


def parse_change(typed: str) -> SettingsChange:
    """Return the change that the words ask for; zones and ranges are checked where it is stored.

    Case, hyphens, underscores, `=` and `:` behind the name do not matter.

    Raises:
        UsageError: no setting has such a name.
        UnclearValue: the setting is known, but its value cannot be read.
    """
    words = " ".join(typed[:LONGEST_TYPED].split())
    for setting, names in NAMES.items():
        for name in names:
            found = re.fullmatch(rf"{_loosely(name)}(?:[\s:=]+(.*))?", words, re.IGNORECASE)
            if found:
                return _change(setting, (found.group(1) or "").strip())
    raise unknown_setting(words)


def read_setting(typed: str) -> Values:
    """Return the setting that was typed, with its value.

    Raises:
        UsageError: no setting has such a name.
        UnclearValue: the setting is known, but its value cannot be read.
    """
    change = parse_change(typed) if typed.strip() else {}
    values: dict[str, Value] = {}
    if "zone" in change:
        values["zone"] = change["zone"] or NO_ZONE
    if "day_starts" in change:
        values["day-starts"] = change["day_starts"]
    if "reviews_a_day" in change:
        values["reviews"] = change["reviews_a_day"]
    if "reminders" in change:
        values["reminders"] = change["reminders"]
    return values


def _change_in(request: Request) -> SettingsChange:
    """Return the change that a request asks for."""
    change: SettingsChange = {}
    if zone := request.text("zone").strip():
        change["zone"] = None if zone.casefold() in _NO_ZONE else zone
    if (day_starts := request.number("day-starts")) is not None:
        change["day_starts"] = day_starts
    if (reviews := request.number("reviews")) is not None:
        change["reviews_a_day"] = reviews
    if (reminders := request.switch("reminders")) is not None:
        change["reminders"] = reminders
    return change


def _loosely(name: str) -> str:
    return r"[\s_-]+".join(map(re.escape, name.split()))


def _change(setting: Setting, value: str) -> SettingsChange:
    plain = value.casefold().removeprefix("to ").rstrip(".")
    match setting:
        case "zone" if plain in _NO_ZONE:
            return {"zone": None}
        case "zone" if plain:
            return {"zone": value}
        case "day_starts" if number := _NUMBER.fullmatch(plain):
            return {"day_starts": int(number.group(1))}
        case "reviews_a_day" if number := _NUMBER.fullmatch(plain):
            return {"reviews_a_day": int(number.group(1))}
        case "reminders" if plain in _ON | _OFF:
            return {"reminders": plain in _ON}
    raise UnclearValue(setting, value)


PARAMETERS: Final = (
    Parameter("zone", "The city whose time is yours, such as Madrid", complete=offered_zones),
    Parameter(
        "day-starts",
        "The hour at which a new day begins for you",
        Kind.INTEGER,
        least=0,
        most=LATEST_DAY_START,
    ),
    Parameter(
        "reviews",
        "How many reviews a day brings at most",
        Kind.INTEGER,
        most=MOST_REVIEWS_A_DAY,
    ),
    Parameter("reminders", "Whether I may write to you when something is due", Kind.SWITCH),
)


def account_commands(accounts: Accounts) -> tuple[Command, ...]:
    """Return the entries for the command table, over the use cases of accounts."""

    def settings(request: Request) -> Reply:
        """Show the settings, or change some of them and show all.

        Raises:
            SettingRejected: a value does not fit; nothing was changed.
        """
        change = _change_in(request)
        if not change:
            return accounts_words.settings(accounts.settings(request.user))
        changed = accounts.change_settings(request.user, **change)
        return accounts_words.settings(changed, saved=True)

    def link(request: Request) -> Reply:
        """Give a code, or use the one that was given to another account.

        Raises:
            LinkFailed: the code does not fit; both accounts are as before.
        """
        user, code = request.user, request.text("code").strip()
        return accounts.link(user, code) if code else accounts.link_code(user)

    return (
        Command(
            "settings",
            "see or change your time zone, your day, your reviews, your reminders",
            settings,
            PARAMETERS,
            Group.ACCOUNT,
            syntax=Syntax(
                "[zone CITY | day-starts HOUR | reviews NUMBER | reminders on]", read_setting
            ),
        ),
        Command(
            "link",
            "join the record of your other account",
            link,
            (Parameter("code", "The code that you were given", usage="CODE"),),
            Group.ACCOUNT,
        ),
    )
