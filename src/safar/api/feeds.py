"""Calendar feeds (RFC 5545): open sessions for everybody, and a colleague's taken times behind a secret address.

All moments are in UTC, which every calendar shows in the hours of its owner. What is secret says nothing of whom it is about.
"""

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from safar.awareness.queries import sessions
from safar.awareness.queries.sessions import PublicSession
from safar.cases.queries import day
from safar.cases.rules.day import hashed
from safar.kernel.clock import now, today
from safar.reference.queries import codes, places
from safar.trust.queries.profile import profile

DAYS_SHOWN = 92
_TYPE = "text/calendar; charset=utf-8"


@login_not_required
@require_safe
def sessions_calendar(_request: HttpRequest) -> HttpResponse:
    """Give the open sessions of the next three months, in the country's own language."""
    with translation.override(profile().default_language):
        calendar = _calendar(_("Meetings of the Migrant Resource Centre"))
        for session in sessions.public_calendar(today(), today() + dt.timedelta(days=DAYS_SHOWN)):
            calendar.add_component(_session(session))
    response = HttpResponse(calendar.to_ical(), content_type=_TYPE)
    response["Cache-Control"] = "public, max-age=300"
    return response


@login_not_required
@require_safe
def own_calendar(_request: HttpRequest, secret: str) -> HttpResponse:
    """Give when the owner of the address is taken: "Appointment" and the place; one that has ended is not found."""
    found = day.busy(secret)
    if found is None:
        return HttpResponse(status=404)
    feed, visits = found
    with translation.override(feed.staff.language):
        calendar = _calendar(_("Appointments"))
        for starts_at, minutes, place in sorted({(one.starts_at, one.minutes, str(one.centre)) for one in visits}):
            calendar.add_component(_busy(feed.pk, starts_at, minutes, place))
    response = HttpResponse(calendar.to_ical(), content_type=_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


# Said where tests/architecture can read it.
sessions_calendar.access = "public"  # type: ignore[attr-defined]
own_calendar.access = "public"  # type: ignore[attr-defined]


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Safar//Migrant Resource Centre//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", timezone.get_default_timezone_name())
    return calendar


def _event(uid: str, starts_at: dt.datetime, ends_at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@safar")
    event.add("dtstamp", now().astimezone(dt.UTC))
    event.add("dtstart", starts_at.astimezone(dt.UTC))
    event.add("dtend", ends_at.astimezone(dt.UTC))
    return event


def _session(session: PublicSession) -> Event:
    event = _event(str(session.id), session.starts_at, session.ends_at)
    event.add("summary", session.title or str(codes.code_list("session_type").label(session.session_type)))
    where = [session.venue, *(str(places.name(code)) for code in (session.district, session.region) if code)]
    event.add("location", ", ".join(dict.fromkeys(part for part in where if part)))
    return event


def _busy(feed_id: UUID, starts_at: dt.datetime, minutes: int, place: str) -> Event:
    # A name that is the same at every look and leads back to no record.
    event = _event(
        hashed(f"{feed_id} {starts_at.isoformat()}")[:32], starts_at, starts_at + dt.timedelta(minutes=minutes)
    )
    event.add("summary", _("Appointment"))
    event.add("location", place)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event
