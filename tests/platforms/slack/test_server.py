"""What the HTTP server takes and refuses, by plain sockets and with signatures."""

import socket

import pytest

from bot.platforms.slack.server import MOST_BYTES
from tests.platforms.slack.conftest import Office
from tests.platforms.slack.emulator.server import signed

EVENT = b'{"type": "url_verification", "challenge": "c4"}'


def sent(office: Office, text: bytes) -> bytes:
    port = int(office.slack.endpoint.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(text)
        answer = b""
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(4096):
            answer += part
    return answer


def post(body: bytes, path: str = "/slack/events", **headers: str) -> bytes:
    lines = {"Host": "x", "Content-Type": "application/json", "Content-Length": str(len(body))}
    text = "".join(f"{name}: {value}\r\n" for name, value in (lines | headers).items())
    return f"POST {path} HTTP/1.1\r\n{text}\r\n".encode() + body


def test_a_signed_request_is_answered(office: Office) -> None:
    answer = sent(office, post(EVENT, **signed(EVENT)))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"c4" in answer


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(EVENT, key="another"),
        signed(EVENT, at=1_700_000_000),
        signed(EVENT + b" "),
    ],
    ids=["unsigned", "another secret", "old", "another body"],
)
def test_what_slack_did_not_sign_just_now_is_refused(
    office: Office, headers: dict[str, str]
) -> None:
    assert sent(office, post(EVENT, **headers)).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST /slack/events HTTP/1.1\r\nHost: x\r\n\r\n", 411),
        (b"POST /slack/events HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 411),
        (f"POST /slack/events HTTP/1.1\r\nContent-Length: {MOST_BYTES + 1}\r\n\r\n".encode(), 413),
        (post(b"{}", "/elsewhere"), 404),
        (b"GET /slack/install HTTP/1.1\r\n\r\n", 404),
        (b"GET /healthz HTTP/1.1\r\n\r\n", 200),
        (b"DELETE /slack/events HTTP/1.1\r\n\r\n", 501),
    ],
)
def test_only_sensible_requests_are_read(office: Office, request_: bytes, status: int) -> None:
    assert sent(office, request_).startswith(f"HTTP/1.1 {status}".encode())


def test_a_broken_body_is_refused_without_harm(office: Office) -> None:
    broken = b"\xff{"
    assert not sent(office, post(broken, **signed(broken))).startswith(b"HTTP/1.1 200")
    assert sent(office, post(EVENT, **signed(EVENT))).startswith(b"HTTP/1.1 200")
