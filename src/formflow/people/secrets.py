"""Passwords and tokens: made, kept as what cannot be turned back, and checked."""

from __future__ import annotations

import secrets
from hashlib import sha256

from formflow.errors import UsageError
from formflow.messages import people as messages

LEAST = 10
"""Characters of a password; length is what counts (NIST SP 800-63B)."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PREFIX = "fft_"


def hash_password(password: str) -> str:
    """A password as it is kept: Argon2id with a salt of its own.

    Raises:
        UsageError: It is too short.
    """
    from argon2 import PasswordHasher  # most commands open the store and need no password

    if len(password) < LEAST:
        raise UsageError(messages.WEAK(least=LEAST), code="weak-password")
    return PasswordHasher().hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept; as slow where none is kept, so that time tells nothing."""
    from argon2 import PasswordHasher  # as above
    from argon2.exceptions import InvalidHashError, VerificationError  # as above

    if kept is None:
        PasswordHasher().hash(password)
        return False
    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def one_time_password() -> str:
    """A password for one use, to be read out and typed: 80 bits in groups of four, without letters that look alike."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def new_token() -> str:
    """A token: 256 bits; it is shown once and kept as its digest."""
    return _PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """A token as it is kept. It is long and random, so that a plain digest cannot be turned back."""
    return sha256(token.strip().encode()).hexdigest()
