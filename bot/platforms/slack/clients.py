"""Clients of the Web API: for replies, which may be sent again, and for posts, which may not.

slack_sdk repeats nothing after a rate limit or an error of the server unless told to. After a
broken connection nobody knows whether a message was taken: a reply to one person is then sent
again, a post is looked for first (see `messenger`).
"""

from collections.abc import Callable
from typing import Final

from slack_sdk import WebClient
from slack_sdk.http_retry import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    RetryHandler,
)
from slack_sdk.http_retry.builtin_handlers import ServerErrorRetryHandler

TRIES: Final = 3
"""After so many the person is told, or the daily question is tried again later."""

SECONDS: Final = 15
"""Longer than any answer of Slack, but for uploads on slow lines."""

TokenOf = Callable[[str], str | None]
"""The token of a community, None where the app is not installed."""


def replying(token: str | None, api_url: str) -> WebClient:
    """Return a client that repeats whatever may help."""
    again: list[RetryHandler] = [
        ConnectionErrorRetryHandler(max_retry_count=1),
        RateLimitErrorRetryHandler(max_retry_count=TRIES),
        ServerErrorRetryHandler(max_retry_count=TRIES),
    ]
    return WebClient(token, base_url=_base(api_url), timeout=SECONDS, retry_handlers=again)


def posting(token: str | None, api_url: str) -> WebClient:
    """Return a client that repeats only what Slack surely did not take."""
    again: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=TRIES)]
    return WebClient(token, base_url=_base(api_url), timeout=SECONDS, retry_handlers=again)


def _base(api_url: str) -> str:
    return api_url.rstrip("/") + "/"
