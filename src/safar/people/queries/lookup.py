"""Finds the files a name may stand for among a million, by at most four reads of one B-tree; weighs few of them in full."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import Case, Q, Sum, TextField, When
from django.db.models.functions import Cast

from safar.methods.names.births import Birth
from safar.methods.names.evidence import Evidence, Record, compare
from safar.methods.names.keys import are_near, query_skeletons, vocabulary
from safar.people.models import ContactPoint, IndexKey, NearName, Person
from safar.people.queries.closeness import Closeness, Seen
from safar.people.queries.index_keys import UNKNOWN_YEAR, Name, keys_to_ask, near_keys_to_ask
from safar.people.rules import phone_tail

MOST_CANDIDATES = 300
MOST_WEIGHED = 24
_MOST_AT_ONCE = 400
_NEIGHBOURS = 40
_PAGE = 10
# A number with more files than this belongs to a shop or an office: it says nothing about who is who.
_HUB = 12
_REMEMBERED = 600
_NONE = "[]"


class Row(NamedTuple):
    """What the weighing reads of a file; a model instance would cost three times as much."""

    person_id: UUID
    merged_into: UUID | None
    family: str
    given: str
    patronymic: str
    former: str  # as JSON: read for the few who have one
    sex: str
    year: int | None
    month: int | None
    day: int | None
    district: str

    @property
    def names(self) -> tuple[Name, ...]:
        """The present name and every former one."""
        present = (self.family, self.given, self.patronymic)
        if self.former == _NONE:
            return (present,)
        return present, *((name[0], name[1], name[2]) for name in json.loads(self.former))

    @property
    def seen(self) -> Seen:
        return Seen(self.names, Birth(self.year, self.month, self.day), self.sex, self.district)


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


def _columns(before: str = "") -> list[str | Cast]:
    """Return the columns of a row; the former names as the text they are stored as, since nearly nobody has any."""
    return [
        f"{before}{column}" if column != "former_names" else Cast(f"{before}{column}", TextField())
        for column in _COLUMNS
    ]


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

    First the pairs of name parts with the year of birth, then, while nobody fits, without the year and with one slip. Of a
    name without a birth somebody always fits: names one slip away fill the page then, and no more than the page.
    """
    name: Name = (wanted.family, wanted.given, wanted.patronymic)
    keys = keys_to_ask(name, wanted.birth)
    year = wanted.birth.year
    exact = Q(key__in=keys)
    seen = _stored(exact if year is None else exact & Q(year__in=[year, UNKNOWN_YEAR]), keys[0])
    by_phone = _by_phone(wanted.phones)
    if also := by_phone - seen.keys():
        seen |= {row.person_id: row for row in rows_of(also)}
    found = _weigh(wanted, seen.values(), by_phone, {})
    fitting, enough = sum(_fits(each, by_father=bool(year)) for each in found), 1 if year else _PAGE
    if fitting < enough and (further := _wider(name, exact, year)):
        known = {each.row.person_id: each for each in found}
        fresh = [row for person_id, row in _stored(further, keys[0]).items() if person_id not in seen]
        found = _weigh(wanted, [*fresh, *(each.row for each in found)], by_phone, known)
        limit = min(limit, _PAGE) if fitting else limit
    return found[:limit]


def _wider(name: Name, exact: Q, year: int | None) -> Q | None:
    """Return what else to look under: names one slip away in the year, and the very name in any year."""
    family, given, _patronymic = name
    # A slip in the father's name leaves family and given name, which have been asked for.
    asked = (family, given, "") if family and given else name
    near = near_keys_to_ask(asked, _near(asked))
    if year is None:
        return Q(key__in=near) if near else None
    return exact | Q(key__in=near, year__in=[year, UNKNOWN_YEAR]) if near else exact


def registry_size() -> int:
    """Return about how many files there are, counted every ten minutes: a name is worth less among more people."""
    size: int = cache.get_or_set("people.size", Person.objects.count, _REMEMBERED) or 0
    return max(size, 2)


def _stored(under: Q, whole: int) -> dict[UUID, Row]:
    """Return who is stored under these keys: in one query, in two where it is a crowd.

    Of a crowd those under most of the keys are kept, and before others those under that of family and given name, `whole`.
    """
    held = IndexKey.objects.filter(under).order_by()
    rows = list(held.values_list(*_columns("person__"))[: _MOST_AT_ONCE + 1])
    if len(rows) <= _MOST_AT_ONCE:
        return {row[0]: Row(*row) for row in rows}
    agreeing = Sum(Case(When(key=whole, then=2), default=1))
    ranked = held.values("person").annotate(agreeing=agreeing).order_by("-agreeing", "person")
    return {row.person_id: row for row in rows_of(ranked.values_list("person", flat=True)[:MOST_CANDIDATES])}


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
    return [Row(*row) for row in chosen.values_list(*_columns())]


def _weigh(
    wanted: Record, candidates: Collection[Row], by_phone: Collection[UUID], known: Mapping[UUID, Found]
) -> list[Found]:
    """Order the candidates by what is cheap to see, weigh the first in full unless known, and return those best first.

    Among equals those come first whose family name ends as it was typed.
    """
    closeness = Closeness(wanted)
    if len(candidates) > MOST_WEIGHED:
        guessed = [(-closeness.of(row.seen, shares_phone=row.person_id in by_phone), row) for row in candidates]
        candidates = [row for _bits, row in nsmallest(MOST_WEIGHED, guessed)]
    fresh = [row.person_id for row in candidates if row.person_id not in known]
    phones = phones_of(fresh) if fresh and wanted.phones else {}
    size = registry_size()
    found = [
        known.get(row.person_id) or Found(row, best_evidence(row, wanted, phones.get(row.person_id, frozenset()), size))
        for row in candidates
    ]
    return sorted(found, key=lambda each: _order(each, closeness))


def _order(found: Found, closeness: Closeness) -> tuple[float, float, bool, int]:
    evidence, row = found.evidence, found.row
    return -evidence.probability, -evidence.bits, not closeness.ends_alike(row.names), row.person_id.int


def best_evidence(row: Row, wanted: Record, phones: frozenset[str], people: int) -> Evidence:
    """Weigh a file under its present name and under each former one, and return what speaks most for it."""
    birth = Birth(row.year, row.month, row.day)
    weighed = [
        compare(Record(*name, birth, row.sex, phones, row.district), wanted, people=people) for name in row.names
    ]
    return max(weighed, key=lambda each: (each.probability, each.bits))


def _fits(found: Found, *, by_father: bool) -> bool:
    """Whether nothing of name and birth speaks against a candidate, so that no wider search is needed for it.

    Somebody else's child of that name and year is no reason not to look for a year mistyped. Without a birth fathers only order.
    """
    parts = {"family", "given", "birth", "patronymic"} if by_father else {"family", "given"}
    asked = [part for part in found.evidence.parts if part.name in parts]
    return not found.evidence.contradictions and bool(asked) and all(part.bits > 0 for part in asked)


def phones_of(person_ids: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    """Return the ends of each person's phone numbers, in one query."""
    tails: dict[UUID, set[str]] = {}
    points = ContactPoint.objects.filter(Q(person__in=person_ids) & ~Q(tail="")).order_by("id")
    for person_id, tail in points.values_list("person_id", "tail"):
        tails.setdefault(person_id, set()).add(tail)
    return {person_id: frozenset(found) for person_id, found in tails.items()}


def tails_of(values: Iterable[str]) -> frozenset[str]:
    return frozenset(phone_tail(value) for value in values) - {""}
