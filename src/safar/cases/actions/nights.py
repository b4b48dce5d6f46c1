import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from safar.cases.enums.day import OPEN_TICKETS, OPEN_VISITS
from safar.cases.models import Appointment, Ticket
from safar.cases.permissions import RUN_DAY
from safar.cases.queries.rota import at
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit


@dataclass(frozen=True, slots=True)
class Asked:
    """How many visits and numbers nobody had said anything of by the end of their day."""

    visits: int
    tickets: int


@transaction.atomic
def ask_about_untouched(*, by: Actor) -> Asked:
    """Put what was left open on an earlier day before people, to say what became of it; it is never made a no-show here.

    A second run on the same night finds nothing more.
    """
    check_may(by, RUN_DAY)
    day = today()
    visits = Appointment.objects.filter(
        state__in=sorted(OPEN_VISITS), starts_at__lt=at(day, dt.time.min), asked_about_on=None
    ).update(asked_about_on=day)
    tickets = Ticket.objects.filter(state__in=sorted(OPEN_TICKETS), day__lt=day, asked_about_on=None).update(
        asked_about_on=day
    )
    if visits or tickets:
        audit.record(by=by, action="cases.day.ask", fields=["asked_about_on"])
    return Asked(visits, tickets)
