"""Whether this installation can serve people now, told without anything an attacker could use."""

import datetime as dt
from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from safar.insights.store import folder
from safar.kernel.clock import now
from safar.kernel.version import VERSION


@dataclass(frozen=True, slots=True)
class Health:
    """What was found. The age of the event store says how old reports are; it makes nothing unhealthy."""

    database: bool
    migrations: bool
    events_age_seconds: int | None

    @property
    def is_well(self) -> bool:
        return self.database and self.migrations


def check() -> Health:
    """Look at the database, at migrations that wait, and at the event store."""
    reachable = _database_answers()
    return Health(
        database=reachable, migrations=reachable and _migrations_are_applied(), events_age_seconds=_events_age()
    )


def product_version() -> str:
    return VERSION


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _events_age() -> int | None:
    manifest = folder.current()
    if manifest is None:
        return None
    return max(int((now() - dt.datetime.fromisoformat(manifest.built_at)).total_seconds()), 0)
