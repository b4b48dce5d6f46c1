"""Finds the files a name may stand for among a million, by at most four reads of one B-tree; weighs few of them in full."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q

from safar.methods.names.births import Birth
from safar.methods.names.evidence import Evidence, Record, compare
from safar.methods.names.keys import are_near, query_skeletons, skeleton, token_key, vocabulary
from safar.methods.names.parsing import parse_name
from safar.people.models import ContactPoint, IndexKey, NearName, Person
from safar.people.queries.index_keys import UNKNOWN_YEAR, Name, keys_to_ask, near_keys_to_ask
from safar.people.rules import phone_tail

MOST_CANDIDATES = 600
MOST_WEIGHED = 24
_MOST_AT_ONCE = 400
_NEIGHBOURS = 12
_MOST_AGREEING = 3
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


_THROUGH_KEYS = tuple(f"person__{column}" for column in _COLUMNS)


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
    keys = keys_to_ask(name, wanted.birth)
    year = wanted.birth.year
    exact = Q(key__in=keys)
    seen = _stored(exact if year is None else exact & Q(year__in=[year, UNKNOWN_YEAR]))
    if also := _by_phone(wanted.phones) - seen.keys():
        seen |= {row.person_id: (row, 0) for row in rows_of(also)}
    found = _weigh(wanted, seen.values())
    if not any(map(_fits, found)) and (further := _wider(name, exact, year)):
        found = _weigh(wanted, (_stored(further) | seen).values())
    return found[:limit]


def _wider(name: Name, exact: Q, year: int | None) -> Q | None:
    """Return what else to look under: names one slip away in the year, and the very name in any year."""
    near = near_keys_to_ask(name, _near(name))
    if year is None:
        return Q(key__in=near) if near else None
    return exact | Q(key__in=near, year__in=[year, UNKNOWN_YEAR]) if near else exact


def registry_size() -> int:
    """Return about how many files there are, counted every ten minutes: a name is worth less among more people."""
    size: int = cache.get_or_set("people.size", Person.objects.count, _REMEMBERED) or 0
    return max(size, 2)


def _stored(under: Q) -> dict[UUID, tuple[Row, int]]:
    """Return who is stored under these keys, each with how many of them: in one query, in two where it is a crowd.

    Of a crowd those under most of the keys are kept: with a patronymic typed, its bearers stand under three.
    """
    held = IndexKey.objects.filter(under).order_by()
    rows = list(held.values_list(*_THROUGH_KEYS)[: _MOST_AT_ONCE + 1])
    if len(rows) <= _MOST_AT_ONCE:
        agreeing = Counter(row[0] for row in rows)
        return {row[0]: (Row(*row), agreeing[row[0]]) for row in rows}
    ranked = held.values("person").annotate(agreeing=Count("pk")).order_by("-agreeing", "person")
    agreeing = Counter(dict(ranked.values_list("person", "agreeing")[:MOST_CANDIDATES]))
    return {row.person_id: (row, agreeing[row.person_id]) for row in rows_of(agreeing)}


def _near(name: Name) -> dict[str, list[str]]:
    """Return for each skeleton of a name those one slip away that somebody in the registry bears."""
    bones = query_skeletons(name)
    variants = {variant for each in bones for variant in vocabulary(each)}
    rows = NearName.objects.filter(variant__in=variants).order_by("bones").values_list("bones", flat=True)
    near: dict[str, list[str]] = {each: [] for each in bones}
    for found in dict.fromkeys(rows):
        for each in bones:
            if found != each and len(near[each]) < _NEIGHBOURS and are_near(each, found):
                near[each].append(found)
    return near


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


def _weigh(wanted: Record, candidates: Collection[tuple[Row, int]]) -> list[Found]:
    """Order the candidates by what is cheap to see, weigh the first in full, and return those best first."""
    if len(candidates) > MOST_WEIGHED:
        closeness = _Closeness(wanted)
        candidates = sorted(candidates, key=lambda each: closeness.of(*each), reverse=True)[:MOST_WEIGHED]
    rows = [row for row, _agreeing in candidates]
    phones = phones_of([row.person_id for row in rows]) if rows and wanted.phones else {}
    size = registry_size()
    found = [Found(row, best_evidence(row, wanted, phones.get(row.person_id, frozenset()), size)) for row in rows]
    return sorted(found, key=lambda each: (-each.evidence.probability, -each.evidence.bits, str(each.row.person_id)))


def best_evidence(row: Row, wanted: Record, phones: frozenset[str], people: int) -> Evidence:
    """Weigh a file under its present name and under each former one, and return what speaks most for it."""
    birth = Birth(row.year, row.month, row.day)
    names = [(row.family, row.given, row.patronymic), *((name[0], name[1], name[2]) for name in row.former)]
    weighed = [
        compare(Record(family, given, patronymic, birth, row.sex, phones, row.district), wanted, people=people)
        for family, given, patronymic in names
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

    def of(self, row: Row, agreeing: int) -> tuple[float, int]:
        given, family = row.given.replace(" ", ""), row.family.replace(" ", "")
        if not given:
            # The whole name was written into one field.
            parsed = parse_name(row.family, "", row.patronymic)
            given, family = parsed.given.replace(" ", ""), parsed.family.replace(" ", "")
        score = 2.0 * (bool(given) and skeleton(given) in self.bones)
        score += 2.0 * (bool(family) and skeleton(family) in self.bones)
        score += 1.5 * (bool(given) and token_key(given, "given") in self.stems)
        score += min(agreeing, _MOST_AGREEING)
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
