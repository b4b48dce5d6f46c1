"""Waiting numbers: giving one out, and a time instead to whoever cannot be received today."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safar.cases.actions import tickets
from safar.cases.enums.day import TicketState
from safar.cases.models import Ticket
from safar.cases.permissions import RUN_DAY
from safar.cases.queries import day as reads
from safar.cases.queries import rota
from safar.desk.access import requires
from safar.desk.cases.day.choosing import chosen
from safar.desk.cases.day.forms import BookingForm, PersonBookingForm, WalkInForm
from safar.desk.cases.day.grid import weekday_of
from safar.desk.cases.facts import label
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries.persons import open_file

_TIMES_OFFERED = 12


@requires(RUN_DAY)
def walk_in(request: DeskRequest) -> HttpResponse:
    return _give(request, None)


@requires(RUN_DAY)
def walk_in_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _give(request, open_file(person_id, by=request.actor))


def _give(request: DeskRequest, person: Person | None) -> HttpResponse:
    at = chosen(request.POST if request.method == "POST" else request.GET, request.actor)
    form = WalkInForm(request.POST or None, initial={"language": person.language if person else ""})
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            ticket = tickets.give(
                centre_id=at.place.pk,
                person_id=person.pk if person else None,
                form_key=key,
                by=request.actor,
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            return redirect("desk:cases:ticket", ticket.pk)
    context = {"at": at, "form": form, "form_key": key, "person": person}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/day/walk_in.html", context, status=status)


@requires(RUN_DAY)
def ticket(request: DeskRequest, ticket_id: UUID) -> HttpResponse:
    """Show a number in big figures, how many go before it, and the next free times for whoever does not wish to wait."""
    get_object_or_404(Ticket, pk=ticket_id)
    found = reads.ticket(ticket_id, by=request.actor)
    free = rota.next_free(found.centre_id, count=_TIMES_OFFERED)
    kind = PersonBookingForm if found.person_id else BookingForm
    form = kind(request.POST or None, slots=free, staff=reads.colleagues(by=request.actor))
    # Days are told with the hours, since these times lie on several.
    form.offer("slot", [(slot.key, f"{weekday_of(rota.local(slot.starts_at).date())}, {rota.local(slot.starts_at):%H:%M}") for slot in free])  # fmt: skip
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            visit = tickets.give_time(
                ticket_id=ticket_id, slot=form.chosen(), details=form.details(), form_key=key, by=request.actor
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The visit is booked, and the number is out of the queue."))
            return redirect("desk:cases:visit", visit.pk)
    context = {"ticket": found, "form": form, "form_key": key, "free": free, **_queue(found, request)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/day/ticket.html", context, status=status)


def _queue(found: Ticket, request: DeskRequest) -> dict[str, object]:
    order = [one for one in reads.tickets(found.day, place=found.centre, by=request.actor) if one.is_waiting]
    numbers = [one.ticket.pk for one in order]
    own = next((one for one in order if one.ticket.pk == found.pk), None)
    return {
        "need": label("walk_in_need", found.need),
        "before": numbers.index(found.pk) if own else 0,
        "own": own,
        "is_waiting": found.state == TicketState.WAITING,
        "day_query": f"?on={found.day}&place={found.centre_id}",
    }
