"""`import_register FILE.xlsx --centre TAS [--commit] [--errors out.xlsx]`: the register import for the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from safar.cases.actions import registers
from safar.cases.importers.register import messages, returned
from safar.cases.importers.register.reading import NotARegisterError
from safar.cases.queries.registers import Choices, ImportPreview, preview
from safar.kernel.actor import MACHINE
from safar.reference.queries import codes
from safar.trust.enums import CentreKind
from safar.trust.models import Centre


class Command(BaseCommand):
    help = "Read an Excel register of visits; without --commit only say what would be taken over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--centre", default="", help="code of the centre that kept the register, such as TAS")
        parser.add_argument("--commit", action="store_true", help="take the readable rows over")
        parser.add_argument("--errors", type=Path, help="write the register back here with what is to be mended")
        parser.add_argument(
            "--consent-on-paper",
            action="store_true",
            help="the people named gave written consent and the papers are kept at the centre",
        )
        parser.add_argument(
            "--default-mode", default="in_person_office", help="how visits took place that do not say so"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        centre = self._centre(options["centre"])
        if not codes.is_known("mode", options["default_mode"]):
            raise CommandError(f"There is no way of contact with the code {options['default_mode']}.")
        content = self._read(options["file"])
        choices = Choices(default_mode=options["default_mode"], consent_on_paper=options["consent_on_paper"])
        try:
            found = preview(content, centre=centre, choices=choices, by=MACHINE)
        except NotARegisterError as error:
            raise CommandError(str(messages.FILE_PROBLEMS[str(error)])) from error
        self._tell(found)
        if options["errors"]:
            options["errors"].write_bytes(returned.workbook(content, found.sheets, found.read.problems))
            self.stdout.write(f"Written: {options['errors']}")
        if options["commit"] and found.known and not found.fresh:
            self.stdout.write("Nothing is new: all readable rows were taken over before.")
        elif options["commit"]:
            self._commit(content, options["file"].name, centre, choices)

    def _centre(self, code: str) -> Centre:
        """Return the centre named, or the only one there is: outreach points keep their visits in its register."""
        found = Centre.objects.filter(code=code) if code else Centre.objects.filter(kind=CentreKind.CENTRE)
        if len(found) == 1:
            return found[0]
        if code:
            raise CommandError(f"There is no centre with the code {code}.")
        known = ", ".join(Centre.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"Say which centre kept the register with --centre: {known or 'there is none yet'}.")

    def _read(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error

    def _tell(self, found: ImportPreview) -> None:
        for sheet in found.sheets:
            named = ", ".join(f"{column.letter} {column.field}" for column in sheet.columns if column.field)
            self.stdout.write(f'Sheet "{sheet.name}", headings in row {sheet.header_row}: {named}')
        self.stdout.write(f"Visits to take over: {len(found.fresh)} ({found.nameless} without a name)")
        self.stdout.write(f"Taken over before: {found.known}")
        self.stdout.write(f"People: {found.new_people} new, {found.matched_people} already registered")
        self.stdout.write(f"Pairs that may be one person, kept apart: {len(found.unsure)}")
        self.stdout.write(f"Rows to be mended first: {found.blocked}")
        for problem in found.read.problems:
            self.stdout.write(f"  {problem.letter}{problem.row}: {messages.of(problem)}")

    def _commit(self, content: bytes, name: str, centre: Centre, choices: Choices) -> None:
        try:
            register = registers.take_over(content=content, file_name=name, centre=centre, choices=choices, by=MACHINE)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(self.style.SUCCESS(f"Taken over: {register.contacts} contacts."))
