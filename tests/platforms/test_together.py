"""Discord, Slack and the daily loop in one process, as `coach run` serves them."""

import asyncio
import http.client
import json
import socket
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path

import pytest

from bot.log_limit import MOST_LINES
from tests.platforms.discord.wire.gateway import until
from tests.platforms.discord.wire.server import TOKEN, Discord
from tests.platforms.discord.wire.world import EVERYBODY
from tests.platforms.slack.conftest import eventually, words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import APP_TOKEN, BOT_TOKEN, SECRET, signed
from tests.platforms.slack.running import Running, free_port

MARK = "quokka"
SAID = (
    "The relationship between features and target changes after training. I compare predictions "
    f"with the true labels every week and retrain the {MARK} on recent data."
)
GARBAGE = f'{{"type": "event_callback", "text": "{MARK}"'.encode()
REQUESTS = 300


@pytest.mark.slow
def test_two_platforms_share_a_process_and_stop_together(
    tmp_path: Path, vector_cache: Path
) -> None:
    with Slack() as slack:
        asyncio.run(_evening(tmp_path, vector_cache, slack))
    logs = [(tmp_path / name).read_text() for name in ("coach.log", "stderr.log")]
    for log in logs:
        assert "Traceback" not in log
        for private in (MARK, "Zephyrine", TOKEN, BOT_TOKEN, APP_TOKEN, SECRET):
            assert private not in log
        events = [json.loads(line)["event"] for line in log.splitlines()]
        assert events.count("serving %s") == 2
        assert 0 < events.count("a request was refused: %s") <= MOST_LINES
        assert len(events) < REQUESTS


async def _evening(home: Path, vectors: Path, slack: Slack) -> None:
    discord = Discord()
    await discord.start()
    port = free_port()
    running = Running(
        home,
        vectors,
        slack,
        "http",
        COACH_DISCORD__TOKEN=TOKEN,
        COACH_DISCORD__API_URL=discord.url,
        COACH_DISCORD__GATEWAY_URL=discord.gateway.url,
        COACH_WATCH__PORT=str(port),
        COACH_LOG_FORMAT="json",
        COACH_LOG_LEVEL="DEBUG",
    )
    try:
        await asyncio.to_thread(running.__enter__)
        await until(lambda: discord.gateway.live and discord.people.commands, 180)
        world = discord.world
        guild, helen = world.guild(), world.user("Zephyrine")
        channel = world.channel(guild)
        world.join(guild, helen, EVERYBODY)
        asked = await discord.people.slash(helen, channel, "ask", about="concept drift")
        shown = await asked.done(120)
        assert "concept drift" in shown.text
        opened = await discord.people.press(helen, shown.message or {}, "Answer")
        sent = await discord.people.send(helen, await opened.done(120), SAID)
        assert " %" in (await sent.done(120)).text
        assert "█" in await asyncio.to_thread(_graded_on_slack, slack)
        await asyncio.to_thread(_watched, port, running.port)
        await asyncio.to_thread(_throw_garbage, running.port)
        assert await asyncio.to_thread(running.stop) == 0
    finally:
        await asyncio.to_thread(running.__exit__)
        await discord.stop()


def _graded_on_slack(slack: Slack) -> str:
    ada, channel = slack.user("Zephyrine"), slack.channel("ml-interviews")
    for number, text in enumerate(("ask concept-drift", f"answer {SAID}"), start=1):
        assert slack.slash(ada, channel, "/coach", text).status == 200
        eventually(lambda number=number: len(slack.responses) >= number, 120)
    return words_of(slack.responses[-1]["blocks"])


def _watched(port: int, public: int) -> None:
    """Ask how it is, while slow connections hold both of its addresses.

    What was begun a moment ago is looked at again some seconds later.
    """
    eventually(lambda: _asked(port, "GET", "/readyz")[0] == HTTPStatus.OK, 60)
    slow = [socket.create_connection(("127.0.0.1", each), 30) for each in (public, port) * 256]
    with ExitStack() as stack:
        for line in slow:
            stack.enter_context(line)
        for method in ("GET", "HEAD"):
            for path in ("/healthz", "/readyz"):
                status, body = _asked(port, method, path)
                assert status == 200, body
        ready = json.loads(_asked(port, "GET", "/readyz")[1])
    parts = ("database", "model", "discord", "slack", "program")
    assert ready == {"ready": True, "parts": {name: {"ok": True} for name in parts}}
    counted = _asked(port, "GET", "/metrics")[1].decode()
    for platform in ("discord", "slack"):
        assert f'coach_answers_taken_total{{platform="{platform}"}} 1.0' in counted
        assert f'coach_grade_seconds_count{{platform="{platform}"}} 1.0' in counted
        waited = f'coach_acknowledgement_seconds_count{{platform="{platform}"}} '
        assert float(counted.partition(waited)[2].partition("\n")[0]) >= 2
    for private in (MARK, "Zephyrine", "community"):
        assert private not in counted


def _asked(port: int, method: str, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request(method, path)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer.status, body


def _throw_garbage(port: int) -> None:
    """Send what Slack never would: unsigned, cut off, to foreign places, and signed nonsense."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for number in range(REQUESTS):
        kind = number % 4
        path = f"/{MARK}/{number}" if kind == 0 else "/slack/events"
        proof = signed(GARBAGE) if kind == 1 else {}
        headers = {"Content-Type": "application/json", "X-Name": MARK, **proof}
        line.request("PUT" if kind == 2 else "POST", path, GARBAGE, headers)
        answer = line.getresponse()
        answer.read()
        assert answer.status >= 400
    line.close()
