"""A line before several servers, first come, first served; and what theory says of two such."""

import heapq
import math
from collections.abc import Iterable, Sequence


def waits(arrivals: Iterable[float], services: Sequence[float], servers: int) -> list[float]:
    """Return how long each waits before a server is free for it, in seconds.

    Args:
        arrivals: moments in seconds, in their order.
        services: how long each is served, in seconds; of one value all take so long.
        servers: how many serve at a time.
    """
    free = [-math.inf] * servers
    same = services[0] if len(services) == 1 else None
    found = []
    for number, at in enumerate(arrivals):
        begins = max(at, free[0])
        heapq.heapreplace(free, begins + (services[number] if same is None else same))
        found.append(begins - at)
    return found


def mean_wait_mmc(arrivals_a_second: float, service_seconds: float, servers: int) -> float:
    """Return the mean wait of M/M/c in seconds, by Erlang's formula; the load is below one."""
    offered = arrivals_a_second * service_seconds
    blocked = 1.0
    for number in range(1, servers + 1):  # Erlang B, by its recursion
        blocked = offered * blocked / (number + offered * blocked)
    load = offered / servers
    queued = blocked / (1 - load * (1 - blocked))
    return queued * service_seconds / (servers - offered)


def mean_wait_md1(arrivals_a_second: float, service_seconds: float) -> float:
    """Return the mean wait of M/D/1 in seconds, by Pollaczek and Khinchine."""
    load = arrivals_a_second * service_seconds
    return load * service_seconds / (2 * (1 - load))
