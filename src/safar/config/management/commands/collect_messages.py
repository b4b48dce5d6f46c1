from typing import Any

from django.core.management.base import BaseCommand

from safar.config.messages import update


class Command(BaseCommand):
    help = "Bring the catalogues up to date with code and templates; says how much of each is translated."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in ("ru", "uz"):
            catalogue = update(language)
            messages = [message for message in catalogue if message.id]
            done = sum(1 for message in messages if message.string and all(message.string))
            self.stdout.write(f"{language}: {done} of {len(messages)} messages translated")
