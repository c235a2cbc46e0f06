"""A small HTTP server for Slack's requests; TLS is the business of a proxy before it.

Only the paths of the app exist. A body is read when its length is known and sensible, a connection
that says nothing is closed, and there are only so many at a time. Bolt checks each signature.
"""

import contextlib
import logging
import socket
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from slack_bolt import App, BoltRequest, BoltResponse

EVENTS: Final = "/slack/events"
INSTALL: Final = "/slack/install"
REDIRECT: Final = "/slack/oauth_redirect"
HEALTH: Final = "/healthz"

MOST_BYTES: Final = 1 << 20
"""Slack's largest requests carry a view of 250 kB, written twice as long in a form."""

MOST_CONNECTIONS: Final = 256
SILENT_SECONDS: Final = 15
"""After so long without a byte a connection is closed, whoever holds it open."""

log = logging.getLogger(__name__)


class SlackServer:
    """Serve an app in threads until it is stopped."""

    def __init__(self, app: App, host: str, port: int) -> None:
        handler = type("SlackRequests", (_Requests,), {"app": app})
        self._server = _Server((host, port), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="slack-http",
            daemon=True,
        )

    @property
    def port(self) -> int:
        """The port, also where the system chose it."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests; those that are being answered end."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True
    block_on_close = False

    def __init__(self, *arguments: Any) -> None:
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own, unless there are too many."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection and make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write what went wrong to the log; nobody's words are in it."""
        del request, client_address
        log.info("a connection from Slack broke", exc_info=True)


class _Requests(BaseHTTPRequestHandler):
    app: ClassVar[App]
    protocol_version = "HTTP/1.1"
    timeout = SILENT_SECONDS
    server_version = "coach"
    sys_version = ""
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Hand a delivery to bolt."""
        if urlsplit(self.path).path != EVENTS:
            self._send(BoltResponse(status=404))
            return
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            self._refuse(411)
        elif int(length) > MOST_BYTES:
            self._refuse(413)
        else:
            self._send(self.app.dispatch(self._request(self.rfile.read(int(length)))))

    def do_GET(self) -> None:
        """Show the way to install, take whoever comes back from there, say that all is well."""
        path, flow = urlsplit(self.path).path, self.app.oauth_flow
        if path == HEALTH:
            self._send(BoltResponse(status=200, body="ok"))
        elif flow is not None and path == INSTALL:
            self._send(flow.handle_installation(self._request(b"")))
        elif flow is not None and path == REDIRECT:
            self._send(flow.handle_callback(self._request(b"")))
        else:
            self._send(BoltResponse(status=404))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name is inherited
        """Stay silent: the lines hold codes of installations."""

    def _request(self, body: bytes) -> BoltRequest:
        headers: dict[str, str | Sequence[str]] = {
            name: self.headers.get_all(name) or [] for name in self.headers
        }
        return BoltRequest(
            body=body.decode("utf-8", "replace"),
            query=urlsplit(self.path).query,
            headers=headers,
        )

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self._send(BoltResponse(status=status))

    def _send(self, response: BoltResponse) -> None:
        body = (response.body or "").encode()
        with contextlib.suppress(ConnectionError, TimeoutError, socket.timeout):
            self.send_response(response.status)
            for name, value in response.first_headers_without_set_cookie().items():
                self.send_header(name, value)
            for cookie in response.cookies():
                for each in cookie.values():
                    self.send_header("Set-Cookie", each.OutputString())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
