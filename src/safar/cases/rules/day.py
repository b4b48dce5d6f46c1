"""What is true of the desk's day whatever stores it: hours into slots, holidays, who is served next."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

SHORTEST_SLOT = 10
LONGEST_SLOT = 240
MOST_SEATS = 30
LONGEST_NAME = 80
LONGEST_CONTACT = 120

# Whom a number is called before others, and how strongly: 0 at once, 1 before others, 2 in the order they came.
URGENCY: dict[str, int] = {
    "emergency": 0,
    "danger": 0,
    "minor_alone": 0,
    "pregnant_small_child": 1,
    "disability_elderly": 1,
    "returned_today": 1,
    "leaves_today": 1,
    "ordinary": 2,
}
IN_TURN = 2
# After an hour the last one counts like somebody in need: an order that forgets people is no order.
LONG_WAIT_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of one day on which somebody receives people at a place: in slots of so many minutes, so many at once."""

    staff_id: UUID
    centre_id: UUID
    starts: dt.time
    ends: dt.time
    slot_minutes: int
    seats: int = 1
    for_public: bool = True
    place: str = ""

    def slot_starts(self) -> Iterator[dt.time]:
        """Give the beginning of each slot that fits wholly into the hours."""
        start, end = _minutes(self.starts), _minutes(self.ends)
        while start + self.slot_minutes <= end:
            yield dt.time(start // 60, start % 60)
            start += self.slot_minutes

    def problems(self) -> dict[str, str]:
        """Return field → code of what is wrong: `before_start`, `impossible` or `does_not_fit`."""
        found: dict[str, str] = {}
        if self.ends <= self.starts:
            found["ends"] = "before_start"
        if not SHORTEST_SLOT <= self.slot_minutes <= LONGEST_SLOT:
            found["slot_minutes"] = "impossible"
        elif not found and next(self.slot_starts(), None) is None:
            found["slot_minutes"] = "does_not_fit"
        if not 1 <= self.seats <= MOST_SEATS:
            found["seats"] = "impossible"
        return found


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def clash(one: Hours, other: Hours) -> bool:
    """Return whether two stretches of the same day would put one person at two desks at a time."""
    return one.staff_id == other.staff_id and one.starts < other.ends and other.starts < one.ends


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off by law; `moved` when it stands for a holiday that fell on a day off."""

    day: dt.date
    name: str
    moved: bool = False


def holidays_of(
    year: int, fixed: Iterable[tuple[int, int, str]], weekend: Collection[int], *, moves: bool
) -> dict[dt.date, Holiday]:
    """Return a year's holidays of fixed date (month, day, name); `weekend` in ISO weekdays.

    Where the law moves one that falls on a day off, the next working day that is no holiday itself is off instead.
    """
    found = {day: Holiday(day, name) for month, number, name in fixed for day in [dt.date(year, month, number)]}
    if moves:
        for day in sorted(found):
            if day.isoweekday() in weekend:
                instead = day
                while instead in found or instead.isoweekday() in weekend:
                    instead += dt.timedelta(days=1)
                found[instead] = Holiday(instead, found[day].name, moved=True)
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Taken:
    """A seat somebody has: when, for how long, and which."""

    starts_at: dt.datetime
    minutes: int
    seat: int

    def touches(self, starts_at: dt.datetime, minutes: int) -> bool:
        return (
            self.starts_at < starts_at + dt.timedelta(minutes=minutes)
            and starts_at < self.starts_at + dt.timedelta(minutes=self.minutes)
        )  # fmt: skip


def free_seat(starts_at: dt.datetime, minutes: int, seats: int, taken: Sequence[Taken]) -> int | None:
    """Return the lowest free seat of a slot; None when it is full, or when another length of slot reaches into it."""
    touching = [one for one in taken if one.touches(starts_at, minutes)]
    if any((one.starts_at, one.minutes) != (starts_at, minutes) for one in touching):
        return None
    held = {one.seat for one in touching}
    return next((seat for seat in range(1, seats + 1) if seat not in held), None)


def urgency(need: str, waited_minutes: int) -> int:
    """Return how soon somebody is called: by their need, and by their wait once it has become long."""
    own = URGENCY.get(need, IN_TURN)
    return min(own, 1) if waited_minutes >= LONG_WAIT_MINUTES else own


def waited(since: dt.datetime, until: dt.datetime) -> int:
    """Return whole minutes; never below nothing, for the clocks of two machines are not quite the same."""
    return max(int((until - since).total_seconds() // 60), 0)


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """What is noted with a visit: of somebody with a file nothing of who they are, of others what they chose to leave."""

    name: str = ""
    contact: str = ""
    language: str = ""
    topic: str = ""

    def problems(self) -> dict[str, str]:
        """Return field → `too_long`."""
        lengths = (("name", LONGEST_NAME), ("contact", LONGEST_CONTACT))
        return {field: "too_long" for field, most in lengths if len(getattr(self, field)) > most}


def hashed(secret: str) -> str:
    """Return what is kept of a secret address: enough to know it again, too little to write it down."""
    return hashlib.sha256(secret.encode()).hexdigest()
