"""Counts that are published together, and how they add up: what somebody with pencil and paper could use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

# A cell is named by the table it stands in and its categories, for example ("sex_age", "TAS", "female", "18_29").
Key: TypeAlias = tuple[str, ...]
MARGIN = "*"
# What a reader misses more: an inner cell is 0. A headline is hidden only when hiding everything else would not be enough.
HEADLINE = 9


@dataclass(frozen=True, slots=True)
class Equation:
    """How a total follows from its parts.

    `sum`: every unit is in exactly one part (contacts by mode), so the total equals the sum of the parts.
    `union`: a unit may be in several parts (people by centre), so the total lies between the largest part and the sum.
    `bounded`: the total counts some of what the parts count (new in the country, new at a centre), so only the sum limits it.
    """

    total: Key
    parts: tuple[Key, ...]
    kind: Literal["sum", "union", "bounded"] = "sum"


@dataclass(frozen=True, slots=True)
class CountSystem:
    """All counts of one release with every relation between them; `sensitive` cells follow the stricter threshold.

    `ranks` says what is kept before what, from 0 (all cells not named) to HEADLINE.
    """

    counts: Mapping[Key, int]
    equations: tuple[Equation, ...] = ()
    sensitive: frozenset[Key] = frozenset()
    ranks: Mapping[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if wrong := [key for key, rank in self.ranks.items() if not 0 <= rank <= HEADLINE]:
            raise ValueError(f"the rank of {wrong[0]} is not from 0 to {HEADLINE}")
        if negative := [key for key, count in self.counts.items() if count < 0]:
            raise ValueError(f"a count cannot be negative: {negative[0]}")
        for equation in self.equations:
            self._check(equation)

    def _check(self, equation: Equation) -> None:
        total, parts = self.counts[equation.total], [self.counts[part] for part in equation.parts]
        if equation.kind == "sum" and total != sum(parts):
            raise ValueError(f"{equation.total} is {total}, its parts add to {sum(parts)}")
        least = max(parts, default=0) if equation.kind == "union" else 0
        if not least <= total <= sum(parts):
            raise ValueError(f"{equation.total} is {total}, outside what its parts allow")


def one_way(name: str, counts: Mapping[str, int], *, sensitive: Iterable[str] = ()) -> CountSystem:
    """Return a list of counts with its total as a system; the total's key is `(name, "*")`."""
    cells: dict[Key, int] = {(name, label): count for label, count in counts.items()}
    total: Key = (name, MARGIN)
    equation = Equation(total, tuple(cells))
    return CountSystem(
        {**cells, total: sum(counts.values())},
        (equation,),
        frozenset((name, label) for label in sensitive),
        {total: HEADLINE},
    )


def two_way(
    name: str,
    rows: Sequence[str],
    columns: Sequence[str],
    inner: Sequence[Sequence[int]],
    *,
    sensitive: Iterable[str] = (),
) -> CountSystem:
    """Return a table with row, column and grand totals as a system; a sensitive row or column label marks all its cells."""
    counts: dict[Key, int] = {
        (name, row, column): inner[i][j] for i, row in enumerate(rows) for j, column in enumerate(columns)
    }
    equations = []
    for row in rows:
        parts = tuple((name, row, column) for column in columns)
        counts[name, row, MARGIN] = sum(counts[part] for part in parts)
        equations.append(Equation((name, row, MARGIN), parts))
    for column in columns:
        parts = tuple((name, row, column) for row in rows)
        counts[name, MARGIN, column] = sum(counts[part] for part in parts)
        equations.append(Equation((name, MARGIN, column), parts))
    margins = tuple((name, row, MARGIN) for row in rows)
    counts[name, MARGIN, MARGIN] = sum(counts[part] for part in margins)
    equations.append(Equation((name, MARGIN, MARGIN), margins))
    equations.append(Equation((name, MARGIN, MARGIN), tuple((name, MARGIN, column) for column in columns)))
    marked = set(sensitive)
    ranks = {key: key.count(MARGIN) for key in counts if MARGIN in key} | {(name, MARGIN, MARGIN): HEADLINE}
    return CountSystem(counts, tuple(equations), frozenset(key for key in counts if marked & set(key[1:])), ranks)


def join(*systems: CountSystem) -> CountSystem:
    """Return several systems as one release; cells with the same key are the same cell and must hold the same count."""
    counts: dict[Key, int] = {}
    ranks: dict[Key, int] = {}
    for system in systems:
        for key, rank in system.ranks.items():
            ranks[key] = max(rank, ranks.get(key, 0))
        for key, count in system.counts.items():
            if counts.setdefault(key, count) != count:
                raise ValueError(f"{key} is {counts[key]} in one table and {count} in another")
    return CountSystem(
        counts,
        tuple(equation for system in systems for equation in system.equations),
        frozenset().union(*(system.sensitive for system in systems)),
        ranks,
    )
