"""Workbooks of instruments and the files they name, as they came, kept by their hash in a folder only the service may open."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

_HASH = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    path = Path(settings.DATA_FOLDER) / "files" / "instruments"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(content: bytes) -> str:
    """Store content under its SHA-256 and return that; the same content twice is one file."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder() / sha256
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(content)
    return sha256


def content_of(sha256: str) -> bytes | None:
    """Return a kept file, None when there is none; only a hash is accepted, so that no other file can be asked for."""
    path = folder() / sha256 if _HASH.fullmatch(sha256) else None
    return path.read_bytes() if path and path.exists() else None
