"""A day or a week as a picture: a table of times by days or colleagues, each cell saying in words how full it is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from babel import dates
from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.queries import rota
from safar.cases.queries.holidays import holiday_on
from safar.cases.queries.rota import Slot
from safar.desk.cases.day.choosing import Chosen
from safar.kernel.clock import now, today
from safar.ui.numbers import active_locale

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """How many seats of a time are taken, and where one can be booked."""

    taken: int = 0
    seats: int = 0
    url: str = ""
    is_over: bool = False

    @property
    def state(self) -> str:
        if not self.seats or (self.is_over and not self.taken):
            return "none"
        return "free" if not self.taken else ("full" if self.taken >= self.seats else "part")

    @property
    def words(self) -> str:
        if self.state == "none":
            return ""
        if self.taken >= self.seats:
            return _("full")
        return _("free") if not self.taken else _("%(taken)d of %(seats)d") % {"taken": self.taken, "seats": self.seats}


@dataclass(frozen=True, slots=True)
class Column:
    key: object
    label: str
    note: str = ""
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    columns: list[Column]
    rows: list[tuple[str, list[Cell]]]


def week(chosen: Chosen) -> Grid:
    """Return the week around a day: a column a day; colleagues at the same time are added up."""
    monday = chosen.day - dt.timedelta(days=chosen.day.isoweekday() - 1)
    days = [monday + dt.timedelta(days=number) for number in range(DAYS_OF_A_WEEK)]
    slots = rota.slots(days[0], days[-1], places=[chosen.place.pk], staff_id=chosen.staff_id)
    with_work = {rota.local(slot.starts_at).date() for slot in slots}
    shown = [day for day in days if day in with_work or day.isoweekday() < DAYS_OF_A_WEEK - 1]
    columns = [Column(day, weekday_of(day), str(holiday_on(day) or ""), day == today()) for day in shown]
    return _grid(chosen, columns, slots, lambda slot: rota.local(slot.starts_at).date())


def day(chosen: Chosen) -> Grid:
    """Return one day: a column a colleague."""
    slots = rota.slots(chosen.day, chosen.day, places=[chosen.place.pk], staff_id=chosen.staff_id)
    here = {slot.staff_id for slot in slots}
    columns = [Column(one.pk, one.full_name) for one in chosen.colleagues if one.pk in here]
    return _grid(chosen, columns, slots, lambda slot: slot.staff_id)


def _grid(chosen: Chosen, columns: list[Column], slots: list[Slot], key: Callable[[Slot], object]) -> Grid:
    cells: dict[tuple[dt.time, object], Cell] = {}
    for slot in slots:
        at = (rota.local(slot.starts_at).time(), key(slot))
        before = cells.get(at, Cell())
        day_query = chosen.query(on=rota.local(slot.starts_at).date().isoformat(), slot=slot.key)
        url = before.url or (reverse("desk:cases:book") + day_query if slot.left and _is_ahead(slot) else "")
        cells[at] = Cell(
            before.taken + slot.seats - slot.left, before.seats + slot.seats, url, is_over=not _is_ahead(slot)
        )
    times = sorted({time for time, _key in cells})
    rows = [(time.strftime("%H:%M"), [cells.get((time, column.key), Cell()) for column in columns]) for time in times]
    return Grid(columns, rows)


def _is_ahead(slot: Slot) -> bool:
    return slot.ends_at > now()


def weekday_of(day: dt.date) -> str:
    """Write a day as short as a column is: Mon 1 Jun."""
    return str(dates.format_date(day, "EEE d MMM", locale=active_locale()))
