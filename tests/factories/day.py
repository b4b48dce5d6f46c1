"""A rota and what happens on it; the day is a Monday at ten unless a test says otherwise."""

import datetime as dt
from zoneinfo import ZoneInfo

from safar.cases.actions import appointments, rota, tickets
from safar.cases.actions.rota import ChangeDetails
from safar.cases.models import Appointment, RotaChange, RotaShift, Ticket
from safar.cases.queries.rota import SlotKey, at
from safar.cases.rules.day import Hours, VisitDetails
from safar.kernel.actor import MACHINE, Actor
from safar.people.models import Person
from safar.trust.models import Centre, Staff

TASHKENT = ZoneInfo("Asia/Tashkent")
MONDAY = dt.date(2026, 6, 1)
TEN = dt.datetime(2026, 6, 1, 10, 0, tzinfo=TASHKENT)


def hours(staff: Staff, at_place: Centre, starts: int = 9, ends: int = 13, **fields) -> Hours:
    times = {"starts": dt.time(starts), "ends": dt.time(ends), "slot_minutes": 30}
    return Hours(**({"staff_id": staff.pk, "centre_id": at_place.pk} | times | fields))


def shift(staff: Staff, at_place: Centre, *, weekday: int = 1, by: Actor = MACHINE, **fields) -> RotaShift:
    return rota.plan(weekdays=[weekday], hours=hours(staff, at_place, **fields), valid_from=MONDAY, by=by)[0]


def off(day: dt.date, *, by: Actor = MACHINE, **fields) -> RotaChange:
    return rota.change(details=ChangeDetails(**({"kind": "off", "day": day, "reason": "away"} | fields)), by=by)


def besides(staff: Staff, at_place: Centre, day: dt.date, *, by: Actor = MACHINE, reason="extra", name="", **fields):
    details = ChangeDetails(kind="extra", day=day, reason=reason, staff_id=staff.pk, centre_id=at_place.pk, name=name)
    return rota.change(details=details, hours=hours(staff, at_place, **fields), by=by)


def slot(staff: Staff, at_place: Centre, hour: int = 11, minute: int = 0, day: dt.date = MONDAY) -> SlotKey:
    return SlotKey(staff.pk, at_place.pk, at(day, dt.time(hour, minute)))


def visit(staff: Staff, at_place: Centre, of: Person | None = None, *, by: Actor = MACHINE, **when) -> Appointment:
    told = VisitDetails() if of else VisitDetails(name="Gulnora")
    return appointments.book(slot=slot(staff, at_place, **when), person_id=of and of.pk, details=told, by=by)


def public_visit(at_place: Centre, hour: int = 12, day: dt.date = MONDAY, **fields) -> Appointment:
    details = VisitDetails(**({"language": "uz"} | fields))
    return appointments.book_public(centre_id=at_place.pk, starts_at=at(day, dt.time(hour)), details=details)


def ticket(at_place: Centre, of: Person | None = None, *, by: Actor = MACHINE, **fields) -> Ticket:
    return tickets.give(centre_id=at_place.pk, person_id=of and of.pk, by=by, **fields)
