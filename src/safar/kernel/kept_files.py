"""Files as they came, kept by their hash in a folder only the service may open."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """The kept files of one kind: `name` is their folder in the data folder, `ending` what their names end in."""

    name: str
    ending: str = ""

    def folder(self) -> Path:
        path = Path(settings.DATA_FOLDER) / "files" / self.name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def keep(self, content: bytes) -> str:
        """Store content under its SHA-256 and return that; the same content twice is one file."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(content)
        return sha256

    def content_of(self, sha256: str) -> bytes | None:
        """Return a kept file, None when there is none; only a hash is accepted, so that no other file can be asked for."""
        path = self._path(sha256) if _HASH.fullmatch(sha256) else None
        return path.read_bytes() if path and path.exists() else None

    def discard(self, sha256: str) -> None:
        """Delete a kept file that was not taken over after all."""
        if self.content_of(sha256) is not None:
            self._path(sha256).unlink()

    def _path(self, sha256: str) -> Path:
        return self.folder() / f"{sha256}{self.ending}"
