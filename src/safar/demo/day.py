"""The desk's days: a rota, two weeks of visits and numbers with a few no-shows, and a list of today that is alive."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from safar.cases.actions import appointments, calls, nights, rota, tickets
from safar.cases.actions.calls import CallDetails
from safar.cases.actions.rota import ChangeDetails
from safar.cases.models import Appointment
from safar.cases.queries import rota as reads
from safar.cases.queries.rota import Slot, SlotKey
from safar.cases.rules.day import Hours, VisitDetails
from safar.demo.office import Office
from safar.demo.population import weighted
from safar.kernel.actor import MACHINE, Actor
from safar.kernel.clock import now, today
from safar.trust.models import Centre, Staff
from safar.trust.queries.profile import profile

PAST_DAYS = 14
VISITS_A_DAY, NUMBERS_A_DAY = 4, 3
ENDS = {"done": 78, "no_show": 13, "cancelled": 9}
NEEDS = {"ordinary": 70, "returned_today": 12, "pregnant_small_child": 10, "disability_elderly": 5, "leaves_today": 3}
TODAY = ("done", "done", "no_show", "serving", "arrived", "", "", "", "")
TODAYS_NUMBERS = (
    ("ordinary", "done"),
    ("ordinary", "done"),
    ("returned_today", "serving"),
    ("ordinary", ""),
    ("pregnant_small_child", ""),
    ("ordinary", ""),
)
AHEAD = 6
_TOPICS = ("contract", "agency_or_offer_check", "entry_ban_or_registry", "legal_channels", "wage_claim")


def fill(office: Office, known: Sequence[UUID]) -> None:
    """Plan the rota, live through two weeks, and stand in the middle of today."""
    rng = Random(len(known))
    people = list(known)
    coordinator, counsellors = office.actors("coordinator")[0], office.actors("counsellor")
    first = today() - dt.timedelta(days=PAST_DAYS)
    with at(_on(first - dt.timedelta(days=7), 9)):
        _plan(office, coordinator)
    days = [first + dt.timedelta(days=number) for number in range(PAST_DAYS)]
    for day in days:
        _past_day(office.main, day, people, counsellors[0], rng)
    with at(_on(today(), 0, 30)):
        nights.ask_about_untouched(by=MACHINE)
    _today(office, people, rng)
    _ahead(office, people, coordinator, rng)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the installation believe it is another time, so that what lies behind us is written by the actions of its day."""
    true_now = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = true_now


def _on(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def _plan(office: Office, by: Actor) -> None:
    """Let counsellors receive people in the morning and after noon, one of them at a point on two days."""
    working = [day for day in range(1, 8) if day not in profile().weekend]
    point = office.centres[1] if len(office.centres) > 1 else office.main
    for number, member in enumerate(office.staff["counsellor"]):
        away = {2, 4} if number == 1 and point != office.main else set()
        for place, days in ((office.main, [day for day in working if day not in away]), (point, sorted(away))):
            for starts, ends in ((9, 13), (14, 18)) if place == office.main else ((10, 16),):
                if days:
                    hours = Hours(member.pk, place.pk, dt.time(starts), dt.time(ends), 30)
                    rota.plan(weekdays=days, hours=hours, valid_from=today(), by=by)


def _past_day(place: Centre, day: dt.date, people: list[UUID], by: Actor, rng: Random) -> None:
    with at(_on(day - dt.timedelta(days=3), 11)):
        free = reads.free(reads.slots(day, day, places=[place.pk]))
        visits = [_book(slot, people, by, rng) for slot in rng.sample(free, min(VISITS_A_DAY, len(free)))]
    if not free:
        return
    is_last = day >= today() - dt.timedelta(days=1)
    with at(_on(day, 17, 45)):
        for number, visit in enumerate(visits):
            if not (is_last and number == 0):  # yesterday one was forgotten, and somebody has to be asked
                _end(visit, weighted(rng, ENDS), by)
    for hour in range(NUMBERS_A_DAY):
        with at(_on(day, 10 + 2 * hour, rng.randrange(60))):
            ticket = tickets.give(centre_id=place.pk, need=weighted(rng, NEEDS), by=by)
        with at(_on(day, 11 + 2 * hour, rng.randrange(60))):
            tickets.move(ticket_id=ticket.pk, to="serving", by=by)
            tickets.move(ticket_id=ticket.pk, to="done", by=by)


def _book(slot: Slot, people: list[UUID], by: Actor, rng: Random) -> Appointment:
    key = SlotKey(slot.staff_id, slot.centre_id, slot.starts_at)
    details = VisitDetails(topic=rng.choice(_TOPICS))
    return appointments.book(slot=key, person_id=rng.choice(people), details=details, by=by)


def _end(visit: Appointment, to: str, by: Actor) -> None:
    if to == "cancelled":
        appointments.call_off(visit_id=visit.pk, called_off_by="client", reason="cannot_come", by=by)
    else:
        appointments.move(visit_id=visit.pk, to=to, by=by)


def _today(office: Office, people: list[UUID], rng: Random) -> None:
    """Write a day that is half over at whatever hour the demo is built; outside working hours somebody works longer."""
    by, place, moment = office.actors("counsellor")[0], office.main, now()
    member = office.staff["counsellor"][0]
    slots = _slots_around(member, place, moment, by=office.actors("coordinator")[0])
    with at(moment - dt.timedelta(hours=5)):
        visits = [_book(slot, people, by, rng) for slot in slots]
    # Soon after midnight little of the day lies behind us, and nobody has been served in the future.
    begun, morning = [visit for visit in visits if visit.starts_at <= moment], _on(today(), 0, 1)
    for visit, state in zip(begun, TODAY, strict=False):
        with at(max(visit.starts_at, moment - dt.timedelta(hours=3))):
            for step in {"serving": ("arrived", "serving"), "done": ("arrived", "serving", "done")}.get(
                state, (state,)
            ):
                if step:
                    appointments.move(visit_id=visit.pk, to=step, by=by)
    for number, (need, state) in enumerate(TODAYS_NUMBERS):
        with at(max(moment - dt.timedelta(minutes=95 - 15 * number), morning)):
            ticket = tickets.give(centre_id=place.pk, need=need, by=by)
        with at(max(moment - dt.timedelta(minutes=8), morning)):
            for step in ("serving", "done") if state == "done" else (state,):
                if step:
                    tickets.move(ticket_id=ticket.pk, to=step, by=by)
    _calls(place, people, by)


def _slots_around(member: Staff, place: Centre, moment: dt.datetime, by: Actor) -> list[Slot]:
    """Return as many times as the day has lines, half of them behind us; hours are added where the rota has none now."""
    day = today()
    begin = max(moment - dt.timedelta(hours=3), _on(day, 0))
    end = min(moment + dt.timedelta(hours=3), _on(day, 23, 30))
    in_hours = [
        slot for slot in reads.slots(day, day, places=[place.pk], staff_id=member.pk) if begin <= slot.starts_at <= end
    ]
    if len(in_hours) < len(TODAY):
        starts, ends = timezone.localtime(begin), timezone.localtime(end)
        hours = Hours(
            member.pk,
            place.pk,
            dt.time(starts.hour),
            dt.time(ends.hour, 30 if ends.minute >= 30 else 0),
            15,
        )
        details = ChangeDetails("off", day, "mission", staff_id=member.pk)
        rota.change(details=details, by=by)
        rota.change(
            details=ChangeDetails("extra", day, "extra", staff_id=member.pk, centre_id=place.pk), hours=hours, by=by
        )
        in_hours = reads.slots(day, day, places=[place.pk], staff_id=member.pk)
    behind = [slot for slot in in_hours if slot.starts_at <= moment][-5:]
    return [*behind, *[slot for slot in in_hours if slot.starts_at > moment][: len(TODAY) - len(behind)]]


def _calls(place: Centre, people: list[UUID], by: Actor) -> None:
    """Owe three calls: two of people who agreed to be called, one that has been tried."""
    owed = []
    for person_id in people:
        try:
            owed.append(calls.owe(centre_id=place.pk, details=CallDetails("missed_call"), person_id=person_id, by=by))
        except ValidationError:
            continue  # has not agreed to be contacted
        if len(owed) == 2:
            break
    if owed:
        calls.tried(call_id=owed[0].pk, result="later", by=by)


def _ahead(office: Office, people: list[UUID], by: Actor, rng: Random) -> None:
    """Book some visits of the coming days, a few of them by the public, and send a team on the road."""
    day = today()
    free = reads.free(reads.slots(day + dt.timedelta(days=1), day + dt.timedelta(days=9), places=[office.main.pk]))
    for number, slot in enumerate(rng.sample(free, min(AHEAD, len(free)))):
        if number % 3 == 0:
            told = VisitDetails(language=profile().default_language)
            appointments.book_public(centre_id=office.main.pk, starts_at=slot.starts_at, details=told)
        else:
            _book(slot, people, by, rng)
    team = next((centre for centre in office.centres if centre.kind == "mobile_team"), None)
    if team:
        member = office.staff["counsellor"][-1]
        details = ChangeDetails(
            "extra", day + dt.timedelta(days=10), "mobile", staff_id=member.pk, centre_id=team.pk, name="Bozor"
        )
        rota.change(details=details, hours=Hours(member.pk, team.pk, dt.time(10), dt.time(15), 20), by=by)
