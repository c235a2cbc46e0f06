"""Where the app is installed: the stores that bolt's OAuth flow asks for, over our own database.

One installation a workspace; none for all of an organisation at once. Tokens are sealed; states of
an installation under way are sealed, short-lived and used once.

slack_sdk's own stores over SQLAlchemy keep the old token when an app is installed anew and a row of
every visit of the page to install, find no workspace of an enterprise by its id alone, and write
beside our units of work, so that a token and its community could come apart.
"""

import json
import logging
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from slack_bolt.authorization.authorize import Authorize
from slack_bolt.authorization.authorize_result import AuthorizeResult
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.core.deduplication import EventDeduplicator, Taken
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.slack.clients import UNREACHABLE
from bot.platforms.slack.oauth import NotForAnOrganisation
from bot.platforms.slack.people import PLATFORM
from bot.platforms.slack.sealing import Seal, Unreadable

STATE_LASTS: Final = timedelta(minutes=10)

RENEWED_BEFORE: Final = timedelta(hours=2)
"""So long before its end a token that expires, after twelve hours, is renewed."""

log = logging.getLogger(__name__)


class Installations(InstallationStore):
    """The workspaces that installed the app."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        seal: Seal,
        rotator: TokenRotator | None = None,
    ) -> None:
        """Wire it; `rotator` renews tokens that expire, where the app has such."""
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._seal = seal
        self._rotator = rotator
        self._renewing = threading.Lock()

    @property
    def logger(self) -> logging.Logger:
        """Where bolt may write."""
        return log

    def save(self, installation: Installation) -> None:
        """Keep an installation; its community, where it had left, is back.

        Raises:
            NotForAnOrganisation: it is one for all workspaces of an organisation.
        """
        if installation.is_enterprise_install or installation.team_id is None:
            raise NotForAnOrganisation
        community = installation.team_id
        key = key_of(community)
        sealed = self._seal.close(json.dumps(installation.to_bot().to_dict(), default=str))
        name = installation.team_name or ""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            uow.installations.put(PLATFORM, key, sealed, now)
            uow.communities.register(PLATFORM, community, name, now)
            uow.commit()

    def save_bot(self, bot: Bot) -> None:
        """Keep an installation of which only the bot is known."""
        self.save(Installation(user_id="", **bot.to_dict()))

    def bot_of(self, community: str) -> Bot | None:
        """Return the bot of a community by its id."""
        return self.find_bot(enterprise_id=None, team_id=community)

    def find_bot(
        self,
        *,
        enterprise_id: str | None,  # noqa: ARG002 slack_sdk names the arguments
        team_id: str | None,
        is_enterprise_install: bool | None = False,  # noqa: ARG002
    ) -> Bot | None:
        """Return the installation of a workspace, None where there is none."""
        key = key_of(team_id)
        with self._unit_of_work().reading() as uow:
            sealed = uow.installations.get(PLATFORM, key)
        bot = self._opened(key, sealed) if sealed else None
        return self._fresh(key, bot) if bot else None

    def _fresh(self, key: str, bot: Bot) -> Bot:
        """Return the bot with a token that lasts; one that cannot be renewed is used to its end."""
        if self._rotator is None or not _ends_soon(bot, self._clock.now()):
            return bot
        with self._renewing:  # what renews a token is used once
            with self._unit_of_work() as uow:
                sealed = uow.installations.get(PLATFORM, key)
            bot = (self._opened(key, sealed) if sealed else None) or bot
            if not _ends_soon(bot, self._clock.now()):
                return bot
            try:
                renewed = self._rotator.perform_bot_token_rotation(bot=bot)
            except (SlackTokenRotationError, *UNREACHABLE) as problem:
                log.warning("the token of %s could not be renewed: %s", key, problem)
                return bot
            if renewed is not None:
                self.save_bot(renewed)
            return renewed or bot

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Return what `find_bot` does, as an installation; nobody's own token is kept."""
        bot = self.find_bot(
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=is_enterprise_install,
        )
        return Installation(user_id=user_id or "", **bot.to_dict()) if bot else None

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:  # noqa: ARG002
        """Forget the token, and note that the coach has left; what is stored goes in time."""
        community = team_id or ""
        with self._unit_of_work() as uow:
            uow.installations.delete(PLATFORM, key_of(team_id))
            known = uow.communities.find(PLATFORM, community)
            if known is not None:
                uow.communities.leave(known.id, self._clock.now())
            uow.commit()

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Do nothing: nobody's own token is kept."""

    def _opened(self, key: str, sealed: str) -> Bot | None:
        try:
            return Bot(**{"installed_at": 0.0, **json.loads(self._seal.open(sealed))})
        except Unreadable:
            log.warning("the token of %s is sealed under another key: install anew", key)
            return None


class StoredAuthorize(Authorize):
    """Let in what comes from a workspace that installed the app, without asking Slack each time."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    def __call__(
        self,
        *,
        context: Any,  # noqa: ARG002 bolt names its arguments
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: Any,
    ) -> AuthorizeResult | None:
        """Return the bot of the workspace, None where the app is not installed."""
        bot = self._installations.find_bot(enterprise_id=enterprise_id, team_id=team_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_token=bot.bot_token,
        )


class States(OAuthStateStore):
    """The states by which an installation under way is recognised when it comes back."""

    def __init__(self, seal: Seal, deliveries: EventDeduplicator, clock: Clock) -> None:
        self._seal = seal
        self._deliveries = deliveries
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        """Where bolt may write."""
        return log

    def issue(self, *_args: Any, **_kwargs: Any) -> str:
        """Return a new state."""
        return self._seal.close(f"{self._clock.now().isoformat()} {secrets.token_urlsafe(16)}")

    def consume(self, state: str) -> bool:
        """Use up a state; return whether it was ours, fresh and unused."""
        try:
            issued, _, name = self._seal.open(state or "").partition(" ")
        except Unreadable:
            return False
        if self._clock.now() - datetime.fromisoformat(issued) > STATE_LASTS:
            return False
        key = f"slack:state:{name}"
        if self._deliveries.begin(key) is not Taken.NEW:
            return False
        self._deliveries.finish(key)
        return True


def _ends_soon(bot: Bot, now: datetime) -> bool:
    ends = bot.bot_token_expires_at
    return ends is not None and ends <= (now + RENEWED_BEFORE).timestamp()


def key_of(team_id: str | None) -> str:
    """Return the key of a workspace."""
    return f"T:{team_id}"
