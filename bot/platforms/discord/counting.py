"""Note when Discord replied, and count what it refuses for those who watch."""

from types import SimpleNamespace

import aiohttp

from bot.core.measuring import Meter, Trouble
from bot.core.platform_times import PlatformTimes
from bot.platforms.discord.people import PLATFORM

TOO_MANY = 429
BROKEN = 500
REFUSED = 400


def trace_of(meter: Meter, times: PlatformTimes) -> aiohttp.TraceConfig:
    """Return what sees the end of each request to Discord."""

    async def ended(
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestEndParams,
    ) -> None:
        status = request.response.status
        times.told(request.response.headers.get("Date"))
        if status == TOO_MANY:
            meter.troubled(PLATFORM, Trouble.RATE_LIMITED)
        elif status >= BROKEN:
            meter.troubled(PLATFORM, Trouble.SERVER_ERROR)
        elif status >= REFUSED:
            meter.troubled(PLATFORM, Trouble.REFUSED)

    async def failed(
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        _request: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        meter.troubled(PLATFORM, Trouble.UNREACHABLE)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    trace.on_request_exception.append(failed)
    return trace
