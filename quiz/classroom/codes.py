"""Join codes, keys and tokens: how they are made, typed and stored."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Final

SYMBOLS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[:31]
LENGTH: Final = 7
KEY_LENGTH: Final = 12


def join_code() -> str:
    """Return a code of 7 symbols of 31 that are not mistaken for each other: 27 billion codes."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))


def recovery_key() -> str:
    """Return a key of 12 such symbols: short enough to type over, too long to guess (59 bits)."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(KEY_LENGTH))


def grouped(key: str) -> str:
    """Return a recovery key in groups of four.

    >>> grouped("ABCD2345EFGH")
    'ABCD 2345 EFGH'

    """
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def clean(typed: str) -> str:
    """Return a typed code in its stored form: capitals, no spaces or dashes.

    >>> clean(" abc-2 3de ")
    'ABC23DE'

    """
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:20]


def spaced(code: str) -> str:
    """Return a code with a space in it, for reading: “ABC 23DE”."""
    return f"{code[:3]} {code[3:]}"


def token() -> str:
    """Return 128 random bits as text."""
    return secrets.token_urlsafe(16)


def digest(value: str, key: bytes) -> str:
    """Return the hash under which a token is stored, keyed where the host has set a key.

    Without that key, somebody who has the database and a token from a device cannot tell which row
    is that device's.
    """
    return blake2b(value.encode(), key=key[:64], digest_size=32).hexdigest()


def derived(value: str, purpose: str, key: bytes) -> str:
    """Derive a token from another: asking twice gives the same one, so it need not be stored."""
    made = blake2b(value.encode(), key=key[:64], person=purpose.encode(), digest_size=16)
    return urlsafe_b64encode(made.digest()).rstrip(b"=").decode()
