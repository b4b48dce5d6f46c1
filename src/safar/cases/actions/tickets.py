from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from safar.cases.actions import appointments, places
from safar.cases.enums.day import TICKET_MOVES, TicketState, VisitOrigin
from safar.cases.models import Appointment, Ticket
from safar.cases.permissions import RUN_DAY
from safar.cases.queries.rota import SlotKey
from safar.cases.rules.day import VisitDetails
from safar.cases.rules.moves import may_move
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.models import Centre


@transaction.atomic
def give(
    *,
    centre_id: UUID,
    need: str = "ordinary",
    person_id: UUID | None = None,
    language: str = "",
    form_key: str = "",
    by: Actor,
) -> Ticket:
    """Give somebody who came the day's next number at the place; its row is held, so that no number comes twice."""
    check_may(by, RUN_DAY)
    if earlier := once.result_of(form_key):
        return Ticket.objects.get(pk=earlier)
    places.check_runs(centre_id, by)
    if not codes.is_known("walk_in_need", need):
        raise ValidationError({"need": _("Choose one of the values offered.")})
    Centre.objects.select_for_update(no_key=True).get(pk=centre_id)
    day = today()
    last = Ticket.objects.filter(centre=centre_id, day=day).aggregate(last=Max("number"))["last"] or 0
    ticket = Ticket.objects.create(
        centre_id=centre_id,
        day=day,
        number=last + 1,
        person_id=person_id,
        need=need,
        language=language if codes.is_known("language", language) else "",
        given_by_id=by.staff_id,
        came_at=now(),
    )
    once.use(form_key, ticket.pk)
    _trail(ticket, "cases.ticket.give", by, ["number"])
    return ticket


@transaction.atomic
def move(*, ticket_id: UUID, to: str, by: Actor) -> Ticket:
    """Call a number, end it, or note that its holder left; who calls it serves it."""
    check_may(by, RUN_DAY)
    if to == TicketState.GIVEN_TIME:
        raise ValidationError({"to": _("Choose the time first.")})
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket_id)
    places.check_runs(ticket.centre_id, by)
    _to(ticket, to, by)
    _trail(ticket, "cases.ticket.move", by, ["state"])
    return ticket


@transaction.atomic
def give_time(*, ticket_id: UUID, slot: SlotKey, details: VisitDetails, form_key: str = "", by: Actor) -> Appointment:
    """Book a visit for somebody who cannot be received today, and take their number out of the queue."""
    check_may(by, RUN_DAY)
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket_id)
    places.check_runs(ticket.centre_id, by)
    if earlier := once.result_of(form_key):
        return Appointment.objects.get(pk=earlier)
    visit = appointments.book(
        slot=slot,
        person_id=ticket.person_id,
        details=details,
        origin=VisitOrigin.WALK_IN,
        form_key=form_key,
        by=by,
    )
    _to(ticket, TicketState.GIVEN_TIME, by)
    _trail(ticket, "cases.ticket.move", by, ["state"])
    return visit


def _to(ticket: Ticket, to: str, by: Actor) -> None:
    if not may_move(TICKET_MOVES, ticket.state, to):
        raise ValidationError({"to": _("A number cannot go this way.")})
    ticket.state = to
    if to == TicketState.SERVING:
        ticket.served_at, ticket.staff_id = now(), by.staff_id
    elif to == TicketState.WAITING:
        ticket.served_at = ticket.staff_id = None
    else:
        ticket.ended_at = now()
    ticket.asked_about_on = None
    ticket.save()


def _trail(ticket: Ticket, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=ticket.person_id, subject_key=ticket.pk, fields=fields)
