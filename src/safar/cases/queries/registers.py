import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.conf import settings

from safar.cases.importers.register import fingerprints, people, reading, rows, words
from safar.cases.importers.register.cells import Born
from safar.cases.models import RegisterImport, RegisterRow
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.models import Person
from safar.people.permissions import IMPORT_REGISTER
from safar.people.queries import persons
from safar.people.rules import GUARDIAN_NOT_KNOWN, Birth, ContactPointDetails, PersonDetails, band_of
from safar.reference.queries import codes, places
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import Centre
from safar.trust.queries.profile import profile

_BLOCK = 500
_REGION_FORMS = (
    "{} viloyati",
    "{} вилояти",
    "{} область",
    "вилояти {}",
    "{} облусу",
    "{} shahri",
    "{} шаҳри",
    "город {}",
    "шаҳри {}",
)
_LISTS = {
    "topic": "topic",
    "mode": "mode",
    "category": "client_category",
    "destination": "destination",
    "language": "language",
    "heard_via": "heard_via",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the coordinator decides before an import: columns, what a missing mode means, whether consent lies on paper."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    default_mode: str = "in_person_office"
    consent_on_paper: bool = False


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """One person of the file: the rows of their visits, and the file they already have or the details of a new one."""

    group: people.Group
    details: PersonDetails
    person: Person | None = None
    maybe: tuple[Person, ...] = ()


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do: nothing has been written."""

    sha256: str
    sheets: list[reading.Sheet]
    read: rows.Reading
    choices: Choices
    marks: list[fingerprints.Mark]
    comparison: fingerprints.Comparison
    plans: list[PersonPlan]
    unsure: list[tuple[rows.Visit, rows.Visit]]
    earlier: RegisterImport | None

    @cached_property
    def fresh(self) -> list[rows.Visit]:
        """Return the visits that would be taken over."""
        return [visit for place, visit in enumerate(self.read.visits) if place in self.comparison.fresh]

    @property
    def fresh_count(self) -> int:
        return len(self.comparison.fresh)

    @cached_property
    def known(self) -> int:
        """Return how many rows were taken over before."""
        return len(self.read.visits) - len(self.comparison.fresh)

    @cached_property
    def named_rows(self) -> frozenset[tuple[int, int]]:
        return frozenset((visit.sheet, visit.row) for plan in self.plans for visit in plan.group.visits)

    @cached_property
    def nameless(self) -> int:
        return len(self.fresh) - len(self.named_rows)

    @cached_property
    def new_people(self) -> int:
        return sum(plan.person is None for plan in self.plans)

    @cached_property
    def matched_people(self) -> int:
        return sum(plan.person is not None for plan in self.plans)

    @cached_property
    def joined_rows(self) -> int:
        """Return how many rows are further visits of somebody the file names before."""
        return len(self.named_rows) - len(self.plans)

    @cached_property
    def children(self) -> list[rows.Visit]:
        """Return the first visit of each child who would get a file without anybody who answers for them."""
        return [
            plan.group.visits[0]
            for plan in self.plans
            if plan.person is None and plan.details.birth.is_minor_on(today())
        ]

    def mode_of(self, visit: rows.Visit) -> str:
        return visit.mode or self.choices.default_mode

    def by_mode(self) -> dict[str, int]:
        return dict(Counter(self.mode_of(visit) for visit in self.fresh))

    @cached_property
    def blocked(self) -> int:
        return len(self.read.refused)


def preview(content: bytes, *, centre: Centre, choices: Choices | None = None, by: Actor) -> ImportPreview:
    """Read a register and say what an import would do; raises NotARegisterError. Leaves a read row: it shows names."""
    check_may(by, IMPORT_REGISTER)
    chosen = choices or Choices()
    sheets = reading.sheets_of(content, chosen.mapping, profile().phone_region)
    read = rows.read(sheets, _surroundings())
    marks = fingerprints.marks_of(read.visits, centre.code, settings.SECRET_KEY)
    comparison = fingerprints.compare(marks, _taken(marks))
    named = [
        visit for place, visit in enumerate(read.visits) if place in comparison.fresh and _has_consent(visit, chosen)
    ]
    grouping = people.group(named)
    sha256 = hashlib.sha256(content).hexdigest()
    audit.record(by=by, action="cases.register.preview", verb=AuditVerb.READ, fields=[f"{len(read.visits)} rows"])
    return ImportPreview(
        sha256=sha256,
        sheets=sheets,
        read=read,
        choices=chosen,
        marks=marks,
        comparison=comparison,
        plans=[_plan(group) for group in grouping.groups],
        unsure=grouping.unsure,
        earlier=RegisterImport.objects.filter(sha256=sha256).first(),
    )


def imports(*, by: Actor) -> list[RegisterImport]:
    """Return what has been taken over, the latest first."""
    check_may(by, IMPORT_REGISTER)
    return list(RegisterImport.objects.select_related("centre", "imported_by"))


def get(import_id: UUID, *, by: Actor) -> RegisterImport:
    check_may(by, IMPORT_REGISTER)
    return RegisterImport.objects.select_related("centre", "imported_by").get(pk=import_id)


def _has_consent(visit: rows.Visit, choices: Choices) -> bool:
    """A name alone is no consent: the register says yes, or the coordinator answers for the papers; a no is a no."""
    return bool(visit.name) and (visit.consent is True or (choices.consent_on_paper and visit.consent is None))


def _taken(marks: Sequence[fingerprints.Mark]) -> list[fingerprints.Mark]:
    bases = sorted({mark.base for mark in marks})
    found: list[fingerprints.Mark] = []
    for start in range(0, len(bases), _BLOCK):
        stored = RegisterRow.objects.filter(base__in=bases[start : start + _BLOCK])
        found += [fingerprints.Mark(base, exact) for base, exact in stored.values_list("base", "fingerprint")]
    return found


def _surroundings() -> rows.Surroundings:
    def find(text: str, within: str) -> str | None:
        is_region = "-" in within
        return places.find(text, within=within) if is_region else places.find(text, within)

    labels = {
        name: {
            words.fold(label): value.code
            for value in codes.code_list(code_list).values
            for label in value.label.values()
            if words.fold(label)
        }
        for name, code_list in _LISTS.items()
    }
    return rows.Surroundings(today(), profile().phone_region, find, _find_region, places.region_of, labels)


def _find_region(text: str) -> str | None:
    """Return the region a text names; "Toshkent", which is two of them, names none."""
    tries = [text, *(form.format(text) for form in _REGION_FORMS)]
    codes_found = {code for each in tries if (code := places.find(each, profile().country))}
    regions = {code for code in codes_found if places.region_of(code) == code}
    return regions.pop() if len(regions) == 1 else None


def _plan(group: people.Group) -> PersonPlan:
    details = details_of(group)
    hits = [hit.person for hit in persons.similar(details, limit=10)]
    wanted = [people.of_visit(visit) for visit in group.visits]
    same, maybe = [], []
    for person in hits:
        verdicts = {people.compare(visit, _someone(person)) for visit in wanted}
        if people.Verdict.SAME in verdicts:
            same.append(person)
        elif people.Verdict.UNSURE in verdicts:
            maybe.append(person)
    if len(same) == 1:
        return PersonPlan(group, details, same[0])
    return PersonPlan(group, details, None, (*same, *maybe))


def details_of(group: people.Group) -> PersonDetails:
    """Return a registration from all rows of a person."""
    name, born = group.name(), group.born()
    first_age = next((visit.age for visit in group.visits if visit.age), None)
    band = band_of(first_age) if first_age else "unknown"
    return PersonDetails(
        family_name=name.family or name.given,
        given_name=name.given if name.family else "",
        patronymic=name.patronymic,
        sex=group.known("sex") or "unknown",
        birth=Birth(born.year, born.month, born.day) if born else Birth(age_band=band),
        region=group.known("region"),
        district=group.known("district"),
        language=group.known("language"),
        category=group.known("category") or "unknown",
        heard_via=group.known("heard_via"),
        contact_points=tuple(ContactPointDetails("phone", phone) for phone in group.phones()),
        # No register has a column for it: the child's file will say that a guardian is missing.
        guardian=GUARDIAN_NOT_KNOWN,
    )


def _someone(person: Person) -> people.Someone:
    born = Born(person.birth_year, person.birth_month, person.birth_day) if person.birth_year else None
    phones = frozenset(point.value for point in person.contact_points.all() if point.kind == "phone")
    return people.Someone(
        rows.Name(person.family_name, person.given_name, person.patronymic),
        person.sex if person.sex in {"male", "female"} else "",
        born,
        (born.year, born.year) if born else None,
        phones,
    )
