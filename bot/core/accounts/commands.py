"""What people type behind /settings and /link, and how it is read."""

import re
from typing import Final, Literal

from bot.core.accounts import words as accounts_words
from bot.core.accounts.errors import UnclearValue, unknown_setting
from bot.core.accounts.model import PlatformUser, SettingsChange
from bot.core.accounts.service import Accounts
from bot.core.commands import Command
from bot.core.communities.model import Place
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
_NO_ZONE = frozenset({"none", "off", "default", "unset", "-"})

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


class AccountCommands:
    """/settings and /link, over the use cases of accounts."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def commands(self) -> tuple[Command, ...]:
        """Return the entries for the command table."""
        return (
            Command(
                "settings",
                "[zone CITY | day-starts HOUR | reviews NUMBER | reminders on]",
                "see or change your time zone, your day, your reviews, your reminders",
                self.settings,
            ),
            Command("link", "[CODE]", "join the record of your other account", self.link),
        )

    def settings(self, user: PlatformUser, _place: Place | None, words: str) -> Reply:
        """Show the settings, or change one of them and show all.

        Raises:
            UsageError, SettingRejected: the words or the value do not fit; nothing was changed.
        """
        if not words.strip():
            return accounts_words.settings(self._accounts.settings(user))
        change = parse_change(words)
        return accounts_words.settings(self._accounts.change_settings(user, **change), saved=True)

    def link(self, user: PlatformUser, _place: Place | None, words: str) -> Reply:
        """Give a code, or use the one that was given to another account.

        Raises:
            LinkFailed: the code does not fit; both accounts are as before.
        """
        code = words.strip()
        return self._accounts.link(user, code) if code else self._accounts.link_code(user)
