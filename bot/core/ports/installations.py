"""The port of a platform's own credentials: one sealed text for each place that installed it."""

from datetime import datetime
from typing import Protocol


class Installations(Protocol):
    """What a platform needs to act in a community, sealed by the platform; nothing here opens it.

    A platform names a place by a key of its own, such as the ids of a workspace and its enterprise.
    """

    def get(self, platform: str, key: str) -> str | None:
        """Return the sealed text, None where the platform is not installed."""
        ...

    def put(self, platform: str, key: str, sealed: str, at: datetime) -> None:
        """Keep the sealed text in place of an earlier one."""
        ...

    def delete(self, platform: str, key: str) -> None:
        """Forget it; nothing happens where there is none."""
        ...

    def keys(self, platform: str) -> tuple[str, ...]:
        """Return the keys of all places where the platform is installed, in order."""
        ...
