"""How large anything may be that Slack sends, looked at once and before anything is done with it.

Slack bounds all of it, and what is signed comes from there. So whoever sends more is not Slack's
client; nothing of it is stored, looked up or searched through.
"""

import json
import logging
from collections.abc import Iterator
from typing import Any, Final

from slack_bolt import BoltResponse

from bot.core.words.buttons import TOO_LARGE
from bot.platforms.slack.limits import PRIVATE_METADATA

Json = dict[str, Any]

ID: Final = 255
"""Characters of an action_id and a block_id, the longest ids; Slack's own have some 60."""

TEXT: Final = 40_000
"""Characters after which Slack cuts a message off."""

VALUE: Final = 3000
"""Characters of an input, which takes more than the value of a button."""

ADDRESS: Final = 2000

DEPTH: Final = 64
"""Lists in rich text in a quoted message in a delivery are nested half as deep."""

IDS: Final = frozenset(
    "action_id bot_id bot_user_id block_id bot callback_id channel channel_id channel_name"
    " channel_type command enterprise enterprise_id event_id hash id selected_channel"
    " selected_conversation selected_user subtype team team_id thread_ts trigger_id ts type"
    " user user_id user_name usergroup_id view_id".split()
)
"""What stands as a text under one of these is an id."""

MOST: Final = {"private_metadata": PRIVATE_METADATA, "response_url": ADDRESS} | dict.fromkeys(
    IDS, ID
)

ENTERED: Final = frozenset({"actions", "state", "view", "container"})
"""Below these stands what is entered in our own forms and carried by our own buttons."""

log = logging.getLogger(__name__)


def within_bounds(body: Json, next_: Any) -> BoltResponse | None:
    """Pass on what is no larger than Slack makes it; a middleware, before who it is for is asked.

    Anything else is acknowledged, for it would only come again, and whoever waits is told.
    """
    found = next(_oversize(body), None)
    if found is None:
        next_()
        return None
    log.warning("a delivery was refused: its %s is too large", found)
    if body.get("type") == "view_submission":
        return _answer({"response_action": "errors", "errors": {_field(body): TOO_LARGE}})
    if "command" in body:
        return _answer({"response_type": "ephemeral", "text": TOO_LARGE})
    return BoltResponse(status=200, body="")


def _oversize(body: Json) -> Iterator[str]:
    """Yield the names of what is too large: our own words for it, and nothing of what came."""
    left: list[tuple[Any, str, int, bool]] = [(body, "", 0, False)]
    while left:
        value, name, depth, ours = left.pop()
        if isinstance(value, str):
            most = MOST.get(name, VALUE if ours and name == "value" else TEXT)
            if len(value) > most:
                yield name if name in MOST or name == "value" else "text"
        elif depth >= DEPTH and isinstance(value, dict | list):
            yield "depth"
        elif isinstance(value, dict):
            if any(len(key) > ID for key in value):
                yield "block_id"
            left += [
                (each, key, depth + 1, ours or (depth == 0 and key in ENTERED))
                for key, each in value.items()
            ]
        elif isinstance(value, list):
            left += [(each, name, depth + 1, ours) for each in value]


def _field(body: Json) -> str:
    """Return the first field of a form, beside which Slack shows what is wrong."""
    blocks = (body.get("view") or {}).get("blocks") or ()
    inputs = (str(each.get("block_id")) for each in blocks if each.get("type") == "input")
    return next(inputs, "field")[:ID]


def _answer(said: Json) -> BoltResponse:
    headers: Json = {"content-type": ["application/json"]}
    return BoltResponse(status=200, body=json.dumps(said), headers=headers)
