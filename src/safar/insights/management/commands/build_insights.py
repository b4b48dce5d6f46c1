from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safar.insights.store import building
from safar.insights.store.folder import Progress


class Command(BaseCommand):
    help = "Build the event store the month report is counted from."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = building.build(report=self._say)
        except building.BuildRunningError as error:
            raise CommandError(str(error)) from error
        rows = ", ".join(f"{table} {count}" for table, count in manifest.rows.items())
        self.stdout.write(f"Built {manifest.data_version}: {rows}")

    def _say(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done + 1}/{progress.of} {progress.table}")
