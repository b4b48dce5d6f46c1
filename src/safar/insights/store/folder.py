"""Where the event store lies: one folder a build, and a pointer that is swapped in one step."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

DATABASE = "events.duckdb"
KEY_MAP = "private/keys.parquet"
_KEEP = 2  # the build in use and the one a reader may still have open


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build holds: of which state of the records, made when, with how many rows."""

    build: str
    data_version: str
    built_at: str
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running build has come."""

    table: str
    done: int
    of: int
    started_at: str


def root() -> Path:
    return Path(settings.DATA_FOLDER) / "insights"


def build_folder(build: str) -> Path:
    return root() / "builds" / build


def current() -> Manifest | None:
    """Return the build readers use, None before the first."""
    try:
        build = (root() / "current").read_text(encoding="utf-8").strip()
        return Manifest(**json.loads((build_folder(build) / "manifest.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def publish(aside: Path, manifest: Manifest) -> None:
    """Make a finished build the current one; a reader sees the old one or the new one, never a half."""
    (aside / "manifest.json").write_text(json.dumps(asdict(manifest), sort_keys=True), encoding="utf-8")
    aside.rename(build_folder(manifest.build))
    pointer = root() / f"current.{manifest.build}"
    pointer.write_text(manifest.build, encoding="utf-8")
    pointer.replace(root() / "current")
    _remove_old(manifest.build)


def _remove_old(build: str) -> None:
    builds = sorted((root() / "builds").iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in [folder for folder in builds if folder.name != build][_KEEP - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def only_one() -> Iterator[bool]:
    """Give True to one builder at a time on this machine, False to the others."""
    import fcntl

    root().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def note_progress(progress: Progress | None) -> None:
    """Say how far the build is, or that none runs."""
    path = root() / "progress.json"
    if progress is None:
        path.unlink(missing_ok=True)
        return
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(asdict(progress)), encoding="utf-8")
    aside.replace(path)


def progress() -> Progress | None:
    try:
        return Progress(**json.loads((root() / "progress.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
