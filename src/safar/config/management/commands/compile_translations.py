from typing import Any

from django.core.management.base import BaseCommand

from safar.config.translations import compile_all


class Command(BaseCommand):
    help = "Compile the catalogues and derive Uzbek in Cyrillic from the Latin one."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_all():
            if options["verbosity"] > 1:
                self.stdout.write(str(path))
