"""`remind_of_tomorrow`: reminders of tomorrow's visits, for a timer at an hour when people may be written to."""

from typing import Any

from django.core.management.base import BaseCommand

from safar.cases.actions import reminding
from safar.kernel.actor import MACHINE


class Command(BaseCommand):
    help = "Write the reminders of tomorrow's visits that are not written yet; the consent gate decides on each."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = reminding.remind_of_tomorrow(by=MACHINE)
        self.stdout.write(f"{done.sent} on their way, {done.kept_back} kept back")
