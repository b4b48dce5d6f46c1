"""The attacker: what can be worked out about a hidden count from everything that is shown."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safar.methods.disclosure.system import CountSystem, Equation, Key

_TINY = 1e-6
_UNBOUNDED = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest value a hidden count can have; `high` is None when nothing limits it."""

    low: int
    high: int | None

    def leaves(self, possibilities: int) -> bool:
        """Say whether at least that many different values remain possible."""
        return self.high is None or self.high - self.low + 1 >= possibilities


def intervals(system: CountSystem, hidden: Iterable[Key]) -> dict[Key, Interval]:
    """Return the interval of every hidden cell, given all others, by two linear programs a cell.

    Known to the attacker: every shown count, every equation, and that counts are whole and not negative.
    For sums in one- and two-way tables the program's corners are whole numbers (a transport problem), so the interval is exact.
    With unions or three linked tables the interval of whole numbers can be narrower than the program's; rounding inwards is
    all that is done about it.
    """
    hidden = set(hidden)
    result: dict[Key, Interval] = {}
    for cells, equations in _components(system.equations, hidden):
        result |= _solve(system.counts, cells, equations)
    return result


def _components(equations: Iterable[Equation], hidden: set[Key]) -> list[tuple[list[Key], list[Equation]]]:
    """Split into parts that share no hidden cell: what is shown is a constant and does not connect."""
    parent = {key: key for key in hidden}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    touching = []
    for equation in equations:
        unknown = [key for key in (equation.total, *equation.parts) if key in hidden]
        if unknown:
            touching.append((unknown[0], equation))
            for other in unknown[1:]:
                parent[root(other)] = root(unknown[0])
    cells: dict[Key, list[Key]] = {}
    for key in sorted(hidden):
        cells.setdefault(root(key), []).append(key)
    grouped: dict[Key, list[Equation]] = {key: [] for key in cells}
    for first, equation in touching:
        grouped[root(first)].append(equation)
    return [(cells[key], grouped[key]) for key in cells]


def exposed(system: CountSystem, hidden: Iterable[Key], limits: Mapping[Key, int]) -> dict[Key, Interval]:
    """Return the hidden cells that leave fewer possible values than their limit, with their interval.

    The same answer as from `intervals`, sooner: every solution of a program is a table that fits everything shown, and so is
    the true one. A cell that two such tables already tell apart widely enough needs no program of its own.
    """
    hidden = set(hidden)
    found: dict[Key, Interval] = {}
    for cells, equations in _components(system.equations, hidden):
        if not equations:
            continue
        programs = _Programs(system.counts, cells, equations)
        low = [float(system.counts[key]) for key in cells]
        high = list(low)
        for index, key in enumerate(cells):
            met = Interval(math.ceil(low[index] - _TINY), math.floor(high[index] + _TINY))
            if met.leaves(limits[key]):
                continue
            interval = programs.interval(index, low, high)
            if not interval.leaves(limits[key]):
                found[key] = interval
    return found


def _solve(counts: Mapping[Key, int], cells: list[Key], equations: list[Equation]) -> dict[Key, Interval]:
    if not equations:
        return {key: Interval(0, None) for key in cells}
    programs = _Programs(counts, cells, equations)
    return {key: programs.interval(index) for index, key in enumerate(cells)}


class _Programs:
    """The linear programs over one connected group of hidden cells."""

    def __init__(self, counts: Mapping[Key, int], cells: list[Key], equations: list[Equation]) -> None:
        import numpy as np

        place = {key: index for index, key in enumerate(cells)}
        equal, at_most = _constraints(counts, place, equations)
        self._size = len(cells)
        self._matrices = {
            "A_eq": np.array([row for row, _ in equal]) if equal else None,
            "b_eq": np.array([bound for _, bound in equal]) if equal else None,
            "A_ub": np.array([row for row, _ in at_most]) if at_most else None,
            "b_ub": np.array([bound for _, bound in at_most]) if at_most else None,
        }

    def interval(self, index: int, low: list[float] | None = None, high: list[float] | None = None) -> Interval:
        """Return the interval of one cell; widen `low` and `high` by the tables met on the way."""
        least, most = self._best(index, 1.0, low, high), self._best(index, -1.0, low, high)
        return Interval(math.ceil((least or 0.0) - _TINY), None if most is None else math.floor(most + _TINY))

    def _best(self, index: int, sign: float, low: list[float] | None, high: list[float] | None) -> float | None:
        import numpy as np
        from scipy.optimize import linprog

        aim = np.zeros(self._size)
        aim[index] = sign
        found = linprog(aim, bounds=(0, None), method="highs", **self._matrices)
        if found.status == _UNBOUNDED:
            return None
        if low is not None and high is not None:
            for place, value in enumerate(found.x):
                low[place], high[place] = min(low[place], value), max(high[place], value)
        return float(found.x[index])


def _constraints(
    counts: Mapping[Key, int], place: Mapping[Key, int], equations: list[Equation]
) -> tuple[list[tuple[list[float], float]], list[tuple[list[float], float]]]:
    """Return equalities and at-most rows over the hidden cells, with shown counts moved to the right-hand side."""

    def row(weights: Iterable[tuple[Key, float]]) -> tuple[list[float], float]:
        left, right = [0.0] * len(place), 0.0
        for key, weight in weights:
            if key in place:
                left[place[key]] += weight
            else:
                right -= weight * counts[key]
        return left, right

    equal, at_most = [], []
    for equation in equations:
        balance = row([(equation.total, 1.0), *((part, -1.0) for part in equation.parts)])
        if equation.kind == "sum":
            equal.append(balance)
        else:
            at_most.append(balance)
        if equation.kind == "union":
            at_most += [row([(part, 1.0), (equation.total, -1.0)]) for part in equation.parts]
    return equal, at_most
