"""What Discord takes, in characters and in numbers.

From its documentation of messages, embeds, components and application commands (API version 10).
"""

EMBED_DESCRIPTION = 4096
EMBED_FOOTER = 2048

ROWS = 5
BUTTONS_IN_ROW = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
SELECT_OPTIONS = 25

MODAL_TITLE = 45
LABEL = 45
PLACEHOLDER = 100
TEXT_INPUT = 4000

AUTOCOMPLETE_CHOICES = 25
CHOICE = 100
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 100

MESSAGE = 4000
"""Of those who pay for it; else 2000."""

OPTION = 6000
"""The text of an option of a command."""

THREAD_NAME = 100
ALT_TEXT = 1024
FILES = 10
