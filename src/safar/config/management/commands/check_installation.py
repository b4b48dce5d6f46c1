import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from safar.reference.queries import codes
from safar.trust.queries import sealed_key
from safar.trust.queries.profile import profile


class Command(BaseCommand):
    help = "Check settings, database, data files and event store; say what is wrong and how to mend it."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("check", deploy=not settings.SAFAR_IS_DEMO)
        self._say("Settings", "in order")
        self._say("Database", self._database())
        self._say(
            "Country profile",
            f"{profile().country}, {len([codes.code_list(name) for name in codes.list_names()])} code lists valid",
        )
        self._say("Data folder", str(settings.DATA_FOLDER))
        key = sealed_key.state()
        where = "SAFAR_SEALED_KEY" if "SAFAR_SEALED_KEY" in os.environ else sealed_key.path()
        self._say("Sealed notes", f"WARNING: {' '.join(key.warnings)}" if key.warnings else f"the key is in {where}")

    def _database(self) -> str:
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            raise CommandError(f"{len(waiting)} migrations wait: run `./safar manage migrate`.")
        return f"{connection.vendor}, all migrations applied"

    def _say(self, what: str, state: str) -> None:
        self.stdout.write(f"{what:<18}{state}")
