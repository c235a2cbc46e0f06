"""One-time codes by which two accounts become one learner. Pure, but for the draw of a code.

Whoever enters a code proves to read what its maker reads. A code is kept as its SHA-256 only, so
that a copy of the database links nothing. 30 signs to the power of 8 are 6.6e11 codes: with
MOST_TRIES an hour, guessing one within its MINUTES_VALID is hopeless.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1, I and L, which look alike, and U, so that fewer codes read as words."""

CODE_LENGTH = 8

MINUTES_VALID = 10
"""Long enough to change to another program, too short to be found in old messages."""

MOST_TRIES = 5
"""Wrong codes that one learner may enter within TRIES_WITHIN."""

TRIES_WITHIN = timedelta(hours=1)


def new_code() -> str:
    """Draw a code from the system's source of secrets."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def spelled(code: str) -> str:
    """Return the code as people read it: in two halves."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def digest(code: str) -> str:
    """Return what is stored of a code; case, spaces and hyphens do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def expiry(made_at: datetime) -> datetime:
    """Return when a code stops being valid."""
    return made_at + timedelta(minutes=MINUTES_VALID)
