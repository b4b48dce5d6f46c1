"""Papers of a departure, what became of it, and whom to ask again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from safar.cases.enums.cases import OPEN_CASES, CaseKind
from safar.cases.enums.departure import PaperKind
from safar.cases.models import CaseFile, Contact, DepartureOutcome, DeparturePaper
from safar.cases.permissions import PREPARE_DEPARTURE, RECORD_OUTCOME
from safar.cases.queries.contacts import standing
from safar.kernel.actor import Actor, check_may
from safar.people.models import Person
from safar.people.queries.clusters import members_of
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

RECENT = 3


@dataclass(frozen=True, slots=True)
class Traveller:
    """Whose departure it is: somebody with a file, somebody met in a contact, or nobody who gave a name."""

    person: Person | None = None
    contact: Contact | None = None

    @property
    def language(self) -> str:
        """The language the client reads best, as far as it is known."""
        return (self.person and self.person.language) or (self.contact and self.contact.language) or ""

    @property
    def destination(self) -> str:
        return self.contact.destination if self.contact else ""

    @property
    def is_known(self) -> bool:
        return bool(self.person or self.contact)


@dataclass(frozen=True, slots=True)
class MonthlyOutcome:
    """How many departures had this outcome as the latest one found in a month; the unit is departures, not persons."""

    month: dt.date
    outcome: str
    scheme: str
    departures: int


def traveller(*, person_id: UUID | None = None, contact_id: UUID | None = None, by: Actor) -> Traveller:
    """Return whose departure it is; of a person with a file this leaves a read row in the trail."""
    check_may(by, PREPARE_DEPARTURE)
    contact = Contact.objects.select_related("person", "centre").get(pk=contact_id) if contact_id else None
    person = contact.person if contact else None
    if person_id:
        person = Person.objects.get(pk=person_id)
    if person:
        audit.record(
            by=by, action="cases.departure.open", verb=AuditVerb.READ, person_key=person.pk, subject_key=contact_id
        )
    return Traveller(person, contact)


def latest_papers(of: Traveller) -> dict[str, DeparturePaper]:
    """Return the latest paper of each kind."""
    found: dict[str, DeparturePaper] = {}
    for paper in _papers(of).select_related("staff"):
        found.setdefault(paper.kind, paper)
    return found


def latest_paper(of: Traveller, kind: PaperKind) -> DeparturePaper | None:
    return _papers(of).filter(kind=kind).first()


def versions(of: Traveller, kind: PaperKind) -> list[DeparturePaper]:
    """Return every version of one paper, the latest first."""
    return list(_papers(of).filter(kind=kind).select_related("staff"))


def contacts_of(of: Traveller) -> list[Contact]:
    """Return the contacts whose sheet may be wanted: the one at hand, or the latest of the person."""
    if of.person:
        return list(standing().filter(person__in=members_of(of.person.pk)).order_by("-occurred_at", "-id")[:RECENT])
    return [of.contact] if of.contact else []


def cases_of(of: Traveller) -> list[CaseFile]:
    """Return the person's case files before departure, the latest first."""
    if not of.person:
        return []
    cases = CaseFile.objects.filter(person__in=members_of(of.person.pk), kind=CaseKind.PRE_DEPARTURE)
    return list(cases.order_by("-opened_on", "-id"))


def _papers(of: Traveller) -> QuerySet[DeparturePaper]:
    if of.person:
        return DeparturePaper.objects.filter(person__in=members_of(of.person.pk))
    return (
        DeparturePaper.objects.filter(person=None, contact=of.contact) if of.contact else DeparturePaper.objects.none()
    )


def outcomes(*, case_id: UUID | None = None, contact_id: UUID | None = None, by: Actor) -> list[DepartureOutcome]:
    """Return what was found of one departure, the latest first; of a person with a file this leaves a read row."""
    check_may(by, RECORD_OUTCOME)
    person = _whose(case_id, contact_id)
    if person:
        audit.record(
            by=by,
            action="cases.departure.outcomes",
            verb=AuditVerb.READ,
            person_key=person,
            subject_key=case_id or contact_id,
        )
    return list(_of(case_id, contact_id).select_related("staff"))


def _whose(case_id: UUID | None, contact_id: UUID | None) -> UUID | None:
    if case_id:
        return CaseFile.objects.values_list("person_id", flat=True).get(pk=case_id)
    return Contact.objects.values_list("person_id", flat=True).get(pk=contact_id) if contact_id else None


def of_person(person_id: UUID, *, by: Actor) -> list[DepartureOutcome]:
    """Return what was found of all departures recorded under one file, leaving a read row in the trail."""
    check_may(by, RECORD_OUTCOME)
    audit.record(by=by, action="cases.departure.outcomes", verb=AuditVerb.READ, person_key=person_id)
    rows = DepartureOutcome.objects.filter(Q(case_file__person=person_id) | Q(contact__person=person_id))
    return list(rows)


def latest_outcome(*, case_id: UUID | None = None, contact_id: UUID | None = None) -> DepartureOutcome | None:
    return _of(case_id, contact_id).first()


def _of(case_id: UUID | None, contact_id: UUID | None) -> QuerySet[DepartureOutcome]:
    """Return the outcomes of one departure; a key is always given, so that "of no case" is never read as "of all"."""
    if case_id:
        return DepartureOutcome.objects.filter(case_file=case_id)
    return DepartureOutcome.objects.filter(contact=contact_id, contact__isnull=False)


def last_words() -> QuerySet[DepartureOutcome]:
    """Return the latest outcome of every departure: those after which nothing was found."""
    return DepartureOutcome.objects.exclude(Exists(DepartureOutcome.objects.filter(_of_the_same(), _found_later())))


def _of_the_same() -> Q:
    return Q(case_file=OuterRef("case_file")) | Q(contact=OuterRef("contact"))


def _found_later() -> Q:
    return Q(found_on__gt=OuterRef("found_on")) | Q(found_on=OuterRef("found_on"), id__gt=OuterRef("id"))


def to_ask(*, by: Actor, until: dt.date) -> QuerySet[DepartureOutcome]:
    """Return departures of the actor's centre that somebody is to ask about up to a day, the longest due first, without names."""
    check_may(by, RECORD_OUTCOME)
    rows = last_words().filter(ask_again_on__lte=until).select_related("case_file", "contact")
    rows = rows.order_by("ask_again_on", "id")
    return rows.filter(centre_id=by.centre_id) if by.centre_id else rows


def never_asked(*, by: Actor) -> QuerySet[CaseFile]:
    """Return open files before departure of the actor's centre of which no outcome was ever recorded, the oldest first."""
    check_may(by, RECORD_OUTCOME)
    cases = CaseFile.objects.filter(kind=CaseKind.PRE_DEPARTURE, state__in=sorted(OPEN_CASES), departure_outcomes=None)
    cases = cases.order_by("opened_on", "id")
    return cases.filter(centre_id=by.centre_id) if by.centre_id else cases


def by_month(*, first: dt.date, last: dt.date, centre_ids: Sequence[UUID] = ()) -> list[MonthlyOutcome]:
    """Return departures by month, outcome and scheme: of each departure the last outcome found within the month.

    A departure asked about in two months stands in both, so months may not be added up. Holds nothing about a person.
    """
    rows = DepartureOutcome.objects.filter(found_on__gte=first, found_on__lte=last)
    if centre_ids:
        rows = rows.filter(centre__in=centre_ids)
    month = TruncMonth("found_on")
    later = DepartureOutcome.objects.annotate(month=month).filter(
        _of_the_same(), _found_later(), month=OuterRef("month"), found_on__lte=last
    )
    counted = (
        rows.annotate(month=month)
        .exclude(Exists(later))
        .values("month", "outcome", "scheme")
        .annotate(departures=Count("id"))
        .order_by("month", "outcome", "scheme")
    )
    return [MonthlyOutcome(**row) for row in counted]
