"""Finds the files a name may stand for among a million, by at most four reads of one B-tree; weighs few of them in full."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q

from safar.methods.names.births import Birth
from safar.methods.names.evidence import Evidence, Record, compare
from safar.methods.names.keys import are_near, query_skeletons, skeleton, token_key, vocabulary
from safar.people.models import ContactPoint, IndexKey, NearName, Person
from safar.people.queries.index_keys import UNKNOWN_YEAR, Name, keys_to_ask
from safar.people.rules import phone_tail

MOST_CANDIDATES = 600
MOST_WEIGHED = 24
_NEIGHBOURS = 12
# A number with more files than this belongs to a shop or an office: it says nothing about who is who.
_HUB = 12
_REMEMBERED = 600


class Row(NamedTuple):
    """What the weighing reads of a file; a model instance would cost three times as much."""

    person_id: UUID
    merged_into: UUID | None
    family: str
    given: str
    patronymic: str
    former: list[list[str]]
    sex: str
    year: int | None
    month: int | None
    day: int | None
    district: str


_COLUMNS = (
    "id",
    "merged_into",
    "family_name",
    "given_name",
    "patronymic",
    "former_names",
    "sex",
    "birth_year",
    "birth_month",
    "birth_day",
    "district",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file and what speaks for and against its being the one looked for."""

    row: Row
    evidence: Evidence

    @property
    def head(self) -> UUID:
        return self.row.merged_into or self.row.person_id


def find(wanted: Record, *, limit: int = 10) -> list[Found]:
    """Return the files most likely to be the person described, best first; those that contradict stand last.

    First the pairs of name parts with the year of birth, then, while nobody fits, without the year and with one slip.
    """
    name: Name = (wanted.family, wanted.given, wanted.patronymic)
    keys = keys_to_ask(name)
    year = wanted.birth.year
    seen = _by_phone(wanted.phones) | _by_keys(keys, _years(year))
    found = _weigh(wanted, seen)
    if not any(map(_fits, found)):
        further = _by_keys(_near_keys(name), _years(year))
        if year is not None:
            further |= _by_keys(keys, None)
        seen |= further
        found = _weigh(wanted, seen)
    return found[:limit]


def registry_size() -> int:
    """Return about how many files there are, counted every ten minutes: a name is worth less among more people."""
    size: int = cache.get_or_set("people.size", Person.objects.count, _REMEMBERED) or 0
    return max(size, 2)


def _years(year: int | None) -> list[int] | None:
    return None if year is None else [year, UNKNOWN_YEAR]


def _by_keys(keys: Sequence[int], years: Sequence[int] | None) -> set[UUID]:
    """Return who is stored under the keys, those under most of them first when there are too many."""
    held = IndexKey.objects.filter(key__in=keys)
    if years is not None:
        held = held.filter(year__in=years)
    ranked = held.values("person").annotate(agreeing=Count("pk")).order_by("-agreeing", "person")
    return set(ranked.values_list("person", flat=True)[:MOST_CANDIDATES])


def _near_keys(name: Name) -> list[int]:
    """Return the keys of names one slip away that somebody in the registry bears."""
    bones = query_skeletons(name)
    variants = {variant: each for each in bones for variant in vocabulary(each)}
    rows = NearName.objects.filter(variant__in=variants).values_list("variant", "bones")
    near: dict[str, list[str]] = {each: [] for each in bones}
    for found in sorted({found for _variant, found in rows}):
        for each in bones:
            if found != each and len(near[each]) < _NEIGHBOURS and are_near(each, found):
                near[each].append(found)
    return keys_to_ask(name, near) if any(near.values()) else []


def _by_phone(tails: Iterable[str]) -> set[UUID]:
    found: set[UUID] = set()
    for tail in sorted(set(tails) - {""}):
        holders = ContactPoint.objects.filter(tail=tail).order_by("id").values_list("person_id", flat=True)
        people = set(holders[: _HUB + 1])
        found |= people if len(people) <= _HUB else set()
    return found


def rows_of(person_ids: Iterable[UUID]) -> list[Row]:
    """Return what is weighed of these files, in one query."""
    chosen = Person.objects.filter(pk__in=list(person_ids)).order_by("id")
    return [Row(*row) for row in chosen.values_list(*_COLUMNS)]


def _weigh(wanted: Record, person_ids: set[UUID]) -> list[Found]:
    """Order the candidates by what is cheap to see, weigh the first in full, and return those best first."""
    rows = rows_of(person_ids)
    if len(rows) > MOST_WEIGHED:
        closeness = _Closeness(wanted)
        rows = sorted(rows, key=closeness.of, reverse=True)[:MOST_WEIGHED]
    phones = phones_of([row.person_id for row in rows]) if wanted.phones else {}
    size = registry_size()
    found = [Found(row, best_evidence(row, wanted, phones.get(row.person_id, frozenset()), size)) for row in rows]
    return sorted(found, key=lambda each: (-each.evidence.probability, -each.evidence.bits, str(each.row.person_id)))


def best_evidence(row: Row, wanted: Record, phones: frozenset[str], people: int) -> Evidence:
    """Weigh a file under its present name and under each former one, and return what speaks most for it."""
    names = [(row.family, row.given, row.patronymic), *(tuple(former) for former in row.former)]
    birth = Birth(row.year, row.month, row.day)
    weighed = [
        compare(Record(*name, birth=birth, sex=row.sex, phones=phones, district=row.district), wanted, people=people)
        for name in names
    ]
    return max(weighed, key=lambda each: (each.probability, each.bits))


def _fits(found: Found) -> bool:
    """Whether nothing of name and birth speaks against a candidate, so that no wider search is needed."""
    asked = [part for part in found.evidence.parts if part.name in {"family", "given", "birth"}]
    return not found.evidence.contradictions and bool(asked) and all(part.bits > 0 for part in asked)


class _Closeness:
    """A quick guess at how well a file fits, to choose which candidates are weighed; it never decides."""

    def __init__(self, wanted: Record) -> None:
        self.birth = wanted.birth
        self.sex = wanted.sex
        self.bones = set(query_skeletons((wanted.family, wanted.given, wanted.patronymic)))
        self.stems = {token_key(wanted.given.replace(" ", ""), "given"), token_key(wanted.family, "given")} - {""}

    def of(self, row: Row) -> tuple[float, int]:
        given, family = row.given.replace(" ", ""), row.family.replace(" ", "")
        score = 2.0 * (bool(given) and skeleton(given) in self.bones)
        score += 2.0 * (bool(family) and skeleton(family) in self.bones)
        score += 1.5 * (bool(given) and token_key(given, "given") in self.stems)
        score += bool(row.patronymic) and skeleton(row.patronymic.split()[0]) in self.bones
        score += 0.5 * (self.sex in {"", "unknown", row.sex})
        return score + self._birth(row), -row.person_id.int

    def _birth(self, row: Row) -> float:
        if self.birth.year is None or row.year is None:
            return 0.0
        same_day = (row.month, row.day) == (self.birth.month, self.birth.day) and row.month is not None
        swapped = (row.day, row.month) == (self.birth.month, self.birth.day) and row.month is not None
        return 2.0 * (row.year == self.birth.year) + 3.0 * same_day + 2.0 * swapped - 1.0


def phones_of(person_ids: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    """Return the ends of each person's phone numbers, in one query."""
    tails: dict[UUID, set[str]] = {}
    points = ContactPoint.objects.filter(Q(person__in=person_ids) & ~Q(tail="")).order_by("id")
    for person_id, tail in points.values_list("person_id", "tail"):
        tails.setdefault(person_id, set()).add(tail)
    return {person_id: frozenset(found) for person_id, found in tails.items()}


def tails_of(values: Iterable[str]) -> frozenset[str]:
    return frozenset(phone_tail(value) for value in values) - {""}
