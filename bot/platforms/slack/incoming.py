"""What Slack sent, reduced to what the coach needs: who, where, and how to answer."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.core.fair_threads import Owner
from bot.platforms.front_desk import About
from bot.platforms.slack.buttons import PREFIX, decoded
from bot.platforms.slack.forms import FIELD, Origin

Json = dict[str, Any]

KEY: Final = "coach_event"
"""Where the key of an event stands in bolt's context."""


@dataclass(frozen=True)
class Incoming:
    """Somebody did something somewhere; what is empty Slack did not say."""

    client: WebClient
    key: str | None
    team: str
    user_id: str
    channel: str = ""
    channel_name: str = ""
    thread: str = ""
    trigger_id: str = ""
    response_url: str = ""
    view_id: str = ""
    at_home: bool = False
    handle: str = ""
    at: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, context: BoltContext, body: Json) -> "Incoming":
        """Read the body of a command, a click, a form or a shortcut."""
        view = body.get("view") or {}
        origin = Origin.unpacked(view.get("private_metadata") or "")
        channel = body.get("channel") or {}
        message = body.get("message") or {}
        return cls(
            client=context.client or WebClient(),
            key=context.get(KEY),
            team=team_of(context),
            user_id=context.user_id or "",
            channel=channel.get("id") or body.get("channel_id") or origin.channel,
            channel_name=channel.get("name") or body.get("channel_name") or origin.channel_name,
            thread=message.get("thread_ts") or origin.thread,
            trigger_id=body.get("trigger_id") or "",
            response_url=body.get("response_url") or "",
            view_id=view.get("id") or "",
            at_home=view.get("type") == "home",
            handle=body.get("user_name") or (body.get("user") or {}).get("name") or "",
        )

    @classmethod
    def said(cls, context: BoltContext, event: Json) -> "Incoming":
        """Read an event that tells of something somebody said."""
        return cls(
            client=context.client or WebClient(),
            key=context.get(KEY),
            team=team_of(context),
            user_id=str(event["user"]),
            channel=str(event["channel"]),
            thread=event.get("thread_ts") or "",
        )

    @classmethod
    def unpacked(cls, packed: str, client: WebClient) -> "Incoming":
        """Read what `packed` wrote."""
        names = ("team", "user_id", "channel", "channel_name", "thread", "response_url", "view_id")
        return cls(client, None, **dict(zip(names, json.loads(packed), strict=True)))

    @property
    def owner(self) -> Owner:
        """For whom is done what is to be done."""
        return Owner(self.team, self.user_id)

    @property
    def packed(self) -> str:
        """What tells a later run where a reply is to be shown."""
        view_id = "" if self.at_home else self.view_id
        where = (self.channel, self.channel_name, self.thread, self.response_url, view_id)
        return json.dumps([self.team, self.user_id, *where])

    @property
    def in_form(self) -> bool:
        """Whether it came from a form that is open."""
        return bool(self.view_id) and not self.at_home

    def origin(self, target: About) -> Origin:
        """Return what a form opened from here has to remember."""
        return Origin(target, self.channel, self.channel_name, self.thread)


ME: Final = "me_message"
"""The subtype of what is typed behind /me."""

TYPED: Final = frozenset({None, "", "file_share", "thread_broadcast"})
"""Subtypes of messages that somebody wrote; others tell of edits, joins and the like."""


def is_said(event: Json) -> bool:
    """Tell whether somebody says something to the coach: in private, or by its name."""
    if event.get("bot_id") or not event.get("user"):
        return False
    if event.get("type") == "app_mention":
        return not event.get("edited")  # what was said first has been done
    subtypes = TYPED | {ME}
    return event.get("channel_type") == "im" and event.get("subtype") in subtypes


def team_of(context: BoltContext) -> str:
    """Return the workspace, or the enterprise where the app is installed in all of it."""
    return context.team_id or context.enterprise_id or ""


def key_of(body: Json) -> str | None:
    """Return what stays the same when Slack delivers the same thing again; None to let it pass."""
    if body.get("type") == "event_callback" and body.get("event_id"):
        return f"slack:event:{body['event_id']}"
    if body.get("type") == "view_submission":
        view = body["view"]
        values = json.dumps(view.get("state", {}).get("values", {}), sort_keys=True)
        digest = hashlib.sha256(values.encode()).hexdigest()[:16]
        return f"slack:view:{view['id']}:{view.get('hash', '')}:{digest}"
    if body.get("trigger_id"):
        return f"slack:trigger:{body['trigger_id']}"
    return None


def typed(view: Json) -> str:
    """Return what stands in the one input of a form."""
    entry = view.get("state", {}).get("values", {}).get(FIELD, {}).get(FIELD) or {}
    option = entry.get("selected_option") or {}
    return entry.get("value") or option.get("value") or ""


def target_in(message: Json) -> About | None:
    """Return what the buttons of a message of ours are about."""
    elements = (
        each for block in message.get("blocks") or [] for each in block.get("elements") or []
    )
    ours = (each for each in elements if str(each.get("action_id", "")).startswith(PREFIX))
    known = (decoded(each.get("value") or "") for each in ours)
    return next((target for target in known if target is not None), None)
