"""Bring news to people who do not come by: each notice as a private message on its platform."""

import logging
from collections.abc import Mapping

from bot.core.errors.base import Undeliverable
from bot.core.notices import Notices
from bot.core.ports.messenger import Messenger

log = logging.getLogger(__name__)


class Postman:
    """Send what waits for people, on the platforms that this program serves."""

    def __init__(self, notices: Notices, messengers: Mapping[str, Messenger]) -> None:
        self._notices = notices
        self._messengers = messengers

    def deliver(self) -> int:
        """Send a portion of what waits, and return how many arrived.

        What does not arrive is tried again when its lease ends, or told when the person comes by.
        """
        arrived = 0
        for platform, messenger in self._messengers.items():
            for each in self._notices.undelivered(platform):
                try:
                    messenger.tell(each.community, each.user.external_id, each.message)
                except Undeliverable as problem:
                    log.info("notice %d did not arrive: %s", each.id, problem.reason)
                else:
                    self._notices.delivered(each.id)
                    arrived += 1
        return arrived
