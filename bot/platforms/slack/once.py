"""The middleware that lets each delivery through once, and the handler of what went wrong.

Only what is done is acknowledged when it comes again. An answer passes: whether it came before is
seen in the transaction that stores it, the only one that Slack waits for. While somebody is at it,
Slack is told to come again later: were they killed meanwhile, an acknowledgement would lose it. A
form that comes twice stays open: an empty acknowledgement would close it before its reply.
"""

import json
import logging
import secrets
from collections.abc import Callable
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from bot.core.deduplication import EventDeduplicator, Taken
from bot.core.errors import CoachError
from bot.platforms.slack.form_words import SENT_BEFORE
from bot.platforms.slack.incoming import KEY, key_of
from bot.platforms.slack.owing import owed_in

Json = dict[str, Any]

log = logging.getLogger(__name__)


class Once:
    """Let each delivery through once."""

    def __init__(
        self, deliveries: EventDeduplicator, brings_answer: Callable[[Json], bool]
    ) -> None:
        self._deliveries = deliveries
        self._brings_answer = brings_answer

    def middleware(
        self, body: dict[str, Any], context: BoltContext, next_: Callable[[], None]
    ) -> BoltResponse | None:
        """Pass on what is new. Without an answer bolt would say 404, and Slack deliver again."""
        key = key_of(body)
        if self._brings_answer(body):
            context[KEY] = key
            next_()
            return None
        taken = self._deliveries.begin(key, owed_in(body, context)) if key else Taken.NEW
        if taken is not Taken.NEW:
            if body.get("type") == "view_submission":
                return _stays_open(body["view"])
            return BoltResponse(status=200 if taken is Taken.DONE else 503, body="")
        context[KEY] = key
        next_()
        return None

    def failed(self, error: Exception, context: BoltContext) -> BoltResponse:
        """Give a delivery back whose work could not begin: Slack delivers events again.

        One that was not taken, as when the database was busy, belongs to somebody else.
        """
        log.error("a delivery failed (%s)", secrets.token_hex(3), exc_info=error)
        key = context.get(KEY)
        if key is not None:
            try:
                self._deliveries.release(key)
            except CoachError:
                log.warning("the delivery is taken again when its lease has ended")
        return BoltResponse(status=500, body="")


def _stays_open(view: Json) -> BoltResponse:
    """Answer a form that was sent before: beside its first field stands that it is there."""
    field = next(block["block_id"] for block in view["blocks"] if block["type"] == "input")
    answer = {"response_action": "errors", "errors": {field: SENT_BEFORE}}
    headers: Json = {"content-type": ["application/json"]}
    return BoltResponse(status=200, body=json.dumps(answer), headers=headers)
