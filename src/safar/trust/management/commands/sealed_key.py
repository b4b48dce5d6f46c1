from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from safar.kernel.actor import MACHINE
from safar.trust.actions import sealed_key as actions
from safar.trust.queries import sealed_key as queries
from safar.trust.sealing import CannotOpenError


class Command(BaseCommand):
    help = "The key of the sealed notes: make it once, change it without losing a note, or say what is wrong with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["make", "rotate", "state"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (CannotOpenError, ValueError) as error:
            raise CommandError(str(error)) from error

    def _make(self) -> None:
        file = actions.make()
        self.stdout.write(f"The key is in {file}. Make two copies now and keep them at two places, away from backups.")
        self.stdout.write("Whoever loses all copies loses the notes: nobody can open them again.")

    def _rotate(self) -> None:
        count = actions.rotate(by=MACHINE)
        self.stdout.write(f"{count} notes are wrapped with the new key in {queries.path()}.")
        self.stdout.write(
            "Copy it twice. Keep the old copies as long as backups from before are kept, then destroy them."
        )

    def _state(self) -> None:
        state = queries.state()
        for warning in state.warnings:
            self.stdout.write(f"Warning: {warning}")
        if not state.keys:
            raise CommandError("Nothing can be sealed or opened.")
        self.stdout.write(f"{state.keys} key{'s' if state.keys > 1 else ''} in {queries.path()}.")
