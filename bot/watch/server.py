"""A server of a few short pages, in a thread of its own, that no other connection keeps silent.

It reads the head of a request and nothing else, answers, and closes. Whoever sends a head slowly,
or reads slowly, is cut off after some seconds; where too many are there at once, the oldest is cut
off for the newest. So it answers whatever others do, here or at the platforms' own addresses.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final

from bot.watch.errors import AddressTaken

MOST_HEAD_BYTES: Final = 8192
MOST_CONNECTIONS: Final = 64

SECONDS: Final = 5.0
"""So long a request may take to arrive, and again its answer to be read."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """An answer."""

    status: HTTPStatus
    body: bytes
    kind: str = "text/plain; charset=utf-8"


Pages = Mapping[str, Callable[[], Page]]
"""What makes each page, by its path, in milliseconds and without waiting for anything."""


class WatchServer:
    """Serve pages until it is stopped."""

    def __init__(self, pages: Pages, host: str, port: int) -> None:
        self._pages = pages
        self._address = host, port
        self._listening: Future[int] = Future()
        self._stopping: Callable[[], object] = _nothing
        self._thread = threading.Thread(target=self._run, name="watch-http", daemon=True)
        self._open: dict[asyncio.StreamWriter, None] = {}

    @property
    def port(self) -> int:
        """The port, also where the system chose it."""
        return self._listening.result()

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._open)

    def start(self) -> None:
        """Begin to serve.

        Raises:
            AddressTaken: nothing can listen at the address.
        """
        self._thread.start()
        try:
            self._listening.result()
        except OSError as problem:
            raise AddressTaken(*self._address, problem.strerror or "no such address") from problem

    def stop(self) -> None:
        """Take no more requests, and cut off those that are under way."""
        self._stopping()
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as problem:
            self._listening.set_exception(problem)

    async def _serve(self) -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        server = await asyncio.start_server(self._answer, *self._address, limit=MOST_HEAD_BYTES)
        self._stopping = partial(loop.call_soon_threadsafe, stop.set)
        self._listening.set_result(server.sockets[0].getsockname()[1])
        await stop.wait()
        server.close()
        for writer in self._open:
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._open) >= MOST_CONNECTIONS:
            oldest = next(iter(self._open))
            del self._open[oldest]
            oldest.transport.abort()
        self._open[writer] = None
        try:
            with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
                await self._exchange(reader, writer)
        finally:
            self._open.pop(writer, None)
            writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            head = b""
        writer.write(self._written(head))
        async with asyncio.timeout(SECONDS):
            await writer.drain()
            writer.write_eof()
            while await reader.read(MOST_HEAD_BYTES):  # until the other side has it all
                pass

    def _written(self, head: bytes) -> bytes:
        """Return the answer to a request by the head of it."""
        method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
        path = rest.partition(" ")[0].partition("?")[0]
        page = self._page(method, path)
        lines = (
            f"HTTP/1.1 {page.status.value} {page.status.phrase}",
            f"Content-Type: {page.kind}",
            f"Content-Length: {len(page.body)}",
            "Cache-Control: no-store",
            "Connection: close",
            *(("Allow: GET, HEAD",) if page.status is HTTPStatus.METHOD_NOT_ALLOWED else ()),
        )
        body = b"" if method == "HEAD" else page.body
        return "\r\n".join((*lines, "\r\n")).encode() + body

    def _page(self, method: str, path: str) -> Page:
        if not path.startswith("/"):
            return _plain(HTTPStatus.BAD_REQUEST)
        make = self._pages.get(path)
        if make is None:
            return _plain(HTTPStatus.NOT_FOUND)
        if method not in {"GET", "HEAD"}:
            return _plain(HTTPStatus.METHOD_NOT_ALLOWED)
        try:
            return make()
        except Exception:
            log.exception("a page for those who watch could not be made")
            return _plain(HTTPStatus.INTERNAL_SERVER_ERROR)


def _nothing() -> None:
    pass


def _plain(status: HTTPStatus) -> Page:
    return Page(status, f"{status.phrase}\n".encode())
