"""Discord on 127.0.0.1: its HTTP interface with every fault it is known for, and its gateway.

The real discord.py talks to it over real sockets: its rate limits, its uploads, its compression
and its reconnecting are at work.
"""

import asyncio
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from aiohttp import BodyPartReader, web

from tests.platforms.discord.wire import threads
from tests.platforms.discord.wire.errors import ApiError
from tests.platforms.discord.wire.gateway import Gateway
from tests.platforms.discord.wire.interactions import Interactions
from tests.platforms.discord.wire.limits import checked
from tests.platforms.discord.wire.spec import Spec
from tests.platforms.discord.wire.world import Json, World

API = "/api/v10"
TOKEN = "a-token-of-nobody"


@dataclass
class Fault:
    """What goes wrong with the next requests of a kind.

    `kind` is 429, 429-global, 429-cloudflare, 5xx, drop (before anything happens), drop-after
    (it happened, the answer is lost), delay, or refuse; `value` is the seconds, the status, or what
    is refused with.
    """

    method: str
    path: re.Pattern[str]
    kind: str
    times: int = 1
    value: Any = None


@dataclass(frozen=True)
class Request:
    """A request as it came, and what it was answered with."""

    method: str
    path: str
    body: Any
    status: int | str


class Lost(Exception):
    """The connection breaks instead of an answer."""


class Discord:
    """The server."""

    def __init__(
        self, spec: Spec | None = None, token: str = TOKEN, heartbeat: int = 41_250
    ) -> None:
        self.world = World()
        self.gateway = Gateway(self.world, token, heartbeat)
        self.people = Interactions(self.world, self.gateway)
        self.faults: list[Fault] = []
        self.log: list[Request] = []
        self.synced = 0
        self.refuses_token = False
        self.starts_left, self.shards = 999, 1
        self.ahead = timedelta()
        self._spec = spec
        self._token = token
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_route("*", API + "/{path:.*}", self._take)
        app.on_response_prepare.append(self._date)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}{API}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"

    async def stop(self) -> None:
        """Close everything."""
        assert self._runner is not None
        await self.gateway.close(1000)
        await self._runner.cleanup()

    def fault(self, method: str, path: str, kind: str, times: int = 1, value: Any = None) -> Fault:
        """Let something go wrong."""
        fault = Fault(method, re.compile(path), kind, times, value)
        self.faults.append(fault)
        return fault

    def asked(self, method: str, path: str) -> list[Request]:
        """The requests of a kind."""
        return [each for each in self.log if each.method == method and re.search(path, each.path)]

    async def say(self, user: str, channel: str, text: str, **more: Any) -> Json:
        """Let a person write a message."""
        message = self.world.message(channel, user, {"content": text}, **more)
        await self.gateway.tell_message(message)
        return message

    async def _date(self, _request: web.Request, answer: web.StreamResponse) -> None:
        """Say what time it is on the clock here, which may be ahead of others."""
        answer.headers["Date"] = format_datetime(datetime.now(UTC) + self.ahead, usegmt=True)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        body, files = await _read(request)
        try:
            answer = await self._faulty(request, path, body, files)
        except Lost as lost:
            self.log.append(Request(request.method, path, body, str(lost)))
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        except ApiError as error:
            self.log.append(Request(request.method, path, body, error.status))
            return _json(error.body, error.status, {"Via": "1.1 google"})
        if isinstance(answer, web.StreamResponse):
            self.log.append(Request(request.method, path, body, answer.status))
            return answer
        self.log.append(Request(request.method, path, body, 204 if answer is None else 200))
        return web.Response(status=204) if answer is None else _json(answer)

    async def _faulty(self, request: web.Request, path: str, body: Any, files: Any) -> Any:
        for fault in self.faults:
            if fault.times and fault.method == request.method and fault.path.search(path):
                fault.times -= 1
                if fault.kind == "delay":
                    await asyncio.sleep(fault.value)
                elif fault.kind == "drop-after":
                    await self._checked(request, path, body, files)
                    raise Lost(fault.kind)
                else:
                    return _broken(fault)
        return await self._checked(request, path, body, files)

    async def _checked(self, request: web.Request, path: str, body: Any, files: Any) -> Any:
        is_open = "/webhooks/" in path or path.endswith("/callback")
        known = request.headers.get("Authorization") == f"Bot {self._token}"
        if not is_open and (self.refuses_token or not known):
            raise ApiError(401, 0, "401: Unauthorized")
        if self._spec is not None:
            self._spec.check(request.method, path, body)
        return await self._route(request, path, body, files)

    async def _route(self, request: web.Request, path: str, body: Any, files: Any) -> Any:
        method, world = request.method, self.world
        match path.strip("/").split("/"):
            case ["users", "@me"]:
                return world.users[world.bot]
            case ["oauth2", "applications", "@me"]:
                return _application(world)
            case ["gateway", "bot"]:
                start = {"total": 1000, "remaining": self.starts_left, "max_concurrency": 1}
                limit = {**start, "reset_after": 1}
                return {
                    "url": self.gateway.url,
                    "shards": self.shards,
                    "session_start_limit": limit,
                }
            case ["applications", _, "commands"]:
                return self._commands(method, body)
            case ["interactions", number, token, "callback"]:
                return await self.people.callback(number, token, body, files)
            case ["webhooks", _, token, *rest]:
                message = rest[1] if rest else None
                return await self.people.webhook(method, token, message, body, files)
            case ["users", "@me", "channels"]:
                return world.direct(str(body["recipient_id"]))
            case ["guilds", guild]:
                if guild not in world.guilds:
                    raise ApiError(404, 10004, "Unknown Guild")
                return world.guild_create(guild)
            case ["guilds", guild, "members", person, *roles]:
                return world.member(guild, person, method, roles)
            case ["guilds", guild, "threads", "active"]:
                return threads.listed(world, folded=False, guild_id=guild)
            case ["channels", channel, *rest]:
                return await self._channel(request, channel, rest, body or {}, files)
        raise AssertionError(f"this Discord has no {method} {path}")

    def _commands(self, method: str, body: Any) -> list[Json]:
        if method == "PUT":
            self.synced += 1
            self.people.commands = [
                {
                    "id": self.world.snowflake(),
                    "application_id": self.world.bot,
                    "version": self.world.snowflake(),
                    "type": 1,
                    "description": "",
                    **{key: value for key, value in each.items() if value is not None},
                    "default_member_permissions": _text(each.get("default_member_permissions")),
                }
                for each in body
            ]
        return self.people.commands

    async def _channel(
        self, request: web.Request, channel: str, rest: list[str], body: Json, files: Any
    ) -> Any:
        world, method = self.world, request.method
        if channel not in world.channels:
            raise ApiError(404, 10003, "Unknown Channel")
        match rest:
            case []:
                return threads.changed(world, channel, body)
            case ["typing"]:
                return None
            case ["messages"] if method == "GET":
                return _history(world, channel, request.query)
            case ["messages"]:
                return await self._send(channel, body, files)
            case ["threads"] | ["thread-members", _] | ["users", *_] | ["messages", _, "threads"]:
                return await self._thread(channel, rest, body)
            case ["messages", number]:
                message = world.messages[channel].get(number)
                if message is None:
                    raise ApiError(404, 10008, "Unknown Message")
                if method == "PATCH":
                    checked(body, files)
                    world.edit(message, body, files)
                return message
        raise AssertionError(f"this Discord has no {method} {rest}")

    async def _thread(self, channel: str, rest: list[str], body: Json) -> Any:
        world = self.world
        match rest:
            case ["thread-members", person]:
                return threads.add(world, channel, person)
            case ["threads"]:
                thread = world.thread(channel, world.snowflake(), body["name"], body["type"])
            case ["messages", number, _]:
                if number in world.channels:
                    raise ApiError(400, 160004, "A thread has already been created")
                thread = world.thread(channel, number, body["name"])
            case _:
                return threads.listed(world, folded=True, parent_id=channel)
        await self.gateway.tell("THREAD_CREATE", {**thread, "newly_created": True})
        return thread

    async def _send(self, channel: str, body: Json, files: Any) -> Json:
        world = self.world
        recipients = world.channels[channel].get("recipients") or [{"id": ""}]
        if recipients[0]["id"] in world.closed_dms:
            raise ApiError(403, 50007, "Cannot send messages to this user")
        if body.get("enforce_nonce"):
            for known in world.messages[channel].values():
                if known.get("nonce") == body["nonce"]:
                    return known
        checked(body, files)
        if not any(body.get(each) for each in ("content", "embeds", "components")) and not files:
            raise ApiError(400, 50006, "Cannot send an empty message")
        message = world.message(channel, world.bot, body, files)
        await self.gateway.tell_message(message)
        return message


def _broken(fault: Fault) -> web.Response:
    """The answer of a Discord that is in trouble."""
    if fault.kind == "drop":
        raise Lost(fault.kind)
    if fault.kind == "refuse":
        raise ApiError(*fault.value)
    if fault.kind == "5xx":
        return web.Response(status=fault.value or 500, text="upstream error")
    seconds = fault.value or 0.05
    headers = {"Retry-After": str(seconds), "Via": "1.1 google"}
    if fault.kind == "429-cloudflare":
        del headers["Via"]  # that is how discord.py tells a ban from a limit
    everywhere = fault.kind == "429-global"
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    limited = {"message": "You are being rate limited.", "retry_after": seconds}
    return _json({**limited, "global": everywhere}, 429, headers)


def _history(world: World, channel: str, query: Any) -> list[Json]:
    after = int(query.get("after", 0))
    found = [each for each in world.messages[channel].values() if int(each["id"]) > after]
    found = [each for each in found if not each["flags"] & 64]
    return sorted(found, key=lambda each: -int(each["id"]))[: int(query.get("limit", 50))]


async def _read(request: web.Request) -> tuple[Any, list[Json]]:
    """The JSON of a request, and the files that came with it."""
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return (json.loads(raw) if raw else None), []
    body, files = None, []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files.append({"filename": part.filename, "data": content})
    return body, files


def _application(world: World) -> Json:
    return {
        "id": world.bot,
        "name": "Coach",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": world.users[world.bot],
    }


def _json(answer: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON with exactly the type that discord.py compares with: nothing may follow it."""
    kind = {"Content-Type": "application/json"}
    return web.Response(
        body=json.dumps(answer).encode(), status=status, headers={**(headers or {}), **kind}
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
