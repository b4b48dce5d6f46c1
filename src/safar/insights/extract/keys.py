"""Keyed hashes instead of identifiers: the same person gets the same key in this node, and nobody outside can make it.

Rejected: plain hashes (a list of all client numbers is hashed in a second) and the identifiers themselves (a copied
Parquet file would then join with the registry).
"""

import hmac
import os
import secrets
from pathlib import Path
from uuid import UUID

_BYTES = 8


class Keys:
    """Makes 64-bit keys with one secret, apart for each kind of thing."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, kind: str, identifier: UUID) -> int:
        digest = hmac.digest(self._secret, kind.encode() + b":" + identifier.bytes, "sha256")
        return int.from_bytes(digest[:_BYTES], "big", signed=True)

    def of_any(self, kind: str, identifier: UUID | None) -> int | None:
        return None if identifier is None else self.of(kind, identifier)


def keys_of_node(folder: Path) -> Keys:
    """Return the keys of this installation; its secret is made on first use, stays in the data folder and is backed up with it."""
    path = folder / "secret"
    try:
        return Keys(path.read_bytes())
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = folder / f"secret.{os.getpid()}"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
        aside.replace(path)
        return Keys(path.read_bytes())
