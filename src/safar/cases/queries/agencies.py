"""Agencies of the register: found by a name in any script, with their standing on a day and what changed over time."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from safar.cases.models import Agency, AgencyChange, AgencyImport, AgencyLicence, AgencyName
from safar.cases.permissions import CHECK_OFFER, IMPORT_AGENCIES
from safar.cases.rules import agencies as rules
from safar.cases.rules import agency_names
from safar.cases.rules.agencies import StandingOn
from safar.cases.rules.agency_names import Likeness
from safar.kernel.actor import Actor, check_may

MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class Found:
    """An agency that answers a typed name, exactly or nearly."""

    agency: Agency
    likeness: Likeness
    score: float

    @property
    def is_same(self) -> bool:
        return self.likeness is Likeness.SAME


def register_day() -> dt.date | None:
    """Return the day for which the newest register speaks, None when none was taken over."""
    day: dt.date | None = AgencyImport.objects.aggregate(day=Max("as_of"))["day"]
    return day


def find(typed: str, *, most: int = MOST_FOUND) -> list[Found]:
    """Return the agencies a typed name may mean: the same name in any script and form first, then near ones.

    All names are compared: a country licenses some hundreds of agencies, and a near name has no key to look it up by.
    """
    names = AgencyName.objects.order_by("id").values_list("key", "agency_id")
    hits = agency_names.find(typed, names, most=most)
    by_id = {agency.pk: agency for agency in full().filter(pk__in=[hit.ref for hit in hits])}
    return [Found(by_id[hit.ref], hit.likeness, hit.score) for hit in hits]


def full() -> QuerySet[Agency]:
    """Return agencies with their names and licences, three queries however many they are."""
    licences = AgencyLicence.objects.prefetch_related("suspensions")
    return Agency.objects.prefetch_related(Prefetch("licences", licences), "names")


def standing_on(agency: Agency, day: dt.date) -> StandingOn:
    """Return whether an agency was licensed on a day, as the last register that lists it can tell."""
    return rules.standing_on([licence.as_told() for licence in agency.licences.all()], day, agency.as_of)


def standing_of_unlisted(day: dt.date) -> StandingOn:
    """Return the standing of somebody no register lists."""
    return rules.standing_on([], day, register_day())


def listing(*, by: Actor) -> QuerySet[Agency]:
    """Return all agencies by name, for pages."""
    check_may(by, CHECK_OFFER)
    return full()


def get(agency_id: UUID, *, by: Actor) -> Agency:
    """Return an agency with its licences, names and what registers changed about it."""
    check_may(by, CHECK_OFFER)
    changes = AgencyChange.objects.select_related("register")
    return full().prefetch_related(Prefetch("changes", changes)).get(pk=agency_id)


def imports(*, by: Actor) -> list[AgencyImport]:
    """Return the registers taken over, the newest first."""
    check_may(by, IMPORT_AGENCIES)
    return list(AgencyImport.objects.select_related("imported_by"))
