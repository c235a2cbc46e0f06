"""Slack's requests over HTTP: bolt's WSGI adapter on cheroot; TLS is the business of a proxy.

Cheroot reads requests, bounds what it reads and keeps the threads; the adapter knows the paths of
the app. Here stand the bounds, and what is refused before bolt, which reads a body before it knows
who signed it: what Slack did not sign, and what is no request of Slack's at all.
"""

import io
import logging
import threading
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cheroot.server import HTTPConnection
from cheroot.wsgi import Server
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.request.internals import parse_body
from slack_sdk.signature import SignatureVerifier

from bot.core.errors import PlatformRefused
from bot.core.measuring import Meter, Unmeasured
from bot.platforms.slack.accepting import PatientSocket
from bot.platforms.slack.patience import Patience
from bot.platforms.slack.people import PLATFORM

EVENTS: Final = "/slack/events"
INSTALL: Final = "/slack/install"
REDIRECT: Final = "/slack/oauth_redirect"
HEALTH: Final = "/healthz"

MOST_BYTES: Final = 1 << 20
"""Slack's largest requests carry a view of 250 kB, written twice as long in a form."""

MOST_HEADER_BYTES: Final = 1 << 16

MOST_DIGITS: Final = 12
"""Slack's seconds since 1970 have ten; a number beyond all time could not be compared."""

THREADS: Final = 64
"""Each reads a request and has it acknowledged, which takes milliseconds."""

MOST_CONNECTIONS: Final = 256
"""So many may wait for a thread, and so many between two requests; more are told to come again."""

SILENT_SECONDS: Final = 15
"""After so long without a byte a connection is closed, whoever holds it open."""

STOP_SECONDS: Final = 5
"""At the end, what was received is answered, and a request that stops arriving is cut off."""

ELSEWHERE: Final = (
    "Set COACH_SLACK__HOST to an address of this machine and COACH_SLACK__PORT to a free port."
)

log = logging.getLogger(__name__)


class SlackServer:
    """Serve an app in threads until it is stopped."""

    def __init__(
        self, app: App, signing_secret: str, host: str, port: int, meter: Meter | None = None
    ) -> None:
        self._server = _Server(
            (host, port),
            _guarded(
                SlackRequestHandler(app, EVENTS),
                SignatureVerifier(signing_secret),
                meter or Unmeasured(),
            ),
            numthreads=THREADS,
            server_name="coach",
            request_queue_size=128,
            accepted_queue_size=MOST_CONNECTIONS,
            timeout=SILENT_SECONDS,
            shutdown_timeout=STOP_SECONDS,
        )
        self._thread = threading.Thread(target=self._server.serve, name="slack-http", daemon=True)

    @property
    def port(self) -> int:
        """The port, also where the system chose it."""
        return int(self._server.bind_addr[1])

    @property
    def listens(self) -> bool:
        """Whether requests are taken."""
        return bool(self._server.ready) and self._thread.is_alive()

    def start(self) -> None:
        """Begin to serve.

        Raises:
            PlatformRefused: nothing can listen at the address, which another program may have.
        """
        try:
            self._server.prepare()
        except OSError as problem:
            host, port = self._server.bind_addr
            raise PlatformRefused(
                "Slack", f"nothing can listen at {host}, port {port}", ELSEWHERE
            ) from problem
        self._thread.start()
        self._server.patience.start()

    def stop(self) -> None:
        """Take no more requests, and answer those that were received."""
        self._server.patience.stop()
        self._server.stop()
        self._thread.join()


class _Connection(HTTPConnection):
    def communicate(self) -> bool:
        """Read a request and answer it; return whether there is to be another."""
        with self.server.patience.with_turn_of(self.socket):
            return bool(super().communicate())  # type: ignore[no-untyped-call]


class _Server(Server):
    ConnectionClass = _Connection
    max_request_header_size = MOST_HEADER_BYTES
    max_request_body_size = MOST_BYTES
    keep_alive_conn_limit = MOST_CONNECTIONS
    expiration_interval = 0.05  # seconds; stopping waits for so long

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.patience = Patience(lambda: self.requests.qsize)

    def prepare(self) -> None:
        """Listen."""
        super().prepare()
        self.socket = PatientSocket(self.socket)

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:  # noqa: FBT001, FBT002 cheroot's
        """Write what went wrong to the log; nobody's words are in it."""
        log.log(level, "%s", msg, exc_info=traceback)


def _guarded(
    slack: SlackRequestHandler, verifier: SignatureVerifier, meter: Meter
) -> WSGIApplication:
    """Say that all is well to whoever asks, and hand bolt only what it can read."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.monotonic()
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path == HEALTH and method in {"GET", "HEAD"}:
            return _brief(start_response, HTTPStatus.OK, b"ok" if method == "GET" else b"")
        if method == "POST" and not environ.get("CONTENT_LENGTH", "").isdecimal():
            return _brief(start_response, HTTPStatus.LENGTH_REQUIRED)
        if method == "POST" and path == EVENTS:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            refusal = _refusal(environ, body, verifier)
            if refusal is not None:
                log.warning("a request was refused: %s", refusal.phrase)
                return _brief(start_response, refusal)
            environ["wsgi.input"] = io.BytesIO(body)
            answered = slack(environ, start_response)
            meter.acknowledged(PLATFORM, time.monotonic() - began)
            return answered
        return slack(environ, start_response)

    return answer


def _refusal(
    environ: WSGIEnvironment, body: bytes, verifier: SignatureVerifier
) -> HTTPStatus | None:
    """Return why a request is not one of Slack's, None for one that is."""
    stamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
    signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
    numeric = stamp.isascii() and stamp.isdigit() and len(stamp) <= MOST_DIGITS
    try:
        text = body.decode()
        if not (numeric and verifier.is_valid(text, stamp, signature)):
            return HTTPStatus.UNAUTHORIZED
        read = parse_body(text, environ.get("CONTENT_TYPE"))
    except ValueError:
        return HTTPStatus.BAD_REQUEST
    return None if isinstance(read, dict) else HTTPStatus.BAD_REQUEST


def _brief(start_response: StartResponse, status: HTTPStatus, body: bytes = b"") -> list[bytes]:
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    closing = [] if status is HTTPStatus.OK else [("Connection", "close")]
    start_response(f"{status} {status.phrase}", headers + closing)
    return [body]
