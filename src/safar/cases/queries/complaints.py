"""Complaints: who may open which, who may hear them, and what figures count. Nobody named in one ever sees it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Self
from uuid import UUID

import yaml
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from pydantic import Field, model_validator

from safar.cases.models import Complaint
from safar.cases.permissions import FOLLOW_COMPLAINT, INDEPENDENT_COMPLAINT
from safar.cases.queries.triage import Texts, Written
from safar.cases.rules import complaints as rules
from safar.cases.rules.agency_names import Likeness, compare, parse
from safar.cases.rules.complaints import Institution, Reader
from safar.kernel.actor import Actor, check_may
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.queries.profile import profile

KINDS = "agency_complaint"
_SHORTEST_STEM = 5


class WrittenInstitution(Written):
    """An institution as the country's file lists it, with the names people use for it."""

    code: str = Field(pattern=r"^[a-z_]+$", max_length=40)
    name: Texts
    parent: str = ""
    umbrella: bool = False
    hears: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    source: str = Field(min_length=1)
    verify: bool


class Institutions(Written):
    """The institutions of a country; `host` houses the centres, `licensor` answers for agencies the state owns."""

    version: str
    verify: str
    host: str
    licensor: str
    answer_days: int = Field(gt=0, le=90)
    institutions: tuple[WrittenInstitution, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        known = {each.code for each in self.institutions}
        named = {self.host, self.licensor, *(each.parent for each in self.institutions if each.parent)}
        if missing := named - known:
            raise ValueError(f"Institutions are missing: {', '.join(sorted(missing))}")
        kinds = {value.code for value in codes.code_list(KINDS).values}
        if unknown := {kind for each in self.institutions for kind in each.hears} - kinds:
            raise ValueError(f"There are no such complaints: {', '.join(sorted(unknown))}")
        return self

    @property
    def chain(self) -> list[Institution]:
        return [Institution(each.code, each.parent, each.umbrella, frozenset(each.hears)) for each in self.institutions]

    def get(self, code: str) -> WrittenInstitution:
        return next(each for each in self.institutions if each.code == code)


@dataclass(frozen=True, slots=True)
class ComplaintCount:
    """Complaints of one kind about one agency; a unit of its own: complaints."""

    kind: str
    agency_id: UUID | None
    complaints: int


def institutions() -> Institutions:
    """Return the institutions of the country this installation serves."""
    return institutions_of(getattr(settings, "SAFAR_COUNTRY", "UZ"))


@cache
def institutions_of(country: str) -> Institutions:
    file = resources.files("safar.cases") / "content" / "complaints" / f"{country.lower()}.yaml"
    return Institutions.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def meant_by(text: str, listed: Institutions) -> frozenset[str]:
    """Return the institutions a name in somebody's own words means: all whose words it holds, or that sound nearly so.

    Rather one too many than one too few: what is meant here is barred from hearing the complaint.
    """
    keys = parse(text).keys
    return frozenset(
        each.code
        for each in listed.institutions
        for name in (*each.name.values(), *each.also)
        if keys and (_holds(keys, parse(name).keys) or compare(text, name).likeness is not Likeness.OTHER)
    )


def _holds(keys: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether words hold every word of a name, endings of case and possession aside (prokuraturasi, прокуратуры)."""
    return all(
        any(key == word or (len(word) >= _SHORTEST_STEM and key.startswith(word[:-1])) for key in keys) for word in name
    )


def accused_in(complaint: Complaint) -> frozenset[str]:
    """Return every institution a complaint is about: the one named, those meant in words, and whoever answers for them."""
    listed = institutions()
    found = set(meant_by(complaint.institution_name, listed))
    if complaint.institution:
        found.add(complaint.institution)
    if complaint.about_centre_id or complaint.named.all():
        found.add(listed.host)
    if complaint.agency and complaint.agency.is_state:
        found.add(listed.licensor)
    return frozenset(found)


def barred_for(complaint: Complaint) -> frozenset[str]:
    """Return who stands in one chain with somebody the complaint is about and would otherwise hear it."""
    listed = institutions()
    chain = rules.chain_of(accused_in(complaint), {each.code: each for each in listed.chain})
    return frozenset(each.code for each in listed.institutions if each.code in chain and complaint.kind in each.hears)


def recipients_for(complaint: Complaint) -> list[WrittenInstitution]:
    """Return who may hear the complaint, in the order of suggestion; nobody who stands in a chain with an accused one."""
    listed = institutions()
    return [listed.get(code) for code in rules.recipients_for(complaint.kind, accused_in(complaint), listed.chain)]


def recipient_name(code: str) -> str:
    """Return the name under which consent to a recipient is asked for and kept, the same whoever reads it."""
    return institutions().get(code).name.text(profile().default_language)


def reader_of(by: Actor) -> Reader:
    return Reader(by.id, by.centre_id, by.may(INDEPENDENT_COMPLAINT))


def check_open(complaint: Complaint, by: Actor) -> None:
    """Refuse a complaint to who is named in it, and one about a centre to everybody in its chain but who took it."""
    if not rules.may_open(complaint.access, reader_of(by)):
        raise PermissionDenied(FOLLOW_COMPLAINT.code)


def get(complaint_id: UUID, *, by: Actor) -> Complaint:
    """Return a complaint with its steps; leaves a read row in the trail."""
    check_may(by, FOLLOW_COMPLAINT)
    found = Complaint.objects.select_related("person", "contact", "centre", "taken_by", "agency", "about_centre")
    complaint = found.prefetch_related("named__staff", "moves__staff").get(pk=complaint_id)
    check_open(complaint, by)
    audit.record(
        by=by,
        action="cases.complaint.open",
        verb=AuditVerb.READ,
        person_key=complaint.person_id,
        subject_key=complaint.pk,
    )
    return complaint


def visible(*, by: Actor) -> QuerySet[Complaint]:
    """Return the complaints somebody may open, newest first; of the others not even the number shows."""
    check_may(by, FOLLOW_COMPLAINT)
    reader = reader_of(by)
    found = Complaint.objects.select_related("agency", "centre")
    if reader.id:
        found = found.exclude(named__staff_id=reader.id)
    if reader.is_independent:
        return found
    ordinary = Q(about_centre=None, named=None)
    if reader.centre:
        ordinary &= Q(centre_id=reader.centre)
    return found.filter(ordinary | Q(taken_by_id=reader.id)).distinct()


def of_person(person_id: UUID, *, by: Actor) -> list[Complaint]:
    """Return those of a person's complaints the reader may open, leaving a read row in the trail."""
    audit.record(by=by, action="cases.complaint.of_person", verb=AuditVerb.READ, person_key=person_id)
    return list(visible(by=by).filter(person_id=person_id))


def counted(
    first: dt.date, last: dt.date, *, centre_id: UUID | None = None, kinds: Collection[str] = ()
) -> list[ComplaintCount]:
    """Return complaints received between two days, both included, by kind and agency; who is named in them shows nowhere."""
    found = Complaint.objects.filter(received_on__range=(first, last))
    if centre_id:
        found = found.filter(centre_id=centre_id)
    if kinds:
        found = found.filter(kind__in=kinds)
    rows = found.order_by("kind", "agency_id").values("kind", "agency_id")
    return [ComplaintCount(**row) for row in rows.annotate(complaints=Count("id"))]
