"""Clients of the Web API, and after which of their errors the same call is worth another try.

A client repeats nothing by itself: slack_sdk would hold the thread meanwhile, and a workspace that
is asked to wait would take the threads of all others. What may be repeated is done again by
`Later`, which holds no thread. A post to a channel is not: it is looked for first, in `messenger`.
"""

from collections.abc import Callable
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

TRIES: Final = 3
"""After so many a reply is shown elsewhere, or the person is told."""

SECONDS: Final = 15
"""Longer than any answer of Slack, but for uploads on slow lines."""

UNREACHABLE: Final = (SlackClientError, OSError)
"""What the client raises where Slack refused, or did not answer."""

TOO_MANY: Final = 429
BROKEN: Final = 500
"""HTTP's words for a limit, and the least of those for an error of the server."""

A_SECOND: Final = 1.0

TokenOf = Callable[[str], str | None]
"""The token of a community, None where the app is not installed."""


class Unshown(Exception):
    """A reply could not be shown somewhere, with HTTP's word for why and how long to wait."""

    def __init__(self, status: int, seconds: float = A_SECOND) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.seconds = seconds


def client_of(token: str | None, api_url: str, seconds: int = SECONDS) -> WebClient:
    """Return a client that never waits to try again; `seconds` bound each step of a call."""
    base = api_url.rstrip("/") + "/"
    return WebClient(token, base_url=base, timeout=seconds, retry_handlers=[])


def pause_after(problem: Exception, tries: int) -> float | None:
    """Return after how many seconds to try again what failed so often before; None for not at all.

    After a limit Slack says how long. What was refused stays refused.
    """
    if tries >= TRIES:
        return None
    if isinstance(problem, Unshown):
        return _pause(problem.status, problem.seconds, tries)
    if isinstance(problem, SlackApiError):
        headers = {str(k).casefold(): v for k, v in (problem.response.headers or {}).items()}
        return _pause(problem.response.status_code, seconds_in(headers), tries)
    return A_SECOND * 2**tries if isinstance(problem, OSError) else None


def seconds_in(headers: dict[str, str]) -> float:
    """Return how long Slack asks to wait; the names of headers are in small letters."""
    try:
        return max(0.0, float(headers.get("retry-after") or A_SECOND))
    except ValueError:
        return A_SECOND


def _pause(status: int, seconds: float, tries: int) -> float | None:
    if status == TOO_MANY:
        return seconds
    return A_SECOND * 2**tries if status >= BROKEN else None
