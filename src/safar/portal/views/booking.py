"""Book a free time without an account; see it again or call it off with its code, which stands in no address and no log."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from babel import dates
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from safar.cases.actions import appointments
from safar.cases.enums.day import VisitState
from safar.cases.models import Appointment
from safar.cases.queries import day as visits
from safar.cases.queries import rota
from safar.cases.queries.rota import Slot
from safar.kernel.clock import now
from safar.kernel.once import fresh_key
from safar.messaging.rules import grouped
from safar.portal import guard
from safar.portal.access import public
from safar.portal.caching import private
from safar.portal.forms import BookForm, CodeForm
from safar.portal.pages import TOO_MANY, UNPROCESSABLE, missing, show
from safar.portal.places import shown_centre
from safar.trust.models import Centre
from safar.trust.queries.centres import open_centres
from safar.ui.numbers import active_locale

_NOBODY = UUID(int=0)
# More would push the times off the screen of a phone.
DAYS_AT_FIRST = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """What a place has to give: all its free times, and those of the day that is looked at."""

    centre: Centre
    free: list[Slot]
    of_day: list[Slot]


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day on which times are free, and how many."""

    date: dt.date
    count: int
    is_chosen: bool

    @property
    def name(self) -> str:
        """The day as short as it can be said: the year is plain."""
        return str(dates.format_date(self.date, "EEEE, d MMMM", locale=active_locale()))


@public
@require_safe
@private
def places(request: HttpRequest) -> HttpResponse:
    """Show where times can be booked; a place without free times leads to the wish for a visit."""
    shown = [(shown_centre(centre), len(rota.for_public(centre.pk))) for centre in open_centres()]
    shown.sort(key=lambda pair: (not pair[1], pair[0].centre.code))
    return show(request, "book", {"places": shown})


@public
@require_http_methods(["GET", "POST"])
@private
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Offer the free times of a day, and keep the one chosen."""
    centre = open_centres().filter(code__iexact=code).first()
    if centre is None:
        return missing(request)
    free = rota.for_public(centre.pk)
    day = _day(request, free)
    offer = Offer(centre, free, [slot for slot in free if _on(slot) == day])
    if request.method == "POST":
        return _keep(request, offer)
    return _page(request, offer, BookForm(slots=offer.of_day), fresh_key(), status=200)


def _keep(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Keep a time and show its code on the spot, as with questions: without cookie and session it cannot travel."""
    key = request.POST.get("form_key") or fresh_key()
    if guard.is_trap(request) or guard.too_many(request, "booking"):
        return show(request, "too_many", status=TOO_MANY)
    form = BookForm(request.POST, slots=[*offer.of_day, *_asked_for(request, offer.of_day)])
    if form.is_valid():
        try:
            visit = appointments.book_public(
                centre_id=offer.centre.pk, starts_at=form.moment(), details=form.details(), form_key=key
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            return show(
                request, "booked", {"visit": visit, "code": grouped(visit.code), "shown": shown_centre(offer.centre)}
            )
    return _page(request, offer, form, key, status=UNPROCESSABLE)


def _page(request: HttpRequest, offer: Offer, form: BookForm, key: str, *, status: int) -> HttpResponse:
    counts = Counter(_on(slot) for slot in offer.free)
    chosen = _on(offer.of_day[0]) if offer.of_day else None
    days = [FreeDay(day, count, day == chosen) for day, count in sorted(counts.items())]
    context = {
        "shown": shown_centre(offer.centre),
        "days": days[:DAYS_AT_FIRST],
        "later": days[DAYS_AT_FIRST:],
        "later_is_open": any(day.is_chosen for day in days[DAYS_AT_FIRST:]),
        "day": chosen,
        "place": offer.of_day[0].place if offer.of_day else "",
        "form": form,
        "form_key": key,
    }
    return show(request, "book_time", context, status=status)


def _asked_for(request: HttpRequest, of_day: list[Slot]) -> list[Slot]:
    """Keep a time that was taken meanwhile among the choices, so that the action can say so in words."""
    try:
        moment = dt.datetime.fromisoformat(request.POST.get("starts_at", ""))
    except ValueError:
        return []
    if moment.tzinfo is None or any(slot.starts_at == moment for slot in of_day):
        return []
    return [Slot(_NOBODY, _NOBODY, moment, 0, 0, 0)]


def _on(slot: Slot) -> dt.date:
    return rota.local(slot.starts_at).date()


def _day(request: HttpRequest, free: list[Slot]) -> dt.date | None:
    """Return the day asked for if something is free then, else the first such day."""
    days = {_on(slot) for slot in free}
    try:
        wanted = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        wanted = None
    return wanted if wanted in days else min(days, default=None)


@public
@require_http_methods(["GET", "POST"])
@private
def booking(request: HttpRequest) -> HttpResponse:
    """Show the visit of whoever holds the code, and call it off; a POST, so that the code stays out of histories."""
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return show(request, "booking", {"form": form})
    if guard.too_many(request, "booking_code"):
        return show(request, "too_many", status=TOO_MANY)
    if form.is_valid():
        try:
            found = _asked(request, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_problems(error)
        else:
            ahead = found.state == VisitState.BOOKED and found.starts_at > now()
            context = {
                "visit": found,
                "shown": shown_centre(found.centre),
                "is_ahead": ahead,
                "code": grouped(found.code),
            }
            return show(request, "booking_found", context)
    return show(request, "booking", {"form": form}, status=UNPROCESSABLE)


def _asked(request: HttpRequest, code: str) -> Appointment:
    if "call_off" in request.POST:
        return appointments.call_off_by_code(code=code)
    found = visits.by_code(code)
    if found is None:
        raise ValidationError({"code": appointments.nothing_found()})
    return found
