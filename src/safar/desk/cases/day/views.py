"""The one list of a day, its picture, the waiting room, and the buttons that move a line on."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import appointments, reminding, tickets
from safar.cases.enums.day import OPEN_TICKETS, TicketState
from safar.cases.models import Appointment, Ticket
from safar.cases.permissions import PLAN_ROTA, RUN_DAY
from safar.cases.queries import day as reads
from safar.cases.queries import rota
from safar.cases.queries.holidays import holiday_on
from safar.desk.access import requires
from safar.desk.cases.day import facts, grid
from safar.desk.cases.day.choosing import Chosen, chosen
from safar.desk.cases.day.forms import DayFilter
from safar.desk.forms import tell
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now, today
from safar.messaging.permissions import SEND_MESSAGE

_SECONDS_OF_A_LOOK = 15
_MONTHS_SHOWN = 3
_NEXT_NUMBERS = 6


@requires(RUN_DAY)
def day(request: DeskRequest) -> HttpResponse:
    """Show everything of a day at a place in one list; names are read once, which the trail then holds."""
    at = chosen(request.GET, request.actor)
    groups = facts.groups_of(at, by=request.actor)
    slots = rota.slots(at.day, at.day, places=[at.place.pk], staff_id=at.staff_id, after=now() if at.is_today else None)
    left = len(rota.free(slots))
    context = {
        "at": at,
        "groups": groups,
        "filter": _filter(at),
        "holiday": holiday_on(at.day),
        "figures": _figures(groups),
        "is_full": at.is_today and bool(_waiting(groups)) and not left,
        "next_free": [
            (slot, at.query(on=rota.local(slot.starts_at).date(), slot=slot.key)) for slot in _next(at, left)
        ],
        "has_hours": bool(slots),
        "earlier": at.query(on=at.day - dt.timedelta(days=1)),
        "later": at.query(on=at.day + dt.timedelta(days=1)),
        "to_remind": len(reminding.without_reminder(today() + dt.timedelta(days=1), by=request.actor))
        if at.is_today and request.actor.may(SEND_MESSAGE)
        else 0,
        "may_plan": request.actor.may(PLAN_ROTA),
        **_left_open(at, request),
    }
    return render(request, "desk/cases/day/day.html", context)


def _next(at: Chosen, left: int) -> list[rota.Slot]:
    return rota.next_free(at.place.pk) if at.is_today and not left else []


def _left_open(at: Chosen, request: DeskRequest) -> dict[str, object]:
    """Return what nobody recorded on earlier days, without names, and what became of the last months' visits."""
    if not at.is_today:
        return {"open_visits": [], "open_tickets": [], "months": []}
    visits, numbers = reads.unrecorded(place=at.place, by=request.actor)
    since = (today().replace(day=1) - dt.timedelta(days=31 * (_MONTHS_SHOWN - 1))).replace(day=1)
    return {
        "open_visits": visits,
        "open_tickets": numbers,
        "months": reads.attendance(place=at.place, since=since, until=today(), by=request.actor),
    }


def _waiting(groups: list[facts.Group]) -> list[facts.Line]:
    return [line for group in groups if group.code == "here" for line in group.lines]


def _figures(groups: list[facts.Group]) -> dict[str, int]:
    return {group.code: len(group.lines) for group in groups}


def _filter(at: Chosen) -> DayFilter:
    initial = {"on": at.day, "place": str(at.place.pk), "staff": str(at.staff_id or "")}
    return DayFilter(initial=initial, places=at.places, colleagues=at.colleagues)


@requires(RUN_DAY)
def week(request: DeskRequest) -> HttpResponse:
    """Show the week, or one day by colleague, as a table of times."""
    at = chosen(request.GET, request.actor)
    by_day = request.GET.get("as") == "day"
    step = dt.timedelta(days=1 if by_day else 7)
    context = {
        "at": at,
        "filter": _filter(at),
        "by_day": by_day,
        "grid": grid.day(at) if by_day else grid.week(at),
        "as_week": at.query(),
        "as_day": at.query(**{"as": "day"}),
        "earlier": at.query(on=at.day - step, **({"as": "day"} if by_day else {})),
        "later": at.query(on=at.day + step, **({"as": "day"} if by_day else {})),
        "may_plan": request.actor.may(PLAN_ROTA),
    }
    return render(request, "desk/cases/day/week.html", context)


@requires(RUN_DAY)
def waiting_room(request: DeskRequest) -> HttpResponse:
    """Show numbers in big figures and nothing else, for a screen everybody sees; it looks again by itself, without script."""
    at = chosen(request.GET, request.actor)
    every = [
        one for one in reads.tickets(today(), place=at.place, by=request.actor) if one.ticket.state in OPEN_TICKETS
    ]
    context = {
        "place": at.place,
        "called": [one.ticket.number for one in every if one.ticket.state == TicketState.SERVING],
        "next": [one.ticket.number for one in every if one.is_waiting][:_NEXT_NUMBERS],
        "waiting": sum(one.is_waiting for one in every),
    }
    response = render(request, "desk/cases/day/waiting_room.html", context)
    response["Refresh"] = str(_SECONDS_OF_A_LOOK)
    return response


@require_POST
@requires(RUN_DAY)
def move_visit(request: DeskRequest, visit_id: UUID) -> HttpResponse:
    get_object_or_404(Appointment, pk=visit_id)
    try:
        appointments.move(visit_id=visit_id, to=request.POST.get("to", ""), by=request.actor)
    except ValidationError as error:
        tell(request, error)
    return back_to_day(request, visit_id)


@require_POST
@requires(RUN_DAY)
def move_ticket(request: DeskRequest, ticket_id: UUID) -> HttpResponse:
    get_object_or_404(Ticket, pk=ticket_id)
    try:
        tickets.move(ticket_id=ticket_id, to=request.POST.get("to", ""), by=request.actor)
    except ValidationError as error:
        tell(request, error)
    return back_to_day(request, ticket_id)


@require_POST
@requires(SEND_MESSAGE)
def remind(request: DeskRequest) -> HttpResponse:
    """Write the reminders of tomorrow's visits; the consent gate decides on each."""
    done = reminding.remind_of_tomorrow(by=request.actor)
    messages.success(request, _("Reminders on their way: %(count)d.") % {"count": done.sent})
    if done.kept_back:
        said = _("Kept back by what people agreed to: %(count)d. The list of reminders says why.")
        messages.warning(request, said % {"count": done.kept_back})
    return back_to_day(request)


def back_to_day(request: DeskRequest, line: UUID | None = None) -> HttpResponseRedirect:
    """Return to the list as it was shown: same day, place and colleague, and to the line one was on."""
    place = f"#line-{line}" if line else ""
    return HttpResponseRedirect(reverse("desk:cases:day") + chosen(request.POST, request.actor).query() + place)
