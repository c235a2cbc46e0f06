"""What long commands tell whoever waits for them."""

import sys


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 progress of a command
