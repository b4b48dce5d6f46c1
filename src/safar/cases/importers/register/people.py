"""Which rows are visits of one person: by name in any spelling with the year of birth or the phone; doubt keeps them apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from safar.cases.importers.register.cells import Born
from safar.cases.importers.register.rows import Name, Visit
from safar.methods.names.comparison import similarity
from safar.methods.names.keys import registry_keys

_SAME_NAMES, _ALIKE = 0.9, 0.8


class Verdict(StrEnum):
    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Someone:
    """What tells one person from another; `years` are the first and last year the birth may lie in."""

    name: Name
    sex: str = ""
    born: Born | None = None
    years: tuple[int, int] | None = None
    phones: frozenset[str] = frozenset()


def of_visit(visit: Visit) -> Someone:
    """Return who came, as far as the row tells; an age leaves two possible years of birth."""
    if visit.born:
        years: tuple[int, int] | None = (visit.born.year, visit.born.year)
    else:
        years = (visit.day.year - visit.age - 1, visit.day.year - visit.age) if visit.age else None
    sex = visit.sex if visit.sex in {"male", "female"} else ""
    return Someone(visit.name, sex, visit.born, years, frozenset(visit.phones))


def compare(one: Someone, two: Someone) -> Verdict:
    """Decide whether two entries are one person; a number shared by a family never joins people of different names."""
    score = similarity(_parts(one.name), _parts(two.name)).score
    same_phone = bool(one.phones & two.phones)
    if score < _ALIKE or (one.sex and two.sex and one.sex != two.sex):
        return Verdict.OTHER
    if _births_differ(one, two):
        return Verdict.UNSURE if same_phone and score >= _SAME_NAMES else Verdict.OTHER
    exact = bool(one.born and two.born)
    if score < _SAME_NAMES:
        return Verdict.SAME if exact and same_phone else Verdict.OTHER
    if exact or same_phone:
        return Verdict.SAME
    both_fathers = bool(one.name.patronymic and two.name.patronymic)
    return Verdict.SAME if both_fathers and one.years and two.years else Verdict.UNSURE


def _parts(name: Name) -> tuple[str, str, str]:
    return name.family, name.given, name.patronymic


def _births_differ(one: Someone, two: Someone) -> bool:
    if one.years and two.years and (one.years[0] > two.years[1] or two.years[0] > one.years[1]):
        return True
    if not (one.born and two.born):
        return False
    first, second = (one.born.month, one.born.day), (two.born.month, two.born.day)
    return None not in (*first, *second) and first != second


@dataclass(slots=True)
class Group:
    """All visits of one person in the file, in the order of the rows."""

    visits: list[Visit] = field(default_factory=list)

    @property
    def first(self) -> Visit:
        return self.visits[0]

    def known(self, name: str) -> str:
        """Return what the first row that says it says of `name`."""
        return next((value for visit in self.visits if (value := getattr(visit, name))), "")

    def name(self) -> Name:
        """Return the fullest spelling, the earliest of equals."""
        return max((visit.name for visit in self.visits), key=lambda name: sum(map(bool, _parts(name))))

    def born(self) -> Born | None:
        """Return the most exact birth any row gives."""
        births = [visit.born for visit in self.visits if visit.born]
        return max(births, key=lambda born: (born.month is not None, born.day is not None), default=None)

    def phones(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(phone for visit in self.visits for phone in visit.phones))


@dataclass(frozen=True, slots=True)
class Grouping:
    """The people of a file, and pairs of rows that may be one person but are kept apart."""

    groups: list[Group]
    unsure: list[tuple[Visit, Visit]]


def group(visits: Sequence[Visit]) -> Grouping:
    """Join the rows of each person; the order of the rows does not change who belongs together."""
    index = _Index()
    unsure: list[tuple[int, int]] = []
    for place, visit in enumerate(visits):
        someone = of_visit(visit)
        for other in index.candidates(someone):
            verdict = compare(someone, index.people[other])
            if verdict is Verdict.SAME:
                index.join(place, other)
            elif verdict is Verdict.UNSURE:
                unsure.append((other, place))
        index.add(someone)
    groups: dict[int, Group] = {}
    for place, visit in enumerate(visits):
        groups.setdefault(index.root(place), Group()).visits.append(visit)
    apart: dict[tuple[int, int], tuple[Visit, Visit]] = {}
    for one, two in unsure:
        roots = (index.root(one), index.root(two))
        if roots[0] != roots[1]:
            apart.setdefault((min(roots), max(roots)), (visits[one], visits[two]))
    return Grouping(list(groups.values()), list(apart.values()))


class _Index:
    """Finds entries worth comparing, and remembers which have been joined."""

    def __init__(self) -> None:
        self.people: list[Someone] = []
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_phone: dict[str, list[int]] = defaultdict(list)
        self._parent: dict[int, int] = {}

    def add(self, someone: Someone) -> None:
        place = len(self.people)
        self.people.append(someone)
        for key in self._keys(someone):
            self._by_key[key].append(place)
        for phone in someone.phones:
            self._by_phone[phone].append(place)

    def candidates(self, someone: Someone) -> Iterable[int]:
        agreeing = Counter(place for key in self._keys(someone) for place in self._by_key[key])
        at_least = min(2, len(self._keys(someone)))
        by_phone = {place for phone in someone.phones for place in self._by_phone[phone]}
        return sorted(by_phone | {place for place, count in agreeing.items() if count >= at_least})

    def _keys(self, someone: Someone) -> set[str]:
        return registry_keys(*_parts(someone.name))

    def root(self, place: int) -> int:
        while (parent := self._parent.get(place, place)) != place:
            place = parent
        return place

    def join(self, one: int, two: int) -> None:
        first, second = sorted((self.root(one), self.root(two)))
        self._parent[second] = first
