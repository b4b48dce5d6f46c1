"""Open the current build read-only, with no way out of the file: a definition can be wrong, but it cannot read the disk."""

import threading
from pathlib import Path
from typing import Any

from safar.insights.store import folder

_OPEN = threading.local()


class StoreMissingError(RuntimeError):
    """Nothing has been built yet."""


def connect(database: Path) -> Any:
    """Return an Ibis connection that can neither write nor reach files or the network, and whose settings are locked."""
    import ibis

    connection = ibis.duckdb.connect(database, read_only=True, enable_external_access=False, threads=2)
    connection.raw_sql("SET lock_configuration = true")
    return connection


def current() -> tuple[Any, folder.Manifest]:
    """Return this thread's connection to the current build; a new build replaces it at the next call."""
    manifest = folder.current()
    if manifest is None:
        raise StoreMissingError("The event store has not been built yet.")
    database = folder.build_folder(manifest.build) / folder.DATABASE
    if getattr(_OPEN, "database", None) != database:
        close()
        _OPEN.connection = connect(database)
        _OPEN.database = database
    return _OPEN.connection, manifest


def close() -> None:
    """Close this thread's connection."""
    if getattr(_OPEN, "database", None) is not None:
        _OPEN.connection.disconnect()
        _OPEN.database = None
