"""What the emulated Slack remembers: people, channels, messages, forms, files, tokens, faults."""

import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.slack.checks import MESSAGE, faults_of_blocks, faults_of_view

Json = dict[str, Any]

BOT_USER, BOT_ID, APP_ID = "U00000BOT01", "B00000BOT01", "A00000000A1"
TEAM = "T00000000T1"
MINUTES_OF_A_RESPONSE_URL = 30
USES_OF_A_RESPONSE_URL = 5
SECONDS_OF_A_TRIGGER = 3


class Refused(Exception):
    """Slack answers a call with an error."""

    def __init__(self, error: str, **more: Any) -> None:
        self.error, self.more = error, more


@dataclass
class Fault:
    """What goes wrong with the next calls of a method, or of all where none is named.

    `kind` is ratelimited, http, drop, drop-after, error or delay; `value` its detail; `team` the
    only workspace that it concerns, where it does not concern all.
    """

    method: str
    kind: str
    times: int = 1
    value: Any = None
    hits: int = 0
    team: str = ""

    def concerns(self, method: str, team: str) -> bool:
        return self.times > 0 and self.method in {"", method} and self.team in {"", team}


@dataclass
class State:
    """Everything that Slack knows."""

    team: str = TEAM
    installer: str = "U0INSTALLER"
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, dict[str, Json]] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    home: dict[str, Json] = field(default_factory=dict)
    ephemeral: list[Json] = field(default_factory=list)
    responses: list[Json] = field(default_factory=list)
    triggers: dict[str, Json] = field(default_factory=dict)
    urls: dict[str, Json] = field(default_factory=dict)
    uploads: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    tokens: dict[str, Json] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    refreshing: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    log: list[tuple[str, Json, str]] = field(default_factory=list)
    numbers: Callable[[], int] = field(default_factory=lambda: itertools.count(1).__next__)

    def user(self, name: str, *, admin: bool = False, zone: str = "Europe/Warsaw") -> str:
        number = f"U{self.numbers():010d}"
        self.users[number] = {
            "id": number,
            "name": name,
            "real_name": name.title(),
            "team_id": self.team,
            "is_bot": False,
            "is_admin": admin,
            "tz": zone,
            "profile": {"display_name": name.title()},
        }
        return number

    def channel(self, name: str, *, member: bool = True) -> str:
        number = f"C{self.numbers():010d}"
        self.channels[number] = {"id": number, "name": name, "is_member": member}
        self.messages[number] = {}
        return number

    def dm(self, user: str) -> str:
        found = (each["id"] for each in self.channels.values() if each.get("user") == user)
        number = next(found, None)
        if number is None:
            number = f"D{self.numbers():010d}"
            self.channels[number] = {"id": number, "user": user, "is_member": True}
            self.messages[number] = {}
        return number

    def place(self, channel: str, *, post: bool = True) -> str:
        if channel in self.users:
            return self.dm(channel)
        if channel not in self.channels:
            raise Refused("channel_not_found")
        if self.channels[channel].get("is_archived"):
            raise Refused("is_archived")
        if post and not self.channels[channel]["is_member"]:
            raise Refused("not_in_channel")
        return channel

    def ts(self) -> str:
        return f"{time.time():.0f}.{self.numbers():06d}"

    def said(self, arguments: Json) -> Json:
        """The part of a message that is kept, if Slack would take it."""
        if not arguments.get("text") and not arguments.get("blocks"):
            raise Refused("no_text")
        faults = faults_of_blocks(arguments["blocks"], MESSAGE) if arguments.get("blocks") else []
        if faults:
            raise Refused("invalid_blocks", errors=faults)
        kept = ("text", "blocks", "metadata", "thread_ts")
        return {name: arguments[name] for name in kept if arguments.get(name)}

    def post(self, channel: str, arguments: Json, user: str = BOT_USER) -> Json:
        message = {"type": "message", "ts": self.ts(), "user": user, "text": ""}
        message |= self.said(arguments)
        if user == BOT_USER:
            message |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if message.get("thread_ts") and message["thread_ts"] not in self.messages[channel]:
            raise Refused("thread_not_found")
        self.messages[channel][message["ts"]] = message
        return message

    def view(self, given: Json, **more: Any) -> Json:
        faults = faults_of_view(given)
        if faults:
            raise Refused("invalid_arguments", response_metadata={"messages": faults})
        if len(json.dumps(given)) > 250_000:
            raise Refused("view_too_large")
        named = [{"block_id": f"b{self.numbers()}", **block} for block in given["blocks"]]
        head = {
            "hash": f"{time.time()}.{self.numbers()}",
            "private_metadata": "",
            "callback_id": "",
            "team_id": self.team,
            "app_id": APP_ID,
            "state": {"values": {}},
        }
        return head | given | {"blocks": named} | more

    def replace(self, view: Json, given: Json) -> None:
        """Show another view in the place of this one."""
        new = self.view(given, id=view["id"], _user=view.get("_user"))
        view.clear()
        view.update(new)

    def trigger(self, user: str, channel: str = "", view: str = "", message: str = "") -> str:
        number = f"{self.numbers()}.{self.numbers()}.trigger"
        self.triggers[number] = {"at": time.monotonic(), "used": False, "user": user, "view": view}
        context = {"channel": channel, "user": user, "message_ts": message}
        self.urls[number] = {"at": time.monotonic(), "used": 0, "context": context}
        return number

    def use(self, trigger: str) -> Json:
        found = self.triggers.get(trigger)
        if found is None:
            raise Refused("invalid_trigger_id")
        if time.monotonic() - found["at"] > SECONDS_OF_A_TRIGGER:
            raise Refused("expired_trigger_id")
        if found["used"]:
            raise Refused("exchanged_trigger_id")
        found["used"] = True
        return found
