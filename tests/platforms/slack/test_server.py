"""What the HTTP server takes and refuses, by plain sockets and with signatures."""

import json
import socket
import threading
import time
from contextlib import ExitStack, suppress

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.core.errors import PlatformRefused
from bot.platforms.slack.patience import Patience
from bot.platforms.slack.server import MOST_BYTES, MOST_HEADER_BYTES, SlackServer
from tests.meter import RememberingMeter
from tests.platforms.slack.conftest import Office
from tests.platforms.slack.emulator.server import SECRET, signed

EVENT = b'{"type": "url_verification", "challenge": "c4"}'


def sent(office: Office, text: bytes) -> bytes:
    return sent_to(int(office.slack.endpoint.split(":")[2].split("/")[0]), text)


def sent_to(port: int, text: bytes) -> bytes:
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
        signed(EVENT) | {"X-Slack-Request-Timestamp": "soon"},
        signed(EVENT) | {"X-Slack-Request-Timestamp": "१७"},
        signed(EVENT) | {"X-Slack-Request-Timestamp": "9" * 30},
        signed(EVENT) | {"X-Slack-Request-Timestamp": "9" * 400},
        signed(EVENT) | {"X-Slack-Request-Timestamp": "9" * 5000},
        signed(EVENT) | {"X-Slack-Request-Timestamp": ""},
        signed(EVENT) | {"X-Slack-Signature": ""},
    ],
    ids=[
        "unsigned",
        "another secret",
        "old",
        "another body",
        "no number",
        "no digits of ours",
        "far ahead",
        "beyond all time",
        "beyond all numbers",
        "no time",
        "no signature",
    ],
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
        (b"HEAD /healthz HTTP/1.1\r\n\r\n", 200),
        (b"DELETE /slack/events HTTP/1.1\r\n\r\n", 404),
        (b"POST /slack/events HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400),
        (f"GET /healthz HTTP/1.1\r\nX: {'x' * MOST_HEADER_BYTES}\r\n\r\n".encode(), 413),
        (f"GET /{'x' * MOST_HEADER_BYTES} HTTP/1.1\r\n\r\n".encode(), 414),
        (b"nonsense\r\n\r\n", 400),
    ],
)
def test_only_sensible_requests_are_read(office: Office, request_: bytes, status: int) -> None:
    assert sent(office, request_).startswith(f"HTTP/1.1 {status}".encode())


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BROKEN = [
    (b'{"a":', {}),
    (b"[1]", {}),
    (b"5", {}),
    (b"null", {}),
    (b"payload=%7B%22a%22", FORM),
    (b"payload=[1]", FORM),
    (b"payload=5", FORM),
]


def test_a_body_that_is_no_text_is_refused(office: Office) -> None:
    broken = b"\xff{"
    for headers in (signed(broken), {}):
        assert sent(office, post(broken, **headers)).startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize(("broken", "headers"), BROKEN)
@pytest.mark.parametrize("by", [SECRET, "another"])
def test_a_broken_body_is_refused_without_harm(
    office: Office,
    broken: bytes,
    headers: dict[str, str],
    by: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = sent(office, post(broken, **signed(broken, key=by), **headers))
    status, word = (400, "Bad Request") if by == SECRET else (401, "Unauthorized")
    assert answer.startswith(f"HTTP/1.1 {status} {word}".encode())
    (record,) = [each for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]
    assert record.getMessage() == f"a request was refused: {word}"
    assert record.exc_info is None
    assert sent(office, post(EVENT, **signed(EVENT))).startswith(b"HTTP/1.1 200")


def test_a_port_that_another_program_has_is_named(office: Office) -> None:
    port = office.platform.port
    second = SlackServer(
        App(signing_secret=SECRET, authorize=lambda **_: None), SECRET, "127.0.0.1", port
    )
    with pytest.raises(PlatformRefused) as refused:
        second.start()
    assert f"nothing can listen at 127.0.0.1, port {port}" in refused.value.sentence
    assert "COACH_SLACK__PORT" in refused.value.sentence


def test_what_was_received_is_answered_at_the_end() -> None:
    received, done = threading.Event(), threading.Event()
    app = App(
        signing_secret=SECRET,
        authorize=lambda **_: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),  # noqa: S106 of nobody
        process_before_response=True,
    )

    @app.event("app_mention")
    def _mentioned() -> None:
        received.set()
        done.wait(60)

    server, answers = SlackServer(app, SECRET, "127.0.0.1", 0), list[bytes]()
    server.start()
    event = {"type": "event_callback", "team_id": "T1", "event": {"type": "app_mention"}}
    body = json.dumps(event).encode()
    request = post(body, **signed(body))
    sender = threading.Thread(target=lambda: answers.append(sent_to(server.port, request)))
    sender.start()
    assert received.wait(60)
    stopper = threading.Thread(target=server.stop)
    stopper.start()
    while True:
        try:
            socket.create_connection(("127.0.0.1", server.port), 5).close()
        except ConnectionRefusedError:
            break
        time.sleep(0.01)
    assert stopper.is_alive()
    done.set()
    stopper.join(60)
    sender.join(60)
    assert not stopper.is_alive()
    assert answers[0].startswith(b"HTTP/1.1 200")


def test_how_long_slack_waits_is_noted_for_what_slack_signed_alone() -> None:
    meter = RememberingMeter()
    app = App(signing_secret=SECRET, authorize=lambda **_: None)
    server = SlackServer(app, SECRET, "127.0.0.1", 0, meter)
    server.start()
    sent_to(server.port, post(EVENT, **signed(EVENT)))
    sent_to(server.port, post(EVENT))
    sent_to(server.port, b"GET /healthz HTTP/1.1\r\n\r\n")
    server.stop()
    assert [platform for platform, _ in meter.waits] == ["slack"]


def test_whether_it_listens_is_told_to_those_who_watch(office: Office) -> None:
    assert office.platform.trouble() is None
    office.platform._stop()
    assert office.platform.trouble() == "it does not listen yet"


def test_requests_that_never_end_keep_nobody_waiting(office: Office) -> None:
    port = int(office.slack.endpoint.split(":")[2].split("/")[0])
    with ExitStack() as stack:
        slow = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            for _ in range(256)
        ]
        for number, line in enumerate(slow):
            with suppress(OSError):
                line.sendall((b"POST /slack/ev", post(EVENT)[:-5])[number % 2])
        answer = sent(office, post(EVENT, **signed(EVENT)))
    assert answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("waiting", "at", "is_cut"), [(0, 9, 0), (0, 11, 1), (1, 0.4, 0), (1, 1, 1)]
)
def test_a_request_has_its_time_and_less_of_it_in_a_rush(
    waiting: int, at: float, is_cut: int
) -> None:
    now = [0.0]
    patience = Patience(lambda: waiting, lambda: now[0])
    ours, theirs = socket.socketpair()
    with ours, theirs, patience.with_turn_of(ours):
        theirs.sendall(b"what came")
        now[0] = at
        patience.look()
        assert ours.recv(100) == b"what came"
        ours.settimeout(0.0)
        if is_cut:
            assert ours.recv(100) == b""
        else:
            with pytest.raises(BlockingIOError):
                ours.recv(100)
        ours.sendall(b"an answer")
        assert theirs.recv(100) == b"an answer"
