import datetime as dt
import secrets
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils.translation import gettext as _

from safar.cases.actions import places
from safar.cases.enums.day import (
    SEATED_VISITS,
    VISIT_MOVES,
    VISIT_NEEDS_REASON,
    CalledOffBy,
    CallOffReason,
    VisitOrigin,
    VisitState,
)
from safar.cases.models import Appointment
from safar.cases.permissions import RUN_DAY
from safar.cases.queries import rota
from safar.cases.queries.rota import Slot, SlotKey
from safar.cases.rules.day import LONGEST_SLOT, Taken, VisitDetails, free_seat
from safar.cases.rules.moves import may_move
from safar.kernel import once
from safar.kernel.actor import VISITOR, Actor, check_may
from safar.kernel.clock import now, today
from safar.messaging.rules import make_code, normalise_code
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.models import Staff

# Whoever wants more than this many times at once under one number or address is asked to call.
MOST_AHEAD_A_CONTACT = 2
_MOMENT = {VisitState.ARRIVED: "arrived_at", VisitState.SERVING: "served_at"}


@transaction.atomic
def book(
    *,
    slot: SlotKey,
    person_id: UUID | None = None,
    details: VisitDetails | None = None,
    origin: str = VisitOrigin.DESK,
    form_key: str = "",
    by: Actor,
) -> Appointment:
    """Keep a seat for a person with a file, or for somebody without; a slot may still be booked while it runs."""
    check_may(by, RUN_DAY)
    if earlier := once.result_of(form_key):
        return Appointment.objects.get(pk=earlier)
    places.check_runs(slot.centre_id, by)
    told = details or VisitDetails()
    _check(told)
    if person_id:
        # The file knows the name and the number; a second copy here would outlive a correction there.
        told = VisitDetails(language=told.language, topic=told.topic)
    elif not (told.name.strip() or told.contact.strip()):
        raise ValidationError({"name": _("Write a name or a number, so that the visit can be told from others.")})
    visit = _seat(slot, told, person_id=person_id, origin=origin, code="", public=False, by=by)
    if visit is None:
        raise ValidationError({"slot": _("Somebody else has just taken this time. Choose another.")})
    once.use(form_key, visit.pk)
    _trail(visit, "cases.visit.book", by, ["starts_at", "staff"])
    return visit


@transaction.atomic
def book_public(
    *, centre_id: UUID, starts_at: dt.datetime, details: VisitDetails, form_key: str = "", by: Actor = VISITOR
) -> Appointment:
    """Keep a seat for whoever asks on the public pages, with whichever colleague is free; the code is all they need.

    It asks for no permission: help does not begin with an account.
    """
    if earlier := once.result_of(form_key):
        return Appointment.objects.get(pk=earlier)
    _check(details)
    _check_modest(details.contact)
    day = rota.local(starts_at).date()
    first = now() + dt.timedelta(minutes=rota.LEAD_MINUTES_FOR_PUBLIC)
    last = today() + dt.timedelta(days=rota.DAYS_FOR_PUBLIC)
    offered = rota.slots(day, day, places=[centre_id], for_public=True, after=first) if day <= last else []
    code = make_code(secrets.choice)
    told = VisitDetails(name=details.name, contact=details.contact, language=details.language)
    for slot in offered:
        if slot.starts_at == starts_at and slot.left:
            key = SlotKey(slot.staff_id, centre_id, starts_at)
            visit = _seat(key, told, person_id=None, origin=VisitOrigin.PORTAL, code=code, public=True, by=by)
            if visit:
                once.use(form_key, visit.pk)
                _trail(visit, "cases.visit.book_public", by, ["starts_at"])
                return visit
    raise ValidationError({"starts_at": _("Somebody else has just taken this time. Choose another.")})


@transaction.atomic
def move(*, visit_id: UUID, to: str, by: Actor) -> Appointment:
    """Move a visit on: here, being served, served, did not come; going back undoes a press on the wrong line."""
    check_may(by, RUN_DAY)
    if to in VISIT_NEEDS_REASON:
        raise ValidationError({"to": _("A visit is called off with its reason.")})
    visit = _locked(visit_id)
    places.check_runs(visit.centre_id, by)
    if to != VisitState.BOOKED and rota.local(visit.starts_at).date() > today():
        raise ValidationError({"to": _("This visit is still to come.")})
    _to(visit, to)
    _trail(visit, "cases.visit.move", by, ["state"])
    return visit


@transaction.atomic
def call_off(*, visit_id: UUID, called_off_by: str, reason: str, by: Actor) -> Appointment:
    """Call a visit off, saying by whom and why; its seat is free at once."""
    check_may(by, RUN_DAY)
    visit = _locked(visit_id)
    places.check_runs(visit.centre_id, by)
    if called_off_by not in CalledOffBy.values:
        raise ValidationError({"called_off_by": _("Choose one of the values offered.")})
    if reason not in CallOffReason.values:
        raise ValidationError({"reason": _("Say why; the client may ask.")})
    visit.called_off_by, visit.reason = called_off_by, reason
    _to(visit, VisitState.CANCELLED)
    _trail(visit, "cases.visit.call_off", by, ["state", "reason"])
    return visit


@transaction.atomic
def call_off_by_code(*, code: str, by: Actor = VISITOR) -> Appointment:
    """Call off the visit of whoever holds the code, as long as it lies ahead; pressed twice it stays called off."""
    visit = Appointment.objects.select_for_update(of=("self",)).filter(code=normalise_code(code) or "-").first()
    if visit is None:
        raise ValidationError({"code": nothing_found()})
    if visit.state != VisitState.CANCELLED:
        if visit.state != VisitState.BOOKED or visit.starts_at <= now():
            raise ValidationError({"code": _("This visit is over, or has begun.")})
        visit.called_off_by, visit.reason = CalledOffBy.CLIENT, CallOffReason.BY_CODE
        _to(visit, VisitState.CANCELLED)
        _trail(visit, "cases.visit.call_off", by, ["state"])
    return visit


def nothing_found() -> str:
    return _("We find nothing under this code. Compare it sign by sign.")


def _seat(
    slot: SlotKey, told: VisitDetails, *, person_id: UUID | None, origin: str, code: str, public: bool, by: Actor
) -> Appointment | None:
    """Take the first free seat of a slot; None when there is none left.

    The colleague's row is held meanwhile, so that whoever comes second waits and then sees the seat taken. The table's own
    rule stands behind it: should two get this far at once, one of them is refused there.
    """
    Staff.objects.select_for_update(no_key=True).get(pk=slot.staff_id)
    offered = _offered(slot, public=public)
    seat = free_seat(slot.starts_at, offered.minutes, offered.seats, _around(slot))
    if seat is None:
        return None
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                person_id=person_id,
                centre_id=slot.centre_id,
                staff_id=slot.staff_id,
                starts_at=slot.starts_at,
                minutes=offered.minutes,
                seat=seat,
                place=offered.place,
                origin=origin,
                topic=told.topic,
                language=told.language,
                name=" ".join(told.name.split()),
                contact=told.contact.strip(),
                code=code,
                booked_by_id=by.staff_id,
            )
    except IntegrityError:
        return None


def _offered(slot: SlotKey, *, public: bool) -> Slot:
    day = rota.local(slot.starts_at).date()
    every = rota.slots(day, day, places=[slot.centre_id], staff_id=slot.staff_id, for_public=public)
    found = next((one for one in every if one.starts_at == slot.starts_at), None)
    if found is None or found.ends_at <= now():
        raise ValidationError({"slot": _("Nobody receives people at this time. Choose one of those offered.")})
    return found


def _around(slot: SlotKey) -> list[Taken]:
    """Return the colleague's seats taken around a moment, at whatever place: nobody sits at two desks."""
    reach = dt.timedelta(minutes=LONGEST_SLOT)
    rows = Appointment.objects.filter(
        staff=slot.staff_id,
        state__in=sorted(SEATED_VISITS),
        starts_at__gt=slot.starts_at - reach,
        starts_at__lt=slot.starts_at + reach,
    ).order_by("starts_at")
    return [Taken(*row) for row in rows.values_list("starts_at", "minutes", "seat")]


def _to(visit: Appointment, to: str) -> None:
    if not may_move(VISIT_MOVES, visit.state, to):
        raise ValidationError({"to": _("A visit cannot go this way.")})
    visit.state = to
    if to == VisitState.BOOKED:
        visit.arrived_at = visit.served_at = visit.ended_at = None
    elif to in _MOMENT:
        setattr(visit, _MOMENT[VisitState(to)], now())
        visit.ended_at = None
    else:
        visit.ended_at = now()
    visit.asked_about_on = None
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise ValidationError({"to": _("Its time has been given to somebody else.")}) from error


def _check(details: VisitDetails) -> None:
    problems = {field: _("This is too long.") for field in details.problems()}
    if details.topic and not codes.is_known("topic", details.topic):
        problems["topic"] = _("Choose one of the values offered.")
    if details.language and not codes.is_known("language", details.language):
        problems["language"] = _("Choose one of the values offered.")
    if problems:
        raise ValidationError(problems)


def _check_modest(contact: str) -> None:
    """Refuse to keep more times for one number or address than one life needs; those who leave none are counted elsewhere."""
    typed = contact.strip()
    ahead = Appointment.objects.filter(contact=typed, state=VisitState.BOOKED, starts_at__gt=now())
    if typed and ahead.count() >= MOST_AHEAD_A_CONTACT:
        raise ValidationError({"contact": _("Two visits are booked under this already. Call us for another.")})


def _locked(visit_id: UUID) -> Appointment:
    return Appointment.objects.select_for_update(of=("self",)).get(pk=visit_id)


def _trail(visit: Appointment, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=visit.person_id, subject_key=visit.pk, fields=fields)
