"""What can go wrong when a record is to be deleted."""

from bot.core.command_refs import ref
from bot.core.errors import CoachError


class NotConfirmed(CoachError):
    """Nothing was deleted: this is not the code of the last ten minutes."""

    sentence = (
        f"That code does not confirm it, so nothing was deleted. Type {ref('privacy delete')} for "
        "a new code, and send it within ten minutes."
    )
