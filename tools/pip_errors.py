"""Turn what pip wrote into one sentence that says what to do."""

import re

DISK_FULL = (
    "the disk is full: free about 2.5 GB here and in the temporary folder "
    "(with TORCH_INDEX=<address of CPU builds> PyTorch brings no GPU libraries, which need more)"
)
NO_NETWORK = "cannot reach the package index; check the network or PIP_INDEX_URL"

_FULL = re.compile(r"No space left on device|\[Errno 28\]|Disk quota exceeded|\[Errno 122\]")
# pip warns of each attempt that failed; only the last one means that it gave up.
_GAVE_UP = re.compile(
    r"Retry\(total=0|Max retries exceeded|Could not fetch URL|Failed to connect|\bConnectionError"
)
_TROUBLE = re.compile(
    r"connection broken by|NewConnectionError|Timeout(?:Error)?\b|ProxyError|SSLError"
    r"|NameResolutionError|Temporary failure in name resolution|Network is unreachable"
    r"|Connection (?:refused|reset)"
)
_NO_MATCH = re.compile(r"No matching distribution found for (\S+)")
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


def explain(output: str) -> str | None:
    """Say what went wrong, or return None for a failure that is not known."""
    if _FULL.search(output):
        return DISK_FULL
    if _GAVE_UP.search(output):
        return NO_NETWORK
    if found := _NO_MATCH.search(output):
        entry = found.group(1)
        return f"{entry} does not resolve for this Python and platform: correct it or `make lock`"
    if _TROUBLE.search(output):
        return NO_NETWORK
    if "ResolutionImpossible" in output:
        return "the locked versions contradict each other: run `make lock`"
    return None


def tail(output: str, count: int = 8) -> list[str]:
    """Keep the last lines that say something, without credentials in addresses."""
    lines = [line.rstrip() for line in output.splitlines()]
    telling = [line for line in lines if line and not line.startswith("WARNING: Location")]
    return [_CREDENTIALS.sub("***@", line) for line in telling[-count:]]
