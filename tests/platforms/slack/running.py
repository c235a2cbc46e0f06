"""`coach run` as an operator starts it, with Slack's address set to the emulated one."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import Engine

from bot.storage.engine import make_engine
from tests.databases import MakeUnitOfWork, units_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import APP_TOKEN, BOT_TOKEN, SECRET

START_SECONDS = 120


def settings_of(slack: Slack, mode: str, port: int) -> dict[str, str]:
    """What leads the program to this Slack, and Slack to the program."""
    return {
        "COACH_SLACK__MODE": mode,
        "COACH_SLACK__BOT_TOKEN": BOT_TOKEN,
        "COACH_SLACK__APP_TOKEN": APP_TOKEN,
        "COACH_SLACK__SIGNING_SECRET": SECRET,
        "COACH_SLACK__API_URL": slack.api_url,
        "COACH_SLACK__PORT": str(port),
    }


KEY = "k" * 32
"""Seals the tokens of workspaces that install the app themselves."""


def settings_of_many(slack: Slack, port: int) -> dict[str, str]:
    """What leads the program to this Slack where workspaces install the app themselves."""
    found = settings_of(slack, "http", port)
    del found["COACH_SLACK__BOT_TOKEN"], found["COACH_SLACK__APP_TOKEN"]
    return found | {
        "COACH_SLACK__CLIENT_ID": "1.2",
        "COACH_SLACK__CLIENT_SECRET": SECRET,
        "COACH_SLACK__KEY": KEY,
        "COACH_SLACK__PUBLIC_URL": "https://coach.test",
    }


def install(slack: Slack, port: int, team: str) -> bool:
    """Let a workspace install the app, as somebody's browser does; return whether it could."""
    page = _got(port, "/slack/install")
    asked = parse_qs(urlsplit(page.getheader("Location") or "").query)
    if "state" not in asked:
        return False
    slack.codes[team] = team
    cookie = (page.getheader("Set-Cookie") or "").split(";")[0]
    done = _got(port, f"/slack/oauth_redirect?code={team}&state={asked['state'][0]}", cookie)
    return done.status == http.client.OK


def _got(port: int, path: str, cookie: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    return connection.getresponse()


class Running:
    """The process, its home, and its database seen from outside."""

    def __init__(self, home: Path, vectors: Path, slack: Slack, mode: str, **more: str) -> None:
        self.home, self.slack, self.mode = home, slack, mode
        self.port = free_port()
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COACH_")},
            "COACH_HOME": str(home),
            "COACH_CACHE": str(vectors),
            "COACH_POLL_SECONDS": "1",
            **settings_of(slack, mode, self.port),
            **more,
        }

    def __enter__(self) -> Self:
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], env=self._environment, stderr=said
            )
        end = time.monotonic() + START_SECONDS
        while not self._is_up():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < end, "it does not start"
            time.sleep(0.05)
        if self.mode == "http":
            self.slack.endpoint = self.endpoint
        database = self._environment.get("COACH_DATABASE") or self.home / "coach.sqlite3"
        self._engine: Engine = make_engine(database)
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()
        self.stop()

    @property
    def endpoint(self) -> str:
        """Where Slack delivers over HTTP."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    @property
    def unit_of_work(self) -> MakeUnitOfWork:
        return units_of(self._engine)

    def stop(self) -> int:
        """End it as a container does, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    @property
    def said(self) -> Path:
        """What it wrote on stderr, in all its runs."""
        return self.home / "stderr.log"

    def _is_up(self) -> bool:
        if self.mode == "socket":
            return self.slack.connections > 0
        try:
            url = f"http://127.0.0.1:{self.port}/healthz"
            with urllib.request.urlopen(url, timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


PORTS = count(20_000 + os.getpid() % 10_000)
"""The system gives its own to others: it takes them from 32768 on. None is given out twice."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    for port in PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError
