"""Which day, place and colleague a page of the day is about; nothing of it is personal, so it may stand in the address."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from safar.cases.queries import day as reads
from safar.cases.queries.rota import places_of
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.trust.models import Centre, Staff
from safar.trust.queries import centres


@dataclass(frozen=True, slots=True)
class Chosen:
    """A day at a place, perhaps of one colleague."""

    day: dt.date
    place: Centre
    staff: Staff | None
    places: list[Centre]
    colleagues: list[Staff]

    @property
    def is_today(self) -> bool:
        return self.day == today()

    @property
    def staff_id(self) -> UUID | None:
        return self.staff.pk if self.staff else None

    def query(self, **instead: object) -> str:
        """Return the choice as a query string, some of it changed."""
        values = {"on": self.day.isoformat(), "place": self.place.pk, "staff": self.staff_id or "", **instead}
        return "?" + urlencode({name: value for name, value in values.items() if value})


def chosen(asked: QueryDict, by: Actor) -> Chosen:
    """Read the choice; what cannot be read is today, the own place, and everybody."""
    places = list(places_of(by))
    home = centres.home_of(by)
    colleagues = reads.colleagues(by=by)
    place = next((one for one in places if str(one.pk) == asked.get("place")), None)
    staff = next((one for one in colleagues if str(one.pk) == asked.get("staff")), None)
    return Chosen(_day(asked.get("on")), place or home, staff, places, colleagues)


def _day(text: str | None) -> dt.date:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return today()
