"""A real server on 127.0.0.1 that speaks chat completions, well or badly."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Pair = dict[str, Any]
Behave = Callable[["Handler"], None]


@dataclass
class Server:
    """What was received: each request's path, headers and JSON; and how to answer the next."""

    url: str = ""
    behave: Behave = lambda handler: handler.say(says("neutral", quote=""))
    received: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    free: threading.Event = field(default_factory=threading.Event)

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [request for _, _, request in self.received]

    def pairs(self, number: int = -1) -> list[Pair]:
        """The pairs of a request, as a model would read them."""
        user = self.requests[number]["messages"][-1]
        assert user["role"] == "user"
        pairs: list[Pair] = json.loads(user["content"])["pairs"]
        return pairs


class Handler(BaseHTTPRequestHandler):
    """One request."""

    house: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or b"{}")
        self.house.received.append((self.path, dict(self.headers), body))
        self.house.behave(self)

    do_GET = do_POST  # noqa: N815 the library's name for it

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, verdicts: Callable[[Pair], Any], usage: Any = None) -> None:
        """Answer with what a function says about each pair."""
        self.complete(
            json.dumps({"verdicts": [verdicts(each) for each in self.house.pairs()]}), usage
        )

    def complete(self, content: Any, usage: Any = None) -> None:
        """Answer with a message of this content."""
        reply = {"id": "1", "choices": [{"index": 0, "message": {"content": content}}]}
        self.send(200, json.dumps(reply | ({"usage": usage} if usage else {})).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def says(label: str, confidence: float = 0.95, quote: str | None = None) -> Callable[[Pair], Any]:
    """Say the same about every pair, by default with the whole sentence as the quote."""

    def verdict(pair: Pair) -> Any:
        words = pair["sentence"] if quote is None else quote
        return {"id": pair["id"], "label": label, "confidence": confidence, "quote": words}

    return verdict


neutral = says("neutral", quote="")


@contextmanager
def serving() -> Iterator[Server]:
    """Serve until the end; whoever waits for `free` is let go then."""
    house = Server()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Handler,), {"house": house}))
    server.daemon_threads = True
    house.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield house
    finally:
        house.free.set()
        server.shutdown()
        server.server_close()
        thread.join()


def statuses(*codes: int, then: Behave) -> Behave:
    """Answer with these statuses, one after the other, then as told."""
    left: Sequence[int] = list(codes)

    def behave(handler: Handler) -> None:
        nonlocal left
        if not left:
            return then(handler)
        code, *left = left
        return handler.send(code, b'{"error": {"message": "response_format is not supported"}}')

    return behave
