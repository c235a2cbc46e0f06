"""The gateway: what Discord tells the bot over a web socket, with all that can break."""

import asyncio
import itertools
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.discord.wire.world import Json, World

HELLO, ACK, INVALID, RECONNECT = 10, 11, 9, 7
BEAT, IDENTIFY, RESUME, CHUNK = 1, 2, 6, 8

GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | CONTENT


@dataclass
class Session:
    """A bot's session; it survives its socket, and keeps what was sent for a resume."""

    id: str
    intents: int
    socket: web.WebSocketResponse
    send: Callable[[Json], Awaitable[None]]
    said: list[Json] = field(default_factory=list)
    alive: bool = True
    shard: tuple[int, int] = (0, 1)

    def hears(self, guild: str | None) -> bool:
        """Whether it is told of a server; private messages go to the first shard."""
        number, count = self.shard
        return (int(guild or 0) >> 22) % count == number


class Gateway:
    """Let bots in and tell them what happens."""

    def __init__(self, world: World, token: str, heartbeat: int = 41_250) -> None:
        self._world = world
        self._token = token
        self._heartbeat = heartbeat
        self._numbers = itertools.count(1)
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identified = self.resumed = self.invalid = 0
        self.answers_beats = True
        self.takes = asyncio.Event()
        self.takes.set()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection to its end; while it `takes` none, whoever comes has to wait."""
        await self.takes.wait()
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        packer = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

        async def send(payload: Json) -> None:
            raw = json.dumps(payload).encode()
            if packer:
                await socket.send_bytes(packer.compress(raw) + packer.flush(zlib.Z_SYNC_FLUSH))
            else:
                await socket.send_str(raw.decode())

        await send(_payload(HELLO, {"heartbeat_interval": self._heartbeat}))
        session: Session | None = None
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                said = json.loads(message.data)
                session = await self._take(session, said["op"], said.get("d"), socket, send)
        if session is not None and session.socket is socket:
            session.alive = False
        return socket

    async def tell(self, event: str, data: Any, only: Session | None = None) -> None:
        """Send an event to whoever hears of its server, or to one; it is kept for the deaf."""
        hearing = [each for each in self.sessions.values() if each.hears(data.get("guild_id"))]
        for session in [only] if only else hearing:
            payload = _payload(0, data, event, len(session.said) + 1)
            session.said.append(payload)
            if session.alive:
                try:
                    await session.send(payload)
                except (ConnectionError, RuntimeError):
                    session.alive = False

    async def tell_message(self, message: Json, event: str = "MESSAGE_CREATE") -> None:
        """Send a message to whoever may hear it; its content only to whom it concerns."""
        guild = self._world.channels[message["channel_id"]].get("guild_id")
        more: Json = {}
        if guild:
            more["guild_id"] = guild
            member = self._world.members[guild].get(message["author"]["id"])
            more |= {"member": {k: v for k, v in member.items() if k != "user"}} if member else {}
        mine = not guild or self._world.bot in {
            message["author"]["id"],
            *(user["id"] for user in message["mentions"]),
        }
        hidden: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
        for session in list(self.sessions.values()):
            if session.hears(guild) and session.intents & (
                GUILD_MESSAGES if guild else DIRECT_MESSAGES
            ):
                await self.tell(event, {**message, **({} if mine else hidden), **more}, session)

    @property
    def live(self) -> list[Session]:
        """The sessions with a socket."""
        return [session for session in self.sessions.values() if session.alive]

    async def close(self, code: int) -> None:
        """Close every socket with a code."""
        for session in self.live:
            session.alive = False
            await session.socket.close(code=code)

    def cut(self) -> None:
        """Cut every connection, without a word."""
        for session in self.live:
            session.alive = False
            request = session.socket._req
            assert request is not None
            assert request.transport is not None
            request.transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Say that the bot shall come again and resume (opcode 7)."""
        for session in self.live:
            await session.send(_payload(RECONNECT, None))

    async def invalidate(self, *, resumable: bool) -> None:
        """Say that a session is no longer valid (opcode 9)."""
        for session in self.live:
            if not resumable:
                del self.sessions[session.id]
            await session.send(_payload(INVALID, resumable))

    async def _take(
        self, session: Session | None, op: int, data: Any, socket: Any, send: Any
    ) -> Session | None:
        match op:
            case 1 if self.answers_beats:
                await send(_payload(ACK, None))
            case 2:
                return await self._identify(data, socket, send)
            case 6:
                return await self._resume(session, data, socket, send)
        return session

    async def _identify(self, data: Json, socket: Any, send: Any) -> Session | None:
        self.identified += 1
        if data["token"] != self._token:
            await socket.close(code=4004)
            return None
        if data["intents"] & PRIVILEGED:
            await socket.close(code=4014)
            return None
        shard = tuple(data.get("shard", (0, 1)))
        name = f"session-{next(self._numbers)}"
        session = Session(name, data["intents"], socket, send, shard=shard)
        self.sessions[session.id] = session
        world = self._world
        theirs = [guild for guild in world.guilds if session.hears(guild)]
        ready = {
            "v": 10,
            "user": world.users[world.bot],
            "guilds": [{"id": guild, "unavailable": True} for guild in theirs],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": world.bot, "flags": 0},
            "shard": list(session.shard),
        }
        await self.tell("READY", ready, session)
        for guild in theirs:
            await self.tell("GUILD_CREATE", world.guild_create(guild), session)
        return session

    async def _resume(
        self, session: Session | None, data: Json, socket: Any, send: Any
    ) -> Session | None:
        old = self.sessions.get(data["session_id"])
        if old is None:
            self.invalid += 1
            await send(_payload(INVALID, False))
            return session
        self.resumed += 1
        old.socket, old.send, old.alive = socket, send, True
        for payload in [each for each in old.said if each["s"] > data["seq"]]:
            await send(payload)
        await self.tell("RESUMED", {}, old)
        return old


def _payload(op: int, data: Any, event: str | None = None, number: int | None = None) -> Json:
    return {"op": op, "d": data, "s": number, "t": event}


async def until(condition: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Wait for something to become true, and return it."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not (found := condition()):
        assert loop.time() < end, "it did not happen in time"
        await asyncio.sleep(0.005)
    return found
