"""What Slack takes at most. Sizes are UTF-16 units, the strictest way in which Slack may count.

Sources: docs.slack.dev, the reference of Block Kit, of views and of chat.postMessage.
"""

from typing import Final

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
SECTION: Final = 3000
HEADER: Final = 150
BUTTON: Final = 75
VALUE: Final = 2000
ELEMENTS: Final = 25
VIEW_TITLE: Final = 24
PRIVATE_METADATA: Final = 3000
INPUT: Final = 3000
OPTIONS: Final = 100
OPTION: Final = 75
ALT_TEXT: Final = 1000
"""Slack takes 2000; a description longer than this is no longer read to the end."""

PAGE: Final = 12_000
"""Text in all blocks of one message. Slack refuses with msg_blocks_too_long somewhat above it."""

FALLBACK: Final = 3000
"""The `text` beside blocks, which notifications and screen readers use; Slack takes 40,000."""
