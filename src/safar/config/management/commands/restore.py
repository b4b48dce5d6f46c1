from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from safar.config import backup


class Command(BaseCommand):
    help = "Put a backup into an empty data folder and verify it row by row count and hash by hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = backup.restore(options["file"])
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Restored and verified: {rows} rows, {len(manifest['sha256'])} files, all as backed up.")
