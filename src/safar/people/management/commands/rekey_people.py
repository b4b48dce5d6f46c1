from typing import Any

from django.core.management.base import BaseCommand

from safar.kernel.actor import MACHINE
from safar.methods.names import keys
from safar.people.actions import index


class Command(BaseCommand):
    help = "Make the keys of names anew after a change of their rules; may be stopped and started again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        while count := index.rekey(by=MACHINE):
            done += count
            self.stdout.write(f"{done} people")
        self.stdout.write(f"All keys are of version {keys.VERSION}; {done} people had older ones.")
