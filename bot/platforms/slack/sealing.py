"""Seal what must not lie open in a database: the tokens of workspaces.

Fernet (AES-128-CBC with HMAC-SHA-256) under keys derived from the operator's passphrases by HKDF.
Several passphrases separated by commas change a key without a gap: the first seals, all open.
"""

import base64
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Unreadable(Exception):
    """None of the keys opens it."""


class Seal:
    """Seal and open texts."""

    def __init__(self, passphrases: Iterable[str]) -> None:
        self._keys = MultiFernet([Fernet(_key(each)) for each in passphrases])

    def close(self, text: str) -> str:
        """Return the text sealed."""
        return self._keys.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return what was sealed.

        Raises:
            Unreadable: it was sealed under another key, or changed.
        """
        try:
            return self._keys.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable from None


def passphrases_in(text: str) -> tuple[str, ...]:
    """Return the passphrases of a setting."""
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _key(passphrase: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"interview coach, slack tokens")
    return base64.urlsafe_b64encode(derive.derive(passphrase.encode()))
