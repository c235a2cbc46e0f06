"""Seal what must not lie open: the tokens of workspaces, and the states of installations.

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

    def __init__(self, passphrases: Iterable[str], what: str = "tokens") -> None:
        """Wire it; what is sealed as one thing does not open as another."""
        self._keys = MultiFernet([Fernet(_key(each, what)) for each in passphrases])

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


def _key(passphrase: str, what: str) -> bytes:
    info = f"interview coach, slack {what}".encode()
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return base64.urlsafe_b64encode(derive.derive(passphrase.encode()))
