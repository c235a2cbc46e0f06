"""The emulated Slack as a server, and what people do in it; a thread of its own, plain calls.

It delivers to the app over signed HTTP or over the app's websocket, and delivers events again, as
Slack does, when they are not acknowledged.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import threading
import time
import urllib.parse
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import aiohttp
from aiohttp import WSMsgType, web

from tests.platforms.slack.checks import faults_of_message
from tests.platforms.slack.emulator.entering import entry, filled_in
from tests.platforms.slack.emulator.state import (
    APP_ID,
    BOT_USER,
    MINUTES_OF_A_RESPONSE_URL,
    USES_OF_A_RESPONSE_URL,
    Fault,
    Json,
    Refused,
    State,
)
from tests.platforms.slack.emulator.web_api import WebApi

T = TypeVar("T")

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-emulator", "xapp-1-emulator", "s3cr3t"
ACKNOWLEDGED_WITHIN = 3.0
"""What Slack asks for; whether it is kept, a test measures that has the machine to itself."""

PATIENCE = 60.0
"""How long this one waits."""
DELIVERED_AGAIN_AFTER = (0.05, 0.1, 0.2)
"""Seconds that stand for: at once, a minute, five minutes."""

RESPONSE = "response_url"
"""What a fault calls the addresses for replies, which are no method."""

DOCUMENTS = ("blocks", "view", "files", "metadata")


@dataclass
class Delivery:
    """How the app answered."""

    status: int
    body: Any
    took: float
    attempts: int = 1


class Slack(State):
    """An emulated Slack that runs while it is entered."""

    def __enter__(self) -> Self:
        self.tokens[BOT_TOKEN] = {"team": self.team}
        self.endpoint = ""
        self.balanced: list[str] = []
        self._turn = 0
        self._sockets: list[web.WebSocketResponse] = []
        self._acknowledged: dict[str, asyncio.Future[Any]] = {}
        self.connections = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(2 * PATIENCE)

    def fault(self, method: str, kind: str, times: int = 1, value: Any = None) -> Fault:
        fault = Fault(method, kind, times, value)
        self.faults.append(fault)
        return fault

    def calls(self, method: str) -> list[Json]:
        return [arguments for name, arguments, _ in self.log if name == method]

    # What people do

    def slash(self, user: str, channel: str, command: str, text: str = "") -> Delivery:
        return self.run(self.typing(user, channel, command, text))

    async def typing(self, user: str, channel: str, command: str, text: str = "") -> Delivery:
        trigger = self.trigger(user, channel)
        return await self._deliver(
            "slash_commands",
            {
                "team_id": self.team,
                "channel_id": channel,
                "channel_name": self.channels[channel].get("name", "directmessage"),
                "user_id": user,
                "user_name": self.users[user]["name"],
                "command": command,
                "text": text,
                "api_app_id": APP_ID,
                "is_enterprise_install": "false",
                "response_url": f"{self.url}/response/{trigger}",
                "trigger_id": trigger,
            },
        )

    def click(self, user: str, where: Json, action: str, *, late: bool = False) -> Delivery:
        return self.run(self.clicking(user, where, action, late=late))

    async def clicking(
        self, user: str, where: Json, action: str, *, late: bool = False
    ) -> Delivery:
        """Press a button in a message, an ephemeral one, a form or Home."""
        block, element = next(
            (block, element)
            for block in where["blocks"]
            for element in [*(block.get("elements") or []), block.get("accessory") or {}]
            if element.get("action_id") == action
        )
        channel = where.get("channel") or self._channel_of(where)
        trigger = self.trigger(user, channel, where.get("id", ""), where.get("ts", ""))
        if late:
            self.triggers[trigger]["at"] -= 60
        payload: Json = {
            "type": "block_actions",
            **self._who(user),
            "trigger_id": trigger,
            "actions": [
                {**element, "block_id": block.get("block_id", "x"), "action_ts": self.ts()}
            ],
        }
        if "callback_id" in where:
            payload |= {
                "view": _public(where),
                "container": {"type": "view", "view_id": where["id"]},
            }
        else:
            payload |= {
                "channel": {"id": channel, "name": self.channels[channel].get("name", "x")},
                "container": {"type": "message", "channel_id": channel},
                "response_url": f"{self.url}/response/{trigger}",
            }
            if where.get("ts"):
                payload["message"] = where
        return await self._deliver("interactive", payload)

    def choose(self, user: str, view: Json, action: str, value: str) -> Delivery:
        """Choose something in a form that is told of it at once, the rest as it stands there."""
        block = next(b for b in view["blocks"] if b.get("element", {}).get("action_id") == action)
        assert block["dispatch_action"]
        chosen = entry(block["element"], value)
        sent = filled_in(_public(view))
        sent["state"]["values"][block["block_id"]] = {action: chosen}
        payload = {
            "type": "block_actions",
            **self._who(user),
            "trigger_id": self.trigger(user, view=view["id"]),
            "view": sent,
            "container": {"type": "view", "view_id": view["id"]},
            "actions": [{"action_id": action, "block_id": block["block_id"], **chosen}],
        }
        return self.run(self._deliver("interactive", payload))

    def brought(self, user: str, name: str, data: bytes) -> Json:
        """A file that somebody put into a form."""
        number = f"F{self.numbers():07d}"
        self.files[number] = {"id": number, "data": data, "channel": self.dm(user)}
        address = f"{self.url}/files/{number}"
        return {"id": number, "name": name, "size": len(data), "url_private_download": address}

    def shortcut(self, user: str, callback: str, message: Json | None = None) -> Delivery:
        trigger = self.trigger(user)
        kind = "shortcut" if message is None else "message_action"
        payload = {"type": kind, **self._who(user), "callback_id": callback, "trigger_id": trigger}
        if message is not None:
            channel = self._channel_of(message)
            payload |= {
                "message": message,
                "message_ts": message["ts"],
                "channel": {"id": channel, "name": self.channels[channel]["name"]},
                "response_url": f"{self.url}/response/{trigger}",
            }
        return self.run(self._deliver("interactive", payload))

    def submit(self, user: str, view: Json, **values: Any) -> Delivery:
        return self.run(self.submitting(user, view, **values))

    async def submitting(self, user: str, view: Json, **values: Any) -> Delivery:
        entered: Json = {}
        for block in view["blocks"]:
            element = block.get("element")
            if element is None:
                continue
            value = values.get(element["action_id"], values.get(block["block_id"]))
            assert value is not None or block.get("optional"), f"{block['block_id']} is demanded"
            entered[block["block_id"]] = {element["action_id"]: entry(element, value)}
        payload = {
            "type": "view_submission",
            **self._who(user),
            "trigger_id": self.trigger(user, view=view["id"]),
            "view": _public(view) | {"state": {"values": entered}},
        }
        delivery = await self._deliver("interactive", payload)
        action = delivery.body.get("response_action") if isinstance(delivery.body, dict) else None
        if delivery.status == 200 and action is None:
            self.views.pop(view["id"], None)
        elif action == "update":
            self.replace(view, delivery.body["view"])
        return delivery

    def suggest(self, user: str, view: Json, typed: str) -> list[Json]:
        options: list[Json] = self.run(self.suggesting(user, view, typed)).body["options"]
        return options

    async def suggesting(self, user: str, view: Json, typed: str) -> Delivery:
        """Type into a select whose options the app knows."""
        block = next(
            b for b in view["blocks"] if b.get("element", {}).get("type") == "external_select"
        )
        payload = {
            "type": "block_suggestion",
            **self._who(user),
            "action_id": block["element"]["action_id"],
            "block_id": block["block_id"],
            "value": typed,
            "view": _public(view),
        }
        return await self._deliver("interactive", payload)

    def say(self, user: str, channel: str, text: str, **more: Any) -> Delivery:
        """Write a message; the app hears of it where it is addressed."""
        message = self.post(channel, {"text": text, **more}, user)
        mentioned = f"<@{BOT_USER}>" in text
        event = {
            **message,
            **more,
            "type": "app_mention" if mentioned else "message",
            "channel": channel,
            "channel_type": "im" if channel.startswith("D") else "channel",
            "event_ts": message["ts"],
        }
        return self.event(event)

    def open_home(self, user: str) -> Delivery:
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.dm(user),
            "tab": "home",
        }
        if user in self.home:
            event["view"] = self.home[user]
        return self.event(event)

    def event(self, event: Json, event_id: str = "", team: str = "", **signing: Any) -> Delivery:
        return self.run(self.sending(event, event_id, team, **signing))

    async def sending(
        self, event: Json, event_id: str = "", team: str = "", **signing: Any
    ) -> Delivery:
        return await self._deliver("events_api", self.event_of(event, event_id, team), **signing)

    async def delivered(self, kind: str, payload: Json) -> Delivery:
        """Deliver something once, and never again."""
        once = self._over_http if self.endpoint else self._over_socket
        return await once(kind, payload, 0)

    def event_of(self, event: Json, event_id: str = "", team: str = "") -> Json:
        """Return an event as Slack wraps it."""
        team = team or self.team
        return {
            "team_id": team,
            "api_app_id": APP_ID,
            "type": "event_callback",
            "event_id": event_id or f"Ev{self.numbers():08d}",
            "event_time": int(time.time()),
            "authorizations": [
                {"team_id": team, "user_id": BOT_USER, "is_bot": True, "enterprise_id": None}
            ],
            "event": event,
        }

    def cut(self) -> None:
        """Break every websocket without a word."""

        async def abort() -> None:
            for socket in self._sockets:
                if socket._req is not None and socket._req.transport is not None:
                    socket._req.transport.abort()
            self._sockets.clear()

        self.run(abort())

    # How it travels

    async def _start(self) -> None:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{id}", self._response)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/files/{id}", self._file)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.api_url = f"{self.url}/api/"
        self._methods = WebApi(self, self.url)
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def _stop(self) -> None:
        await self._http.close()
        for socket in list(self._sockets):
            await socket.close()
        await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        token = request.headers.get("Authorization", "")[7:] or arguments.pop("token", "")
        team = self.tokens.get(token, {}).get("team", "")
        fault = next((f for f in self.faults if f.concerns(method, team)), None)
        if fault is not None:
            answer = await self._broken(request, fault, method, arguments, token)
            if answer is not None:
                self.log.append((method, arguments, fault.kind))
                return answer
        try:
            answered = self._methods.call(method, arguments, token)
        except Refused as refusal:
            self.log.append((method, arguments, refusal.error))
            return web.json_response({"ok": False, "error": refusal.error, **refusal.more})
        self.log.append((method, arguments, "ok"))
        scopes = {"X-OAuth-Scopes": ",".join(self.scopes)} if self.scopes else {}
        return web.json_response({"ok": True, **answered}, headers=scopes)

    async def _broken(
        self, request: web.Request, fault: Fault, method: str, arguments: Json, token: str
    ) -> web.Response | None:
        fault.times -= 1
        fault.hits += 1
        if fault.kind == "ratelimited":
            refusal = {"ok": False, "error": "ratelimited"}
            after = {"Retry-After": str(fault.value or 1)}
            return web.json_response(refusal, status=429, headers=after)
        if fault.kind == "http":
            return web.Response(status=fault.value, text="upstream")
        if fault.kind == "error":
            told = {"needed": "groups:read,chat:write"} if fault.value == "missing_scope" else {}
            return web.json_response({"ok": False, "error": fault.value, **told})
        if fault.kind == "delay":
            await asyncio.sleep(fault.value)
            return None
        if fault.kind == "drop-after":
            self._methods.call(method, arguments, token)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _response(self, request: web.Request) -> web.Response:
        url, body = self.urls.get(request.match_info["id"]), await request.json()
        down = next((each for each in self.faults if each.concerns(RESPONSE, "")), None)
        if down is not None:
            answer = await self._broken(request, down, RESPONSE, {}, "")
            if answer is not None:
                return answer
        if url is None or time.monotonic() - url["at"] > MINUTES_OF_A_RESPONSE_URL * 60:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        url["used"] += 1
        if url["used"] > USES_OF_A_RESPONSE_URL:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        if body.get("blocks") and faults_of_message(body):
            return web.json_response({"ok": False, "error": "invalid_blocks"}, status=400)
        self.responses.append({**url["context"], **body})
        return web.json_response({"ok": True})

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.uploads[request.match_info["id"]]
        if request.content_type.startswith("multipart/"):
            part = await (await request.multipart()).next()
            file["data"] = bytes(await part.read())  # type: ignore[union-attr]
        else:
            file["data"] = await request.read()
        return web.Response(text="OK")

    async def _file(self, request: web.Request) -> web.Response:
        if request.match_info["id"] == "elsewhere":
            return web.Response(status=302, headers={"Location": f"{self.api_url}auth.test"})
        file = self.files.get(request.match_info["id"])
        token = request.headers.get("Authorization", "")[7:]
        if token not in self.tokens or "files.info" in self.tokens[token].get("without", ()):
            return web.Response(text="<html>sign in</html>", content_type="text/html")
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file["data"], content_type="text/plain")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        self.connections += 1
        await socket.send_json({"type": "hello", "connection_info": {"app_id": APP_ID}})
        async for message in socket:
            if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                answer = json.loads(message.data)
                waiting = self._acknowledged.get(answer.get("envelope_id"))
                if waiting and not waiting.done():
                    waiting.set_result(answer.get("payload"))
        with contextlib.suppress(ValueError):
            self._sockets.remove(socket)
        return socket

    async def _deliver(self, kind: str, payload: Json, **signing: Any) -> Delivery:
        once = self._over_http if self.endpoint else self._over_socket
        delays = DELIVERED_AGAIN_AFTER if kind == "events_api" else ()
        delivery = await once(kind, payload, 0, **signing)
        for attempt, delay in enumerate(delays, start=1):
            if 200 <= delivery.status < 300:
                break
            await asyncio.sleep(delay)
            delivery = await once(kind, payload, attempt, **signing)
            delivery.attempts = attempt + 1
        return delivery

    async def again(self, kind: str, payload: Json, times: int) -> list[Delivery]:
        """Deliver the same thing several times at once, whatever the app says."""
        once = self._over_http if self.endpoint else self._over_socket
        sent = (once(kind, payload, attempt) for attempt in range(times))
        return list(await asyncio.gather(*sent))

    async def _over_socket(self, kind: str, payload: Json, attempt: int) -> Delivery:
        begun = time.monotonic()
        while not self._sockets and time.monotonic() - begun < 20:
            await asyncio.sleep(0.01)
        number = f"envelope-{self.numbers()}"
        waiting = self._acknowledged[number] = asyncio.get_running_loop().create_future()
        envelope: Json = {
            "envelope_id": number,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if attempt:
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout"}
        sent = time.monotonic()
        await self._sockets[-1].send_json(envelope)
        try:
            body = await asyncio.wait_for(waiting, PATIENCE)
            return Delivery(200, body, time.monotonic() - sent)
        except TimeoutError:
            return Delivery(0, None, time.monotonic() - sent)

    async def _over_http(self, kind: str, payload: Json, attempt: int, **signing: Any) -> Delivery:
        if kind == "events_api":
            body, content = json.dumps(payload).encode(), "application/json"
        else:
            form = {"payload": json.dumps(payload)} if kind == "interactive" else payload
            body, content = urllib.parse.urlencode(form).encode(), _FORM
        headers = {"Content-Type": content, **signed(body, **signing)}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        begun = time.monotonic()
        try:
            timeout = aiohttp.ClientTimeout(total=PATIENCE)
            async with self._http.post(
                self._address(), data=body, headers=headers, timeout=timeout
            ) as answer:
                raw = await answer.read()
                is_json = raw and "json" in answer.headers.get("Content-Type", "")
                body_back = json.loads(raw) if is_json else raw.decode()
                return Delivery(answer.status, body_back, time.monotonic() - begun)
        except (TimeoutError, aiohttp.ClientError):
            return Delivery(0, None, time.monotonic() - begun)

    def _address(self) -> str:
        """Where the next request goes: to each of those that are balanced, by turns."""
        if not self.balanced:
            return self.endpoint
        self._turn += 1
        return self.balanced[self._turn % len(self.balanced)]

    def _who(self, user: str) -> Json:
        return {
            "team": {"id": self.team, "domain": "emulator"},
            "user": {"id": user, "name": self.users[user]["name"], "team_id": self.team},
            "api_app_id": APP_ID,
            "is_enterprise_install": False,
        }

    def _channel_of(self, message: Json) -> str:
        places = self.messages.items()
        return next((c for c, found in places if message.get("ts") in found), "")


_FORM = "application/x-www-form-urlencoded"


def signed(body: bytes, at: float | None = None, key: str = SECRET) -> dict[str, str]:
    """The headers by which the app knows that Slack sent this body."""
    stamp = str(int(at or time.time()))
    digest = hmac.new(key.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest.hexdigest()}"}


async def _arguments(request: web.Request) -> Json:
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments |= json.loads(await request.read() or b"{}")
    elif request.can_read_body:
        arguments |= dict(await request.post())
    for name in DOCUMENTS:
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments


def _public(view: Json) -> Json:
    return {name: value for name, value in view.items() if not name.startswith("_")}
