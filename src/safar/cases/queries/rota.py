"""Who receives people where and when: the weekly pattern, changed by single days, cut into slots."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from safar.cases.enums.day import SEATED_VISITS, RotaKind, RotaReason
from safar.cases.models import Appointment, RotaChange, RotaShift
from safar.cases.permissions import RUN_DAY
from safar.cases.queries.holidays import holiday_on
from safar.cases.rules.day import Hours, Taken, free_seat
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.trust.models import Centre
from safar.trust.queries import centres

# A public page shows so many days ahead; a table of more would not be read, and a life changes in a month.
DAYS_FOR_PUBLIC = 30
LEAD_MINUTES_FOR_PUBLIC = 60
MOST_DAYS = 62


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which somebody may come, with how many seats are left."""

    staff_id: UUID
    centre_id: UUID
    starts_at: dt.datetime
    minutes: int
    seats: int
    left: int
    place: str = ""

    @property
    def key(self) -> str:
        """The slot as a form sends it back."""
        return f"{self.staff_id}|{self.centre_id}|{self.starts_at.isoformat()}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class SlotKey:
    """Which slot is meant: whose, where, when."""

    staff_id: UUID
    centre_id: UUID
    starts_at: dt.datetime

    @classmethod
    def read(cls, text: str) -> "SlotKey | None":
        """Read a slot as a form sent it; None for what is none."""
        try:
            staff, centre, moment = text.split("|")
            starts_at = dt.datetime.fromisoformat(moment)
            return cls(UUID(staff), UUID(centre), starts_at) if starts_at.tzinfo else None
        except ValueError:
            return None


def places_of(by: Actor) -> QuerySet[Centre]:
    """Return the places whose day the actor runs: the own centre with its points and teams; without one, all."""
    shown = centres.open_centres()
    if by.centre_id is None:
        return shown
    parents = Centre.objects.filter(pk=by.centre_id).values("parent")
    return shown.filter(Q(pk=by.centre_id) | Q(parent=by.centre_id) | Q(pk__in=parents))


def hours(
    since: dt.date, until: dt.date, *, places: Iterable[UUID], staff_id: UUID | None = None
) -> dict[dt.date, list[Hours]]:
    """Return the hours of each day from one day to another; two queries for any number of days.

    A day that is off empties the weekly pattern of those it concerns, by law or by hand; hours entered for that very day
    stand all the same, for whoever entered them knew it.
    """
    chosen = list(places)
    shifts = list(_shifts(since, until, chosen, staff_id))
    changes = RotaChange.objects.filter(day__gte=since, day__lte=until)
    if staff_id:
        changes = changes.filter(Q(staff=staff_id) | Q(staff=None))
    by_day = {
        day: list(rows) for day, rows in groupby(changes.order_by("day", "starts", "id"), key=lambda row: row.day)
    }
    days = [since + dt.timedelta(days=number) for number in range((until - since).days + 1)]
    return {day: _on(day, shifts, by_day.get(day, []), chosen) for day in days}


def _shifts(since: dt.date, until: dt.date, places: list[UUID], staff_id: UUID | None) -> QuerySet[RotaShift]:
    shifts = RotaShift.objects.filter(centre__in=places, valid_from__lte=until, staff__is_active=True)
    shifts = shifts.filter(Q(valid_until=None) | Q(valid_until__gte=since)).order_by("starts", "id")
    return shifts.filter(staff=staff_id) if staff_id else shifts


def _on(day: dt.date, shifts: list[RotaShift], changes: list[RotaChange], places: list[UUID]) -> list[Hours]:
    off = [change for change in changes if change.kind == RotaKind.OFF]
    # Whoever is on the road that day is not at their usual desk, without anybody taking them out of the week first.
    on_the_road = {change.staff_id for change in changes if change.reason == RotaReason.MOBILE}
    found: list[Hours] = []
    if holiday_on(day) is None:
        shifts = [shift for shift in shifts if shift.staff_id not in on_the_road]
        found = [
            _of_shift(shift) for shift in shifts if _holds(shift, day) and not any(_off(row, shift) for row in off)
        ]
    found += [
        _of_change(row) for row in changes if row.kind == RotaKind.EXTRA and row.centre_id in places
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.starts, str(one.staff_id)))


def _holds(shift: RotaShift, day: dt.date) -> bool:
    ended = shift.valid_until is not None and day > shift.valid_until
    return shift.weekday == day.isoweekday() and shift.valid_from <= day and not ended


def _off(change: RotaChange, shift: RotaShift) -> bool:
    return change.staff_id in {None, shift.staff_id} and change.centre_id in {None, shift.centre_id}


def _of_shift(shift: RotaShift) -> Hours:
    return Hours(
        shift.staff_id, shift.centre_id, shift.starts, shift.ends, shift.slot_minutes, shift.seats, shift.for_public
    )


def _of_change(change: RotaChange) -> Hours:
    assert change.staff_id and change.centre_id and change.starts and change.ends  # noqa: S101, PT018  (the table says so)
    return Hours(
        change.staff_id,
        change.centre_id,
        change.starts,
        change.ends,
        change.slot_minutes,
        change.seats,
        change.for_public,
        change.name,
    )


def local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment)


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """Return a moment at the centre."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def slots(
    since: dt.date,
    until: dt.date,
    *,
    places: Collection[UUID],
    staff_id: UUID | None = None,
    for_public: bool = False,
    after: dt.datetime | None = None,
) -> list[Slot]:
    """Return every slot of the days with what is left of it, in order of time; three queries for any number of them."""
    until = min(until, since + dt.timedelta(days=MOST_DAYS))
    found = hours(since, until, places=places, staff_id=staff_id)
    taken = _taken(since, until, {one.staff_id for stretch in found.values() for one in stretch})
    every = [
        _slot(one, at(day, start), taken)
        for day, stretch in found.items()
        for one in stretch
        if one.for_public or not for_public
        for start in one.slot_starts()
    ]
    first = after or at(since, dt.time.min)
    return sorted(
        (slot for slot in every if slot.starts_at >= first), key=lambda slot: (slot.starts_at, str(slot.staff_id))
    )


def _taken(since: dt.date, until: dt.date, staff_ids: set[UUID]) -> dict[UUID, list[Taken]]:
    start, end = at(since, dt.time.min), at(until + dt.timedelta(days=1), dt.time.min)
    rows = Appointment.objects.filter(
        staff__in=staff_ids, state__in=sorted(SEATED_VISITS), starts_at__gte=start, starts_at__lt=end
    ).order_by("starts_at")
    found: dict[UUID, list[Taken]] = {}
    for staff_id, starts_at, minutes, seat in rows.values_list("staff_id", "starts_at", "minutes", "seat"):
        found.setdefault(staff_id, []).append(Taken(starts_at, minutes, seat))
    return found


def _slot(one: Hours, starts_at: dt.datetime, taken: dict[UUID, list[Taken]]) -> Slot:
    of_staff = taken.get(one.staff_id, [])
    touching = [each for each in of_staff if each.touches(starts_at, one.slot_minutes)]
    is_full = free_seat(starts_at, one.slot_minutes, one.seats, touching) is None
    left = 0 if is_full else one.seats - len(touching)
    return Slot(one.staff_id, one.centre_id, starts_at, one.slot_minutes, one.seats, left, one.place)


def free(slots_found: Iterable[Slot]) -> list[Slot]:
    return [slot for slot in slots_found if slot.left > 0]


def next_free(centre_id: UUID, *, count: int = 3, days: int = 14) -> list[Slot]:
    """Return the next free times at a place, for whoever cannot be received today."""
    day = today()
    return free(slots(day, day + dt.timedelta(days=days), places=[centre_id], after=now()))[:count]


def for_public(centre_id: UUID) -> list[Slot]:
    """Return the times the public may book at a place, one a beginning however many colleagues are free then."""
    day = today()
    until = day + dt.timedelta(days=DAYS_FOR_PUBLIC)
    first = now() + dt.timedelta(minutes=LEAD_MINUTES_FOR_PUBLIC)
    every = free(slots(day, until, places=[centre_id], for_public=True, after=first))
    return [next(group) for _moment, group in groupby(every, key=lambda slot: slot.starts_at)]


def week(*, by: Actor) -> list[RotaShift]:
    """Return the weekly pattern of the actor's places that holds now or later."""
    check_may(by, RUN_DAY)
    shifts = RotaShift.objects.filter(centre__in=places_of(by)).filter(
        Q(valid_until=None) | Q(valid_until__gte=today())
    )
    return list(shifts.select_related("staff", "centre").order_by("weekday", "starts", "id"))


def changes_ahead(*, by: Actor) -> list[RotaChange]:
    """Return the days ahead that differ from the week, for the actor's places."""
    check_may(by, RUN_DAY)
    concerned = Q(centre__in=places_of(by)) | Q(centre=None)
    changes = RotaChange.objects.filter(concerned, day__gte=today())
    return list(changes.select_related("staff", "centre").order_by("day", "starts", "id"))
