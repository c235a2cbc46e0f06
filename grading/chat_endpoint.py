"""One POST of JSON to an address: bounded in time and size, and never sent on elsewhere.

The standard library bounds each step of a connection, but not all of them together, nor the search
for the address; so a request runs in a thread of its own, and `hang_up` ends it from outside.
"""

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

MOST_BYTES = 200_000
"""Of a reply: many times what is asked for, with whatever a server tells beside it."""

OWN_NETWORK = (".localhost", ".local", ".internal")
"""Ends of names that no public server has."""

COMPLETIONS = "/chat/completions"
"""Where, below its address, a server takes what is to be completed."""

_PLAIN = re.compile(r"https?://[!-~]+")


class Address(NamedTuple):
    """Where an OpenAI-compatible server listens; `path` is that of its chat completions."""

    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, url: str) -> "Address":
        """Return the address below a base URL such as `http://localhost:11434/v1`.

        Raises:
            ValueError: it is no such URL, or would send answers through the open net unencrypted.
        """
        parts = urlsplit(url) if _PLAIN.fullmatch(url) else None
        if parts is None or not parts.hostname or "@" in parts.netloc or set(url) & {"?", "#"}:
            raise ValueError("write a URL such as https://HOST/v1, without user, ? and #")
        secure = parts.scheme == "https"
        if not secure and not is_near(parts.hostname):
            raise ValueError("write https, or http for a host in your own network")
        port = parts.port or (443 if secure else 80)
        return cls(secure, parts.hostname, port, f"{parts.path.rstrip('/')}{COMPLETIONS}")

    @property
    def place(self) -> str:
        """The host, with the port unless that is the usual one."""
        return (
            self.host if self.port == (443 if self.secure else 80) else f"{self.host}:{self.port}"
        )


class Received(NamedTuple):
    """What came back: the status and the body."""

    status: int
    body: bytes


class Line:
    """A connection for one request at a time; `hang_up` ends it, also while another thread waits.

    Redirects are not followed and no proxy is used: nothing goes anywhere but to the address.
    """

    def __init__(self, address: Address, seconds: float) -> None:
        """Name the address, and how long each step of a connection may take."""
        self._address = address
        self._seconds = seconds
        self._lock = threading.Lock()
        self._over = False
        self._connection: http.client.HTTPConnection | None = None

    def post(self, body: bytes, headers: Mapping[str, str]) -> Received:
        """Send a body and return what comes back.

        Raises:
            OSError, http.client.HTTPException: it could not be sent, or nothing whole came back.
        """
        return self._ask("POST", self._address.path, body, headers)

    def models(self, headers: Mapping[str, str]) -> Received:
        """Ask which models the server has; no reply costs anything.

        Raises:
            OSError, http.client.HTTPException: it could not be sent, or nothing whole came back.
        """
        path = f"{self._address.path.removesuffix(COMPLETIONS)}/models"
        return self._ask("GET", path, None, headers)

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Received:
        connection = self._connect()
        try:
            connection.connect()
            self._check(connection.sock)
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            received = response.read(MOST_BYTES + 1)
        finally:
            connection.close()
        if len(received) > MOST_BYTES:
            raise http.client.HTTPException("the reply is too long")
        return Received(response.status, received)

    def hang_up(self) -> None:
        """End what is under way, and let nothing begin any more."""
        with self._lock:
            self._over = True
            connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):  # it is closed already
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._address.host, self._address.port
        with self._lock:
            if self._address.secure:
                context = ssl.create_default_context()
                self._connection = http.client.HTTPSConnection(
                    host, port, timeout=self._seconds, context=context
                )
            else:
                self._connection = http.client.HTTPConnection(host, port, timeout=self._seconds)
            return self._connection

    def _check(self, connected: socket.socket) -> None:
        """Let nothing be sent after the end, nor unencrypted to somebody outside."""
        if self._over:
            raise TimeoutError("it took too long to connect")
        if not self._address.secure and not is_near(connected.getpeername()[0]):
            raise ConnectionError("the host is not in the own network, so that it needs https")


def is_near(host: str) -> bool:
    """Whether a host is this machine or in its own network, as far as its name or number tells."""
    try:
        address = ip_address(host)
    except ValueError:
        name = host.lower().rstrip(".")
        return "." not in name or name.endswith(OWN_NETWORK)
    return _plain(address).is_private or _plain(address).is_link_local


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
