"""What a place has before it on a day: booked visits, waiting numbers, calls owed; names come apart, audited."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncMonth

from safar.cases.enums.day import OPEN_TICKETS, OPEN_VISITS, CallState, TicketState, VisitState
from safar.cases.models import Appointment, CalendarFeed, CallAttempt, CallBack, Contact, Ticket
from safar.cases.permissions import READ_CONTACT, RUN_DAY
from safar.cases.queries.contacts import standing
from safar.cases.queries.rota import at, places_of
from safar.cases.rules.day import hashed, urgency, waited
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.messaging.rules import normalise_code
from safar.people.queries.consent import who_may_be_followed_up
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import Centre, Staff

DAYS_OF_FEED_BACK, DAYS_OF_FEED_AHEAD = 30, 90
MOST_UNRECORDED = 30
MOST_FOLLOW_UPS = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """A number with how long its holder waits, or waited, and how soon they are called."""

    ticket: Ticket
    minutes: int
    urgency: int

    @property
    def is_waiting(self) -> bool:
        return self.ticket.state == TicketState.WAITING


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody was tried, and when last."""

    count: int = 0
    last: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class OwedCall:
    """A call-back, or a contact whose follow-up is due, with the tries so far."""

    call: CallBack | None
    contact: Contact | None
    due_on: dt.date
    tries: Tries

    @property
    def person_id(self) -> UUID | None:
        held = self.call or self.contact
        return held.person_id if held else None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Of the visits booked for one month: how many came, did not come, were called off, and nobody said."""

    month: dt.date
    came: int
    missed: int
    called_off: int
    unknown: int


def place(centre_id: UUID, *, by: Actor) -> Centre:
    """Return a place whose day the actor runs; another centre's is refused."""
    check_may(by, RUN_DAY)
    found = places_of(by).filter(pk=centre_id).first()
    if found is None:
        raise PermissionDenied("another centre's day")
    return found


def visits(
    since: dt.date, until: dt.date, *, place: Centre, staff_id: UUID | None = None, by: Actor
) -> list[Appointment]:
    """Return the visits of a place from a day to another, called-off ones left out, in order of time."""
    check_may(by, RUN_DAY)
    start, end = at(since, dt.time.min), at(until + dt.timedelta(days=1), dt.time.min)
    found = Appointment.objects.filter(centre=place, starts_at__gte=start, starts_at__lt=end)
    found = found.exclude(state=VisitState.CANCELLED)
    return list((found.filter(staff=staff_id) if staff_id else found).select_related("staff"))


def tickets(day: dt.date, *, place: Centre, staff_id: UUID | None = None, by: Actor) -> list[Waiting]:
    """Return the day's numbers: first who waits, the most urgent first, then who is served, then whose turn is over."""
    check_may(by, RUN_DAY)
    found = Ticket.objects.filter(centre=place, day=day).select_related("staff")
    if staff_id:
        found = found.filter(Q(staff=staff_id) | Q(staff=None))
    return in_order(found)


def in_order(tickets_found: Sequence[Ticket] | QuerySet[Ticket]) -> list[Waiting]:
    moment = now()
    every = [_waiting(ticket, moment) for ticket in tickets_found]
    order = [TicketState.SERVING, TicketState.WAITING]

    def rank(one: Waiting) -> tuple[int, int, int]:
        state = TicketState(one.ticket.state)
        place = order.index(state) if state in order else len(order)
        return (place, one.urgency if one.is_waiting else 0, one.ticket.number)

    return sorted(every, key=rank)


def _waiting(ticket: Ticket, moment: dt.datetime) -> Waiting:
    minutes = waited(ticket.came_at, ticket.served_at or ticket.ended_at or moment)
    return Waiting(ticket, minutes, urgency(ticket.need, minutes))


def calls(*, until: dt.date, place: Centre, by: Actor) -> list[OwedCall]:
    """Return whom the place owes a call by a day: call-backs, then follow-ups due of those who still agree to be contacted."""
    check_may(by, RUN_DAY)
    owed = list(CallBack.objects.filter(centre=place, state=CallState.OPEN, due_on__lte=until))
    due = _follow_ups(until, place) if by.may(READ_CONTACT) else []
    tries = _tries([call.pk for call in owed], [contact.pk for contact in due])
    every = [OwedCall(call, None, call.due_on, tries.get(call.pk, Tries())) for call in owed]
    every += [OwedCall(None, one, one.follow_up_on, tries.get(one.pk, Tries())) for one in due if one.follow_up_on]
    return every


def _follow_ups(until: dt.date, place: Centre) -> list[Contact]:
    """Return the latest follow-ups due, of those who still agree to be contacted; older ones stand on their own page.

    Not all of them: what nobody did for years must not make the day slow.
    """
    open_ones = standing().filter(centre=place, follow_up_on__lte=until, follow_up_done_at=None)
    found = list(open_ones.order_by("-follow_up_on", "id")[:MOST_FOLLOW_UPS])
    allowed = who_may_be_followed_up({contact.person_id for contact in found if contact.person_id})
    return [contact for contact in found if contact.person_id is None or contact.person_id in allowed]


def _tries(call_ids: Collection[UUID], contact_ids: Collection[UUID]) -> dict[UUID, Tries]:
    rows = CallAttempt.objects.filter(Q(call__in=call_ids) | Q(contact__in=contact_ids)).order_by()
    counted = rows.values("call", "contact").annotate(count=Count("id"), last=Max("recorded_at"))
    return {row["call"] or row["contact"]: Tries(row["count"], row["last"]) for row in counted}


def unrecorded(*, place: Centre, by: Actor) -> tuple[list[Appointment], list[Ticket]]:
    """Return visits and numbers of earlier days of which nobody said what became; nothing is assumed of them."""
    check_may(by, RUN_DAY)
    old = Appointment.objects.filter(
        centre=place,
        state__in=sorted(OPEN_VISITS),
        starts_at__lt=at(today(), dt.time.min),
        asked_about_on__isnull=False,
    )
    numbers = Ticket.objects.filter(
        centre=place, state__in=sorted(OPEN_TICKETS), day__lt=today(), asked_about_on__isnull=False
    )
    return list(old.select_related("staff")[:MOST_UNRECORDED]), list(numbers.select_related("staff")[:MOST_UNRECORDED])


def visit(visit_id: UUID, *, by: Actor) -> Appointment:
    """Return one visit; of a person with a file this leaves a read row in the trail."""
    check_may(by, RUN_DAY)
    found = Appointment.objects.select_related("person", "centre", "staff", "booked_by").get(pk=visit_id)
    place(found.centre_id, by=by)
    if found.person_id:
        _seen("cases.visit.open", found.person_id, found.pk, by)
    return found


def ticket(ticket_id: UUID, *, by: Actor) -> Ticket:
    """Return one number; of a person with a file this leaves a read row in the trail."""
    check_may(by, RUN_DAY)
    found = Ticket.objects.select_related("person", "centre", "staff").get(pk=ticket_id)
    place(found.centre_id, by=by)
    if found.person_id:
        _seen("cases.ticket.open", found.person_id, found.pk, by)
    return found


def _seen(action: str, person_id: UUID, subject: UUID, by: Actor) -> None:
    audit.record(by=by, action=action, verb=AuditVerb.READ, person_key=person_id, subject_key=subject)


def coming_of(person_id: UUID) -> list[Appointment]:
    """Return the visits that are booked for a person, the next first; for a page that has asked who may see them."""
    found = Appointment.objects.filter(person=person_id, state=VisitState.BOOKED, starts_at__gte=now())
    return list(found.select_related("centre", "staff"))


def visits_of(person_id: UUID, *, by: Actor) -> list[Appointment]:
    """Return every visit of a person, leaving a read row in the trail."""
    check_may(by, RUN_DAY)
    _seen("cases.visit.of_person", person_id, person_id, by)
    return list(Appointment.objects.filter(person=person_id).select_related("centre", "staff"))


def numbers_of(person_id: UUID, *, by: Actor) -> list[Ticket]:
    check_may(by, RUN_DAY)
    return list(Ticket.objects.filter(person=person_id).select_related("centre"))


def by_code(code: str) -> Appointment | None:
    """Return the visit of whoever holds the code."""
    typed = normalise_code(code)
    return Appointment.objects.select_related("centre").filter(code=typed).first() if typed else None


def attendance(*, place: Centre, since: dt.date, until: dt.date, by: Actor) -> list[Attendance]:
    """Return month by month what became of the visits booked: no-shows are what people said, never what nobody recorded."""
    check_may(by, RUN_DAY)
    start, end = at(since, dt.time.min), at(until + dt.timedelta(days=1), dt.time.min)
    found = Appointment.objects.filter(centre=place, starts_at__gte=start, starts_at__lt=end, starts_at__lte=now())
    came = Q(state__in=[VisitState.ARRIVED, VisitState.SERVING, VisitState.DONE])
    rows = (
        found.annotate(month=TruncMonth("starts_at"))
        .values("month")
        .annotate(
            came=Count("id", filter=came),
            missed=Count("id", filter=Q(state=VisitState.NO_SHOW)),
            called_off=Count("id", filter=Q(state=VisitState.CANCELLED)),
            unknown=Count("id", filter=Q(state=VisitState.BOOKED)),
        )
        .order_by("month")
    )
    return [
        Attendance(row["month"].date(), row["came"], row["missed"], row["called_off"], row["unknown"]) for row in rows
    ]


def colleagues(*, by: Actor) -> list[Staff]:
    """Return those who may be planned at the actor's places."""
    found = Staff.objects.filter(is_active=True).order_by("full_name", "id")
    return list(found.filter(centre__in=places_of(by)) if by.centre_id else found)


def feeds_of(by: Actor) -> list[CalendarFeed]:
    check_may(by, RUN_DAY)
    return list(CalendarFeed.objects.filter(staff=by.id))


def busy(secret: str) -> tuple[CalendarFeed, list[Appointment]] | None:
    """Return when the owner of a calendar address is taken; None for an address that never was or has ended."""
    feed = CalendarFeed.objects.filter(token_hash=hashed(secret), revoked_at=None, staff__is_active=True).first()
    if feed is None:
        return None
    day = today()
    found = Appointment.objects.filter(
        staff=feed.staff_id,
        state__in=sorted(OPEN_VISITS | {VisitState.DONE}),
        starts_at__gte=at(day - dt.timedelta(days=DAYS_OF_FEED_BACK), dt.time.min),
        starts_at__lt=at(day + dt.timedelta(days=DAYS_OF_FEED_AHEAD), dt.time.min),
    )
    return feed, list(found.select_related("centre"))
