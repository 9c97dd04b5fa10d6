"""Seals what is restricted while it waits in a ledger, so that only who holds the key can read or send it."""

import os
from hashlib import sha256

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from streams.domain.errors import ConfigurationError

_NONCE_BYTES = 12
_SHORTEST_KEY = 16


class SealedError(Exception):
    """What was sealed with another key, or for another delivery, or has been changed."""


class Seal:
    """AES-256-GCM; each sealed text is bound to the delivery that it is for."""

    def __init__(self, key: str) -> None:
        """Take a long random text that stays. Raises `ConfigurationError`."""
        if len(key) < _SHORTEST_KEY:
            raise ConfigurationError("GONGSHI_SHARE_KEY is a long random text, 16 characters at least")
        self._cipher = AESGCM(sha256(key.encode()).digest())

    def close(self, content: bytes, bound_to: str) -> bytes:
        """Return the content sealed, as a JSON object that tells nothing."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, content, bound_to.encode())
        return orjson.dumps({"sealed": sealed.hex()})

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Return the content. Raises `SealedError`."""
        try:
            whole = bytes.fromhex(orjson.loads(sealed)["sealed"])
            return self._cipher.decrypt(whole[:_NONCE_BYTES], whole[_NONCE_BYTES:], bound_to.encode())
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, InvalidTag) as error:
            raise SealedError from error
