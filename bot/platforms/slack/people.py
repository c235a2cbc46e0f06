"""Who acts and where, in the words of the core: an account, and the place with their standing.

Whether somebody manages the workspace is asked of Slack, and believed for some minutes.
"""

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from cachetools import TTLCache
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place, Role
from bot.core.safe_text import one_line

PLATFORM: Final = "slack"

BELIEVED_SECONDS: Final = 300
"""So long a profile is believed: who is made an administrator waits for five minutes at most."""

MOST_PROFILES: Final = 10_000

NAME: Final = 80
"""Characters of a name that Slack itself shows."""


@dataclass(frozen=True)
class Profile:
    """What Slack says of somebody.

    `host` is an administrator or owner of the workspace, or a manager by the settings.
    """

    name: str = ""
    zone: str | None = None
    host: bool = False
    role: Role | None = None


@dataclass(frozen=True)
class Person:
    """Somebody at some place."""

    user: PlatformUser
    place: Place
    profile: Profile


class People:
    """Look people up, and remember them for a while."""

    def __init__(
        self, hosts: Collection[str] = (), now: Callable[[], float] = time.monotonic
    ) -> None:
        """Wire it; `hosts` are ids of users, or TEAM/USER, whom the operator made hosts."""
        self._hosts = frozenset(hosts)
        self._known: TTLCache[tuple[str, str], Profile] = TTLCache(
            MOST_PROFILES, BELIEVED_SECONDS, now
        )
        self._lock = threading.Lock()

    def profile(self, client: WebClient, team: str, user_id: str) -> Profile:
        """Return what Slack says; nothing, for now, where it does not answer."""
        key = (team, user_id)
        with self._lock:
            known = self._known.get(key)
        if known is not None:
            return known
        try:
            found = client.users_info(user=user_id, include_locale=False)["user"]
        except (SlackClientError, OSError, KeyError):
            return Profile()
        named = bool(self._hosts & {user_id, f"{team}/{user_id}"})
        profile = _profile(found, named=named)
        with self._lock:
            self._known[key] = profile
        return profile

    def forget(self, team: str, user_id: str) -> None:
        """Ask again next time."""
        with self._lock:
            self._known.pop((team, user_id), None)

    def person(
        self, client: WebClient, team: str, user_id: str, channel: str = "", channel_name: str = ""
    ) -> Person:
        """Return somebody in a channel, which is empty in a direct message or outside of any."""
        profile = self.profile(client, team, user_id)
        private = not channel or channel.startswith("D")
        place = Place(
            community=team,
            channel="" if private else channel,
            channel_name="" if private else channel_name,
            role=profile.role,
            host=profile.host,
        )
        return Person(account(team, user_id, profile.name), place, profile)


def account(team: str, user_id: str, name: str = "") -> PlatformUser:
    """Return the account of a user, whose id is unique only with its team."""
    return PlatformUser(PLATFORM, user_id, team, name)


def _profile(user: dict[str, Any], *, named: bool) -> Profile:
    details = user.get("profile") or {}
    name = details.get("display_name") or user.get("real_name") or user.get("name") or ""
    flags = ("is_admin", "is_owner", "is_primary_owner")
    manages = named or any(user.get(flag) for flag in flags)
    role = Role.BOT if user.get("is_bot") else Role.STAFF if manages else Role.MEMBER
    return Profile(one_line(name, NAME), user.get("tz") or None, bool(manages), role)
