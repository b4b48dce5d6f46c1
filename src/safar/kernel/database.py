"""The one module with engine-specific code: append-only tables and the guard that keeps reads from writing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, migrations, transaction

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


@contextmanager
def removal(table: str) -> Iterator[None]:
    """Let rows of an append-only table be deleted inside, in one transaction; changing them stays refused.

    Two things may do this: erasing a person at their request, and forgetting what the country's terms say is over.
    """
    with transaction.atomic():
        for statement in _removal_sql(table, connection.vendor)[0]:
            _execute(statement)
        # Not in a `finally`: after an error the transaction is undone, and with it what was opened.
        yield
        for statement in _removal_sql(table, connection.vendor)[1]:
            _execute(statement)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _removal_sql(table: str, vendor: str) -> tuple[list[str], list[str]]:
    """Return what opens and what closes a table: SQLite has no settings a trigger could read, but undoes a dropped trigger."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_delete"], [_sqlite_trigger(table, "DELETE")]
    return (
        [f"SELECT set_config('safar.removal', '{table}', true)"],
        ["SELECT set_config('safar.removal', '', true)"],
    )


def append_only(table: str) -> migrations.RunPython:
    """Return a migration step after which the database itself refuses to change or delete rows of `table`."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        for statement in _append_only_sql(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def _append_only_sql(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [_sqlite_trigger(table, verb) for verb in ("UPDATE", "DELETE")]
    refuse = (
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' AND current_setting('safar.removal', true) = '{table}' THEN RETURN OLD; END IF; "
        f"RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    return [
        refuse,
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]


def _sqlite_trigger(table: str, verb: str) -> str:
    return f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
