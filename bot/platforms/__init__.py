"""Adapters: each folder translates one platform to the core and back."""

from importlib.util import find_spec


def is_there(platform: str) -> bool:
    """Whether the folder of a platform is here; it is not imported.

    A folder with nothing left but caches has no origin.
    """
    spec = find_spec(f"bot.platforms.{platform}")
    return spec is not None and spec.origin is not None
