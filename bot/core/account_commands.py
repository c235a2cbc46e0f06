"""What a person can type about their accounts and settings, on every platform."""

from bot.core.accounts import Accounts
from bot.core.commands import Command
from bot.core.community import Place
from bot.core.learner import PlatformUser
from bot.core.preferences import parse_change
from bot.core.reply import Reply
from bot.core.wording import accounts as accounts_words


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
            SettingRejected: the words or the value do not fit; nothing was changed.
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
