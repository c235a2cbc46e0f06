"""What happens when a workspace removes the app: the token goes at once, the rest in time."""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext

from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.slack.incoming import team_of
from bot.platforms.slack.installations import Installations
from bot.platforms.slack.people import PLATFORM

log = logging.getLogger(__name__)


class Leaving:
    """Note that a workspace removed the app, or took back its token."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        installations: Installations | None,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._installations = installations

    def listen(self, app: App) -> None:
        """Register for both events."""
        app.event("app_uninstalled")(self.uninstalled)
        app.event("tokens_revoked")(self.revoked)

    def uninstalled(self, context: BoltContext) -> None:
        """Forget the token; the community is gone, and what belongs to it goes with its time."""
        team = team_of(context)
        log.info("the app was removed from %s", team)
        if self._installations is not None:
            self._installations.delete_bot(
                enterprise_id=context.enterprise_id, team_id=context.team_id
            )
            return
        with self._unit_of_work() as uow:
            known = uow.communities.find(PLATFORM, team)
            if known is not None:
                uow.communities.leave(known.id, self._clock.now())
                uow.commit()

    def revoked(self, event: dict[str, Any], context: BoltContext) -> None:
        """Do the same where the token of the app itself was taken back."""
        if event.get("tokens", {}).get("bot"):
            self.uninstalled(context)
