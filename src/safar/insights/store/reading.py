"""Open the current build read-only, with no way out of the file: a definition can be wrong, but it cannot read the disk."""

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from safar.insights.extract.schemas import DERIVED, TABLES
from safar.insights.store import folder

_OPEN = threading.local()
_TYPES = {
    "key": "int64",
    "text": "string",
    "date": "date",
    "time": "timestamp('UTC')",
    "flag": "boolean",
    "count": "int64",
    "number": "float64",
}


class StoreMissingError(RuntimeError):
    """Nothing has been built yet."""


@dataclass(frozen=True, slots=True)
class Store:
    """Runs Ibis expressions over the tables of one build.

    The expressions name tables by schema, not by connection, so another engine runs them unchanged; Ibis writes the SQL
    and DuckDB runs it. Rejected: Ibis's own DuckDB connection, which asks the database for the schema at every table.
    """

    connection: Any

    def table(self, name: str) -> Any:
        import ibis

        columns = TABLES.get(name) or DERIVED[name]
        return ibis.table({column: _TYPES[kind] for column, kind in columns.items()}, name=name)

    def fetch(self, expression: Any) -> list[dict[str, Any]]:
        """Return the rows of an expression."""
        return list(self.connection.sql(_sql(expression.op())).to_arrow_table().to_pylist())

    def close(self) -> None:
        self.connection.close()


@lru_cache(4096)
def _sql(operation: Any) -> str:
    """Write an expression in SQL; writing takes longer than running, and a report asks the same of every new build."""
    import ibis

    return str(ibis.to_sql(operation.to_expr(), dialect="duckdb"))


def connect(database: Path) -> Store:
    """Open a build: it can neither write nor reach files or the network, and its settings are locked."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "lock_configuration": "true",
        "threads": "2",
    }
    return Store(duckdb.connect(str(database), read_only=True, config=settings))


def current() -> tuple[Store, folder.Manifest]:
    """Return this thread's connection to the current build; a new build replaces it at the next call."""
    manifest = folder.current()
    if manifest is None:
        raise StoreMissingError("The event store has not been built yet.")
    database = folder.build_folder(manifest.build) / folder.DATABASE
    if getattr(_OPEN, "database", None) != database:
        close()
        _OPEN.store, _OPEN.database = connect(database), database
    return _OPEN.store, manifest


def close() -> None:
    """Close this thread's connection."""
    if getattr(_OPEN, "database", None) is not None:
        _OPEN.store.close()
        _OPEN.database = None
