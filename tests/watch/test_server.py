"""The pages for those who watch, by plain sockets, and by people who mean no good."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http import HTTPStatus

import pytest

from bot.watch import server as module
from bot.watch.errors import AddressTaken
from bot.watch.server import MOST_CONNECTIONS, MOST_HEAD_BYTES, Page, WatchServer

BIG = 8 << 20


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "it does not come to be"
        time.sleep(0.005)


def broken() -> Page:
    raise KeyError("nothing")


@pytest.fixture
def server() -> Iterator[WatchServer]:
    big = Page(HTTPStatus.OK, b"x" * BIG)
    pages: dict[str, Callable[[], Page]] = {
        "/healthz": lambda: Page(HTTPStatus.OK, b"ok\n"),
        "/big": lambda: big,
        "/broken": broken,
    }
    running = WatchServer(pages, "127.0.0.1", 0)
    running.start()
    yield running
    running.stop()


def connected(server: WatchServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), 10)


def answer_to(server: WatchServer, request: bytes) -> bytes:
    with connected(server) as line:
        line.sendall(request)
        return everything(line)


def everything(line: socket.socket) -> bytes:
    """What comes until the other side ends it or cuts it off."""
    got = b""
    with suppress(ConnectionResetError):
        while part := line.recv(1 << 16):
            got += part
    return got


def test_a_page_is_got_and_its_head_alone(server: WatchServer):
    got = answer_to(server, b"GET /healthz?now HTTP/1.1\r\nHost: x\r\n\r\n")
    head = answer_to(server, b"HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n")

    assert got.startswith(b"HTTP/1.1 200 OK\r\n")
    assert got.endswith(
        b"Content-Length: 3\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nok\n"
    )
    assert head + b"ok\n" == got


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /elsewhere HTTP/1.1\r\n\r\n", 404),
        (b"POST /healthz HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", 405),
        (b"GET /broken HTTP/1.1\r\n\r\n", 500),
        (b"nonsense\r\n\r\n", 400),
        (b"\xff\xfe\x00 \xf0\r\n\r\n", 400),
        (b"\r\n\r\n", 400),
    ],
)
def test_only_sensible_requests_are_answered_with_a_page(
    server: WatchServer, request_: bytes, status: int
):
    assert answer_to(server, request_).startswith(f"HTTP/1.1 {status} ".encode())


def test_a_head_that_is_too_long_is_refused_unread(server: WatchServer):
    with connected(server) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nX: " + b"x" * (4 * MOST_HEAD_BYTES))
        assert line.recv(1 << 16).startswith(b"HTTP/1.1 400 ")


def test_slow_connections_keep_it_from_nobody(server: WatchServer):
    with ExitStack() as stack:
        for number in range(256):
            line = stack.enter_context(connected(server))
            line.sendall(b"GET /healthz HTTP/1.1\r\nX: " if number % 2 else b"")
        for _ in range(3):
            assert answer_to(server, b"GET /healthz HTTP/1.1\r\n\r\n").endswith(b"ok\n")
        assert server.connections <= MOST_CONNECTIONS


def test_a_head_that_does_not_come_is_cut_off(server: WatchServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SECONDS", 0.05)
    with connected(server) as line:
        line.sendall(b"GET /hea")
        assert line.recv(100) == b""


def test_an_answer_that_nobody_reads_is_cut_off(
    server: WatchServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "SECONDS", 0.2)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        line.settimeout(10)
        line.connect(("127.0.0.1", server.port))
        line.sendall(b"GET /big HTTP/1.1\r\n\r\n")
        until(lambda: server.connections == 1)
        until(lambda: server.connections == 0)
        assert len(everything(line)) < BIG


def test_a_port_that_is_taken_is_told(server: WatchServer):
    with pytest.raises(AddressTaken) as refused:
        WatchServer({}, "127.0.0.1", server.port).start()

    assert str(server.port) in refused.value.sentence
    assert "COACH_WATCH__PORT" in refused.value.sentence


def test_an_address_of_nobody_is_told():
    with pytest.raises(AddressTaken) as refused:
        WatchServer({}, "192.0.2.1", 1).start()

    assert "192.0.2.1, port 1" in refused.value.sentence


def test_stopping_cuts_off_who_is_there():
    server = WatchServer({}, "127.0.0.1", 0)
    server.start()
    with connected(server) as line:
        line.sendall(b"GET")
        until(lambda: server.connections == 1)
        server.stop()
        assert everything(line) == b""
