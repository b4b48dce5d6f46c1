"""The one module with engine-specific code: append-only tables and the guard that keeps reads from writing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, migrations

_WRITING_ALLOWED: ContextVar[bool] = ContextVar("writing_allowed", default=True)
_WRITE_WORDS = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "DROP", "ALTER", "TRUNCATE")


class WriteOnReadError(RuntimeError):
    """A page that only shows something tried to change the database."""


@contextmanager
def read_only() -> Iterator[None]:
    """Refuse SQL writes inside; a GET that writes is repeated by every reload, prefetch and crawler."""
    token = _WRITING_ALLOWED.set(False)
    try:
        with connection.execute_wrapper(_refuse_writes):
            yield
    finally:
        _WRITING_ALLOWED.reset(token)


@contextmanager
def deliberate_write() -> Iterator[None]:
    """Allow a write inside a read: only for traces of the read itself, such as its audit row and the session."""
    token = _WRITING_ALLOWED.set(True)
    try:
        yield
    finally:
        _WRITING_ALLOWED.reset(token)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    if not _WRITING_ALLOWED.get() and sql.lstrip()[:8].upper().startswith(_WRITE_WORDS):
        raise WriteOnReadError(sql.split("(", 1)[0][:80])
    return execute(sql, params, many, context)


def append_only(table: str) -> migrations.RunPython:
    """Return a migration step after which the database itself refuses to change or delete rows of `table`."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        for statement in _append_only_sql(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def _append_only_sql(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]
