"""The file as it came, kept by its hash in a folder only the service may open."""

import hashlib
from pathlib import Path

from django.conf import settings

_HEX = frozenset("0123456789abcdef")


def keep(content: bytes) -> str:
    """Store the file under its SHA-256 and return that; the same content twice is one file."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _folder() / sha256
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(content)
    return sha256


def content_of(sha256: str) -> bytes | None:
    """Return a kept file, None when there is none; only a hash is accepted, so that no other file can be asked for."""
    if len(sha256) != len(hashlib.sha256().hexdigest()) or not set(sha256) <= _HEX:
        return None
    path = _folder() / sha256
    return path.read_bytes() if path.exists() else None


def discard(sha256: str) -> None:
    """Delete a kept file that was not taken over after all."""
    if content_of(sha256) is not None:
        (_folder() / sha256).unlink()


def _folder() -> Path:
    path = Path(settings.DATA_FOLDER) / "files" / "agencies"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
