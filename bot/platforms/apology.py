"""What somebody is told when something went wrong that is our fault."""

import logging
import secrets

from bot.core.reply import Paragraph, Reply
from bot.core.words.errors import unexpected

log = logging.getLogger(__name__)


def apology(problem: Exception) -> Reply:
    """Log the error with a reference, and return the apology that names it."""
    reference = secrets.token_hex(3)
    log.error("unexpected error %s", reference, exc_info=problem)
    return Reply((Paragraph(unexpected(reference)),))
