"""A Discord in a thread of its own, for programs that are called and waited for."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.platforms.discord.wire.server import Discord


@contextmanager
def aside() -> Iterator[Discord]:
    """Serve until the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    served = Discord()
    asyncio.run_coroutine_threadsafe(served.start(), loop).result(30)
    try:
        yield served
    finally:
        asyncio.run_coroutine_threadsafe(served.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
