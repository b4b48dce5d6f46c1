from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from safar.demo import build
from safar.demo.office import PASSWORD
from safar.trust.models import Staff
from safar.trust.permissions import ROLES


class Command(BaseCommand):
    help = "Build the demo node of the country set: generated people only, the same for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--people", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SAFAR_IS_DEMO:
            raise CommandError("This installation is not a demo; generated people must not mix with real ones.")
        if build.exists():
            self.stdout.write("The demo is already built; --fresh builds it anew.")
        else:
            build.build(seed=options["seed"], people=options["people"], say=self._say)
        self.stdout.write("\nSign in at /desk/ with any of these and the password " + PASSWORD)
        for member in Staff.objects.exclude(email__regex=r"[0-9]@").prefetch_related("role_assignments"):
            role = member.role_assignments.all()[0].role
            self.stdout.write(f"  {member.email:<28}{ROLES[role].name}")

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
