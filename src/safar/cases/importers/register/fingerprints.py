"""What makes a row the row it is: a later version of the same register must be known again row by row."""

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from safar.cases.importers.register import words
from safar.cases.importers.register.rows import Visit


@dataclass(frozen=True, slots=True)
class Mark:
    """`base` is what neither a mended cell nor a longer list of words changes, `exact` everything, counted among equals.

    Keyed, so that nobody can find out from the stored marks whether a given person stood in a register.
    """

    base: str
    exact: str


def marks_of(visits: Sequence[Visit], centre_code: str, secret: str) -> list[Mark]:
    """Return one mark a visit, in order."""

    def keyed(text: str) -> str:
        return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    seen: Counter[str] = Counter()
    marks = []
    for visit in visits:
        base = "|".join((centre_code, visit.day.isoformat(), _written(visit)))
        exact = f"{base}|{replace(visit, sheet=0, row=0, name=type(visit.name)())}"
        seen[exact] += 1
        marks.append(Mark(keyed(base), keyed(f"{exact}|{seen[exact]}")))
    return marks


def _written(visit: Visit) -> str:
    """Return the words of the name as written, sorted: how a name is taken apart may change, what stands there does not."""
    name = visit.name
    return " ".join(sorted(words.fold(f"{name.family} {name.given} {name.patronymic}").split()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Positions of rows never taken over, and how many taken over earlier read differently now."""

    fresh: frozenset[int]
    changed: int


def compare(marks: Sequence[Mark], taken: Iterable[Mark]) -> Comparison:
    """Tell new rows from rows taken over before, also from those with a cell mended since.

    Of the rows with one base those equal in everything are known; of the rest as many are taken for mended ones as were
    taken over and are not found again. So neither a mended cell nor a row put between counts anybody twice.
    """
    unmatched: dict[str, set[str]] = defaultdict(set)
    for mark in taken:
        unmatched[mark.base].add(mark.exact)
    left = []
    for place, mark in enumerate(marks):
        if mark.exact in unmatched[mark.base]:
            unmatched[mark.base].remove(mark.exact)
        else:
            left.append(place)
    fresh = set()
    for place in left:
        if unmatched[marks[place].base]:
            unmatched[marks[place].base].pop()
        else:
            fresh.add(place)
    return Comparison(frozenset(fresh), len(left) - len(fresh))
