"""Where the app is installed: the stores that bolt's OAuth flow asks for, over our own database.

One installation a workspace, or one for all of an enterprise. Tokens are sealed; states of an
installation under way are signed, short-lived and used once.
"""

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from slack_bolt.authorization.authorize import Authorize
from slack_bolt.authorization.authorize_result import AuthorizeResult
from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore

from bot.core.deduplication import EventDeduplicator, Taken
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.slack.people import PLATFORM
from bot.platforms.slack.sealing import Seal, Unreadable

STATE_LASTS: Final = timedelta(minutes=10)

log = logging.getLogger(__name__)


class Installations(InstallationStore):
    """The workspaces that installed the app."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock, seal: Seal) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._seal = seal

    @property
    def logger(self) -> logging.Logger:
        """Where bolt may write."""
        return log

    def save(self, installation: Installation) -> None:
        """Keep an installation; its community, where it had left, is back."""
        key = key_of(installation.enterprise_id, installation.team_id)
        sealed = self._seal.close(json.dumps(_fields(installation.to_bot())))
        community = installation.team_id or installation.enterprise_id or ""
        name = installation.team_name or installation.enterprise_name or ""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            uow.installations.put(PLATFORM, key, sealed, now)
            uow.communities.register(PLATFORM, community, name, now)
            uow.commit()

    def save_bot(self, bot: Bot) -> None:
        """Keep an installation of which only the bot is known."""
        self.save(Installation(user_id="", **_fields(bot)))

    def bot_of(self, community: str) -> Bot | None:
        """Return the bot of a community by its id, a workspace's or an enterprise's."""
        if community.startswith("E"):
            return self.find_bot(enterprise_id=community, team_id=None)
        return self.find_bot(enterprise_id=None, team_id=community)

    def find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """Return the installation of a workspace, else that of its enterprise, else None."""
        keys = [key_of(enterprise_id, team_id)] if team_id and not is_enterprise_install else []
        keys += [key_of(enterprise_id, None)] if enterprise_id else []
        for key in keys:
            with self._unit_of_work() as uow:
                sealed = uow.installations.get(PLATFORM, key)
            if sealed is not None:
                return self._opened(key, sealed)
        return None

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
        return Installation(user_id=user_id or "", **_fields(bot)) if bot else None

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the token, and note that the coach has left; what is stored goes in time."""
        community = team_id or enterprise_id or ""
        with self._unit_of_work() as uow:
            uow.installations.delete(PLATFORM, key_of(enterprise_id, team_id))
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
            return Bot(**json.loads(self._seal.open(sealed)), installed_at=0.0)
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

    def __init__(self, key: str, deliveries: EventDeduplicator, clock: Clock) -> None:
        self._key = key.encode()
        self._deliveries = deliveries
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        """Where bolt may write."""
        return log

    def issue(self, *_args: Any, **_kwargs: Any) -> str:
        """Return a new state."""
        body = f"{int(self._clock.now().timestamp())}.{secrets.token_urlsafe(16)}"
        return f"{body}.{self._sign(body)}"

    def consume(self, state: str) -> bool:
        """Use up a state; return whether it was ours, fresh and unused."""
        body, _, signature = (state or "").rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(body).encode()):
            return False
        age = self._clock.now().timestamp() - int(body.partition(".")[0])
        if not 0 <= age <= STATE_LASTS.total_seconds():
            return False
        key = f"slack:state:{hashlib.sha256(state.encode()).hexdigest()}"
        if self._deliveries.begin(key) is not Taken.NEW:
            return False
        self._deliveries.finish(key)
        return True

    def _sign(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()


def key_of(enterprise_id: str | None, team_id: str | None) -> str:
    """Return the key of a workspace, or of an enterprise as a whole."""
    return f"T:{team_id}" if team_id else f"E:{enterprise_id}"


def _fields(bot: Bot) -> dict[str, Any]:
    names = (
        "app_id",
        "enterprise_id",
        "enterprise_name",
        "team_id",
        "team_name",
        "bot_token",
        "bot_id",
        "bot_user_id",
        "bot_scopes",
        "is_enterprise_install",
    )
    return {name: getattr(bot, name) for name in names}
