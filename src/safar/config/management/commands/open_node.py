import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from safar.cases.actions import instruments
from safar.guide.actions import content
from safar.kernel.actor import MACHINE
from safar.trust.actions import centres, staff
from safar.trust.models import Centre, Staff
from safar.trust.queries.profile import profile


class Command(BaseCommand):
    help = "Open a new node: the centres its country profile names, the guide, the instruments, and the first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Staff.objects.exists():
            raise CommandError("This node is open already: an administrator adds further staff at the desk.")
        for seed in profile().centres:
            # Outreach points and teams in the profile are samples for the demo; each centre adds its own at the desk.
            if not seed.demo:
                centres.add_from_profile(seed=seed, by=MACHINE)
        content.load(by=MACHINE)
        instruments.install_shipped(by=MACHINE)
        password = secrets.token_urlsafe(15)
        home = Centre.objects.order_by("code").first()
        try:
            staff.add(
                email=options["email"],
                full_name=options["name"],
                centre=home,
                roles=["administrator"],
                password=password,
                by=MACHINE,
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"Centres: {', '.join(str(centre.code) for centre in Centre.objects.order_by('code'))}")
        self.stdout.write(
            f"Sign in at /desk/ as {options['email']} with {password} and change it there. It is shown only now."
        )
