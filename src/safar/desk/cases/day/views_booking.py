"""Booking a visit, of a person or of somebody without a file; one visit with what became of it."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safar.cases.actions import appointments
from safar.cases.enums.day import VISIT_MOVES, VisitState
from safar.cases.models import Appointment
from safar.cases.permissions import RUN_DAY
from safar.cases.queries import day as reads
from safar.cases.queries import rota
from safar.cases.queries.rota import SlotKey
from safar.desk.access import requires
from safar.desk.cases.day.choosing import Chosen, chosen
from safar.desk.cases.day.forms import BookingForm, CallOffForm, DayFilter, PersonBookingForm
from safar.desk.cases.day.grid import weekday_of
from safar.desk.cases.facts import label
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.permissions import READ_PERSON
from safar.people.queries.persons import open_file

DAYS_OFFERED = 14


@requires(RUN_DAY)
def book(request: DeskRequest) -> HttpResponse:
    return _book(request, None)


@requires(RUN_DAY)
def book_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _book(request, open_file(person_id, by=request.actor))


def _book(request: DeskRequest, person: Person | None) -> HttpResponse:
    """Offer a day's free times, and keep the one chosen."""
    at = chosen(request.GET, request.actor)
    days = _days(at)
    free = rota.free(rota.slots(at.day, at.day, places=[at.place.pk], staff_id=at.staff_id, after=_running(at)))
    initial = {"slot": request.GET.get("slot", ""), "language": person.language if person else ""}
    kind = PersonBookingForm if person else BookingForm
    # The choice that was just taken must still be a choice, so that the action can say what became of it.
    offered = [*free, *_typed(request, at)]
    form = kind(request.POST or None, slots=offered, staff=at.colleagues, initial=initial)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            visit = appointments.book(
                slot=form.chosen(),
                person_id=person.pk if person else None,
                details=form.details(),
                form_key=key,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The visit is booked."))
            return redirect("desk:cases:visit", visit.pk)
    context = {
        "at": at,
        "person": person,
        "coming": reads.coming_of(person.pk) if person else [],
        "form": form,
        "form_key": key,
        "free": free,
        "days": days,
        "filter": DayFilter(
            initial={"on": at.day, "place": str(at.place.pk), "staff": str(at.staff_id or "")},
            places=at.places,
            colleagues=at.colleagues,
        ),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/day/book.html", context, status=status)


def _running(at: Chosen) -> dt.datetime | None:
    """Return the moment before which no time is offered: one that runs may still be booked for whoever stands at the desk."""
    return now() - dt.timedelta(minutes=20) if at.is_today else None


def _typed(request: DeskRequest, at: Chosen) -> list[rota.Slot]:
    key = SlotKey.read(request.POST.get("slot", ""))
    if key is None or key.centre_id != at.place.pk:
        return []
    day = rota.local(key.starts_at).date()
    every = rota.slots(day, day, places=[at.place.pk], staff_id=key.staff_id)
    return [slot for slot in every if slot.starts_at == key.starts_at and not slot.left]


def _days(at: Chosen) -> list[tuple[str, str, int, bool]]:
    """Return the coming days with how many times are free on each, as links."""
    first = max(at.day - dt.timedelta(days=3), rota.local(now()).date())
    last = first + dt.timedelta(days=DAYS_OFFERED - 1)
    slots = rota.slots(first, last, places=[at.place.pk], staff_id=at.staff_id, after=now())
    counts: dict[dt.date, int] = {}
    for slot in slots:
        day = rota.local(slot.starts_at).date()
        counts[day] = counts.get(day, 0) + slot.left
    return [(at.query(on=day), weekday_of(day), count, day == at.day) for day, count in sorted(counts.items())]


@requires(RUN_DAY)
def visit(request: DeskRequest, visit_id: UUID) -> HttpResponse:
    """Show one visit, and call it off with its reason."""
    get_object_or_404(Appointment, pk=visit_id)
    found = reads.visit(visit_id, by=request.actor)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appointments.call_off(visit_id=visit_id, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The visit is called off; its time is free again."))
            return redirect("desk:cases:visit", visit_id)
    context = {
        "visit": found,
        "form": form,
        "topic": label("topic", found.topic),
        "language": label("language", found.language),
        "may_call_off": VisitState.CANCELLED in VISIT_MOVES[VisitState(found.state)],
        "may_see": request.actor.may(READ_PERSON),
        "day_query": f"?on={rota.local(found.starts_at).date()}&place={found.centre_id}",
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/day/visit.html", context, status=status)
