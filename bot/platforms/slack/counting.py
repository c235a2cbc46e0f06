"""Clients of the Web API that note when Slack replies and what it refuses; they never try again."""

import threading

from slack_sdk import WebClient
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from typing_extensions import override

from bot.core.faults import Faults
from bot.core.measuring import Meter, Trouble
from bot.core.platform_times import PlatformTimes
from bot.platforms.slack.clients import BROKEN, SECONDS, TOO_MANY, client_of
from bot.platforms.slack.people import PLATFORM

REFUSED = 400
"""HTTP's least word for an error."""


DOWN = frozenset({Trouble.UNREACHABLE, Trouble.SERVER_ERROR})

DOWN_AFTER = 3
"""Calls in a row that come to nothing; a single one is no outage."""


class Outage:
    """Say once that Slack does not answer, whoever finds that out, and once that it does again."""

    def __init__(self) -> None:
        self._faults = Faults()
        self._lock = threading.Lock()
        self._in_a_row = 0

    def note(self, trouble: Trouble | None) -> None:
        """Note what a call came to; None for nothing that is wrong."""
        with self._lock:
            self._in_a_row = self._in_a_row + 1 if trouble in DOWN else 0
            if self._in_a_row >= DOWN_AFTER:
                self._faults.met("Slack", "it answers with errors, or not at all")
            elif not self._in_a_row:
                self._faults.over("Slack")


def counting_client_of(
    token: str | None,
    api_url: str,
    meter: Meter,
    times: PlatformTimes,
    seconds: int = SECONDS,
    outage: Outage | None = None,
) -> WebClient:
    """Return a client that never waits to try again; `seconds` bound each step of a call."""
    client = client_of(token, api_url, seconds)
    client.retry_handlers = [CountingHandler(meter, times, outage or Outage())]
    return client


class CountingHandler(RetryHandler):
    """See each answer of Slack, as handlers that try again do, and never try again."""

    def __init__(self, meter: Meter, times: PlatformTimes, outage: Outage) -> None:
        super().__init__()
        self._meter = meter
        self._times = times
        self._outage = outage

    @override
    def can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is not None:
            self._times.told(_date_in(response))
        trouble = _trouble(response)
        self._outage.note(trouble)
        if trouble is not None:
            self._meter.troubled(PLATFORM, trouble)
        return False


def _date_in(response: HttpResponse) -> str | None:
    headers = {name.casefold(): found for name, found in response.headers.items()}
    return next(iter(headers.get("date", ())), None)


def _trouble(response: HttpResponse | None) -> Trouble | None:
    if response is None:
        return Trouble.UNREACHABLE
    if response.status_code == TOO_MANY:
        return Trouble.RATE_LIMITED
    if response.status_code >= BROKEN:
        return Trouble.SERVER_ERROR
    refused = response.status_code >= REFUSED or (response.body or {}).get("ok") is False
    return Trouble.REFUSED if refused else None
