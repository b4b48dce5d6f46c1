from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safar.config import backup


class Command(BaseCommand):
    help = "Write everything the installation holds into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backup.write(options["file"])
        except FileExistsError as error:
            raise CommandError(f"{options['file']} exists; choose another name.") from error
        self.stdout.write(f"{options['file']}: {sum(manifest['rows'].values())} rows, {len(manifest['sha256'])} files.")
