"""Who acts and where, in the words of the core: an account, and the place with their standing.

Whether somebody manages the workspace is asked of Slack, and believed for some minutes.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from cachetools import LRUCache, TTLCache
from slack_sdk import WebClient

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place, Role
from bot.core.errors import HostsOnly
from bot.core.safe_text import one_line
from bot.platforms.slack.clients import UNREACHABLE
from bot.platforms.slack.errors import CouldNotAsk

PLATFORM: Final = "slack"

BELIEVED_SECONDS: Final = 300
"""So long a profile is believed: who is made an administrator waits for five minutes at most."""

MOST_PROFILES: Final = 10_000

log = logging.getLogger(__name__)

NAME: Final = 80
"""Characters of a name that Slack itself shows."""


@dataclass(frozen=True)
class Profile:
    """What Slack says of somebody.

    `host` is an administrator or owner of the workspace, or a manager by the settings; whether
    anybody is one is `known` only where Slack answered.
    """

    name: str = ""
    zone: str | None = None
    host: bool = False
    role: Role | None = None
    known: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody at some place."""

    user: PlatformUser
    place: Place
    profile: Profile


class Remembered(NamedTuple):
    """An account with the name last seen, and the role; None where it was not seen yet."""

    user: PlatformUser
    role: Role | None


@contextmanager
def sure_of(person: Person) -> Iterator[None]:
    """Say of what was refused for want of Slack's word that Slack could not be asked.

    Raises:
        CouldNotAsk: only hosts may do it, and nobody knows whether the person is one.
    """
    try:
        yield
    except HostsOnly:
        if person.profile.known:
            raise
        raise CouldNotAsk from None


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
        self._names: LRUCache[tuple[str, str], tuple[str, Role | None]] = LRUCache(MOST_PROFILES)
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
        except (*UNREACHABLE, KeyError) as problem:
            log.info("Slack did not say who somebody is: %s", problem)
            return Profile()
        named = bool(self._hosts & {user_id, f"{team}/{user_id}"})
        profile = _profile(found, team, named=named)
        with self._lock:
            self._known[key] = profile
            self._names[key] = (profile.name, profile.role)
        return profile

    def remembered(self, team: str, user_id: str, handle: str = "") -> Remembered:
        """Return somebody without asking Slack, which would keep it waiting for an answer.

        The `handle` that Slack sends along stands in for a name that was not looked up yet.
        """
        with self._lock:
            name, role = self._names.get((team, user_id), (one_line(handle, NAME), None))
        return Remembered(account(team, user_id, name), role)

    def is_new(self, team: str, user_id: str) -> bool:
        """Tell whether Slack never said who somebody is."""
        with self._lock:
            return (team, user_id) not in self._names

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


def _profile(user: dict[str, Any], team: str, *, named: bool) -> Profile:
    details = user.get("profile") or {}
    name = details.get("display_name") or user.get("real_name") or user.get("name") or ""
    flags = ("is_admin", "is_owner", "is_primary_owner")
    manages = _belongs(user, team) and (named or any(user.get(flag) for flag in flags))
    role = Role.BOT if user.get("is_bot") else Role.STAFF if manages else Role.MEMBER
    return Profile(one_line(name, NAME), user.get("tz") or None, manages, role, known=True)


def _belongs(user: dict[str, Any], team: str) -> bool:
    """Tell whether somebody is of this workspace, and not an outsider in a channel shared with it.

    An outsider may well be an administrator: of their own workspace.
    """
    whole = user.get("enterprise_user") or {}
    teams = {user.get("team_id") or team, whole.get("enterprise_id"), *(whole.get("teams") or ())}
    return team in teams and not user.get("is_stranger")
