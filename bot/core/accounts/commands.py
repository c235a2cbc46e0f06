"""What people type behind /settings and /link, and how it is read."""

import re
from typing import Final, cast

from bot.core.accounts import words as accounts_words
from bot.core.accounts.errors import UnclearValue, unknown_setting
from bot.core.accounts.model import SettingsChange
from bot.core.accounts.service import Accounts
from bot.core.accounts.settings import SETTINGS, USAGE, Setting
from bot.core.commands import Command, Group, Kind, Parameter, Request, Syntax, Value, Values
from bot.core.reply import Reply
from bot.core.text_commands import OFF, ON

LONGEST_TYPED = 200
"""Characters that are read; no change of a setting needs half of them."""

_ON = ON | {"y", "1", "please", "enable", "enabled"}
_OFF = OFF | {"n", "0", "never", "disable", "disabled"}
NOT_CHOSEN: Final = "none"
_NOT_CHOSEN = frozenset({NOT_CHOSEN, "off", "default", "unset", "-"})

_NUMBER = re.compile(
    r"(?:at |to )?([+-]?[0-9]{1,9})(?::00)?(?:\s*(?:a\.?m\.?|h|hours?|o.clock|a day|per day))?"
)


def parse_change(typed: str) -> SettingsChange:
    """Return the change that the words ask for; zones and ranges are checked where it is stored.

    Raises:
        UsageError: no setting has such a name.
        UnclearValue: the setting is known, but its value cannot be read.
    """
    return _change(_typed(typed))


def read_setting(typed: str) -> Values:
    """Return the setting that was typed, with its value; nothing where nothing was typed.

    Raises:
        UsageError: no setting has such a name.
        UnclearValue: the setting is known, but its value cannot be read.
    """
    return _typed(typed) if typed.strip() else {}


def _typed(typed: str) -> Values:
    """Read a setting; case, hyphens, underscores, `=` and `:` behind its name do not matter."""
    words = " ".join(typed[:LONGEST_TYPED].split())
    for setting in SETTINGS:
        for name in setting.called:
            found = re.fullmatch(rf"{_loosely(name)}(?:[\s:=]+(.*))?", words, re.IGNORECASE)
            if found:
                return {setting.parameter.name: _value(setting, (found.group(1) or "").strip())}
    raise unknown_setting(words)


def _change(values: Values) -> SettingsChange:
    """Return the change that values of the options make; what is empty changes nothing."""
    change: dict[str, Value | None] = {}
    for each in SETTINGS:
        value = values.get(each.parameter.name, "")
        if isinstance(value, str):
            value = value.strip()
        if value != "":
            unset = isinstance(value, str) and value.casefold() in _NOT_CHOSEN
            change[each.field] = None if unset else value
    return cast("SettingsChange", change)


def _loosely(name: str) -> str:
    return r"[\s_-]+".join(map(re.escape, name.split()))


def _value(setting: Setting, typed: str) -> Value:
    """Return the value for the option of a setting.

    Raises:
        UnclearValue: it cannot be read.
    """
    plain = typed.casefold().removeprefix("to ").rstrip(".")
    match setting.parameter.kind:
        case Kind.TEXT if plain:
            return NOT_CHOSEN if plain in _NOT_CHOSEN else typed
        case Kind.INTEGER if number := _NUMBER.fullmatch(plain):
            return int(number.group(1))
        case Kind.SWITCH if plain in _ON | _OFF:
            return plain in _ON
    raise UnclearValue(setting, typed)


def account_commands(accounts: Accounts) -> tuple[Command, ...]:
    """Return the entries for the command table, over the use cases of accounts."""

    def settings(request: Request) -> Reply:
        """Show the settings, or change some of them and show all.

        Raises:
            SettingRejected: a value does not fit; nothing was changed.
        """
        change = _change(request.values)
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
            tuple(each.parameter for each in SETTINGS),
            Group.ACCOUNT,
            syntax=Syntax(USAGE, read_setting),
        ),
        Command(
            "link",
            "join the record of your other account",
            link,
            (Parameter("code", "The code that you were given", usage="CODE"),),
            Group.ACCOUNT,
        ),
    )
